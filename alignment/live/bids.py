"""The box of sealed bids: in the memory of this process, until both sides have one and they are opened.

Not in the ledger, though everything else is: a file on a disk, its write-ahead log and its backups are read
by more people than the one who bid, and rows are never taken away there. So a restart of the server loses
the bids that nobody opened yet: the page shows nobody ready then, and each side bids again. Several servers
on one ledger have a box each; a meeting bids on one of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from alignment.domain.agreement import Side
from alignment.domain.bid import Bid
from alignment.domain.refusal import Refusal

Opened = TypeVar("Opened")
SIDES = (Side.MARKETING, Side.SALES)


@dataclass(frozen=True)
class Sealed:
    """A bid nobody else may see: made on the draft of version `base` at edit `seen_seq`, on that screen."""

    bid: Bid
    base: int
    seen_seq: int
    screen: str


class BidBox:
    """The sealed bids by field, one a side; safe to share between threads.

    `turns` counts what was put in and taken out, so that screens see that there is something new.
    """

    def __init__(self) -> None:
        self._sealed: dict[str, dict[Side, Sealed]] = {}
        self._lock = Lock()
        self.turns = 0

    def put(self, field: str, sealed: Sealed) -> None:
        """Put a side's bid in, in the place of the one it had."""
        with self._lock:
            self._sealed.setdefault(field, {})[sealed.bid.who.side] = sealed
            self.turns += 1

    def take_out(self, field: str, side: Side, only: Sealed | None = None) -> bool:
        """Take a side's bid out, if it is still this one where one is given; tell whether it was there."""
        with self._lock:
            known = self._sealed.get(field, {}).get(side)
            if known is None or (only is not None and known is not only):
                return False
            del self._sealed[field][side]
            self.turns += 1
            return True

    def sealed(self) -> Mapping[str, Mapping[Side, Sealed]]:
        """Return what is in the box now; the caller shows of it who, never what."""
        with self._lock:
            return {field: dict(sides) for field, sides in self._sealed.items() if sides}

    def open_both(self, field: str, record: Callable[[Sealed, Sealed], Opened]) -> Opened:
        """Have marketing's and sales' bids recorded and take them out; what `record` raises leaves them in.

        Raises Refusal while one of them is missing. Nobody changes a bid meanwhile.
        """
        with self._lock:
            sides = self._sealed.get(field, {})
            if not all(side in sides for side in SIDES):
                message = "The bids open once both sides are ready."
                raise Refusal(message)
            opened = record(*(sides[side] for side in SIDES))
            del self._sealed[field]
            self.turns += 1
            return opened
