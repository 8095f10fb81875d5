"""Two-hand bids: both sides set one number unseen, then open both; only then is anything written."""

from collections.abc import Callable, Mapping
from datetime import datetime

from alignment.agreement.sides import refuse_observer
from alignment.domain import bid as rules
from alignment.domain.agreement import Draft, Person, Side
from alignment.domain.bid import Bid, Reveal
from alignment.domain.definition_plain import Plain
from alignment.domain.definition_words import field_label
from alignment.domain.refusal import Refusal
from alignment.errors import StaleEditError
from alignment.live.bids import BidBox, Sealed
from alignment.store.ledger import Ledger


class Bids:
    """The bids on the shared draft; safe to share between threads.

    Every change is told to the other screens as a change, never with a value. A bid holds while its field is
    what it was: an edit of the field, or a new version, voids it.
    """

    def __init__(
        self,
        ledger: Ledger,
        draft: Callable[[], Draft],
        clock: Callable[[], datetime],
        tell: Callable[[str], None],
    ) -> None:
        self._ledger = ledger
        self._draft = draft
        self._clock = clock
        self._tell = tell
        self._box = BidBox()

    @property
    def turns(self) -> int:
        """Return a number that rises with every bid made, withdrawn or opened in this process."""
        return self._box.turns

    def ready(self) -> Mapping[str, Mapping[Side, Person]]:
        """Return who has a bid that still holds, by field and side; void ones are dropped."""
        draft = self._draft()
        found: dict[str, dict[Side, Person]] = {}
        for field, sides in self._box.sealed().items():
            for side, sealed in sides.items():
                if _holds(draft, field, sealed):
                    found.setdefault(field, {})[side] = sealed.bid.who
                else:
                    self._box.take_out(field, side, sealed)
        return found

    def put(self, who: Person, field: str, value: Plain, seen_seq: int, screen: str = "") -> None:
        """Bid for one's side, on the draft seen at edit `seen_seq`, in the place of the side's bid so far.

        Raises NotAllowedError for observers, StaleEditError when the field changed meanwhile, and Refusal
        when it is no number of the draft or can't be that value.
        """
        refuse_observer(who, "bid")
        draft = self._draft()
        rules.refuse_misfit(draft.definition, field, value)
        try:
            draft.refuse_stale(field, seen_seq, draft.definition)
        except Refusal as stale:
            raise StaleEditError(str(stale)) from None
        self._box.put(field, Sealed(Bid(who, value), draft.base.number, draft.seq, screen))
        self._tell(screen)

    def withdraw(self, who: Person, field: str, screen: str = "") -> None:
        """Take one's side's bid back; raise Refusal when it has none."""
        refuse_observer(who, "bid")
        if not self._box.take_out(field, who.side):
            message = f"There is no bid of {who.side} to take back."
            raise Refusal(message)
        self._tell(screen)

    def own(self, who: Person, field: str, screen: str) -> Plain:
        """Return the value that this person set on this very screen, None for any other.

        A name alone is no proof: whoever came in under the same one elsewhere is not shown it.
        """
        sealed = self._box.sealed().get(field, {}).get(who.side)
        is_own = sealed is not None and screen and (sealed.screen, sealed.bid.who) == (screen, who)
        return sealed.bid.value if sealed and is_own else None

    def reveal(self, who: Person, field: str, screen: str = "") -> Reveal:
        """Open both bids on a field and record them; the draft stays as it is.

        Raises NotAllowedError for observers, Refusal while one side is not ready, and StaleEditError when
        the field changed or went since: the bids are dropped then.
        """
        refuse_observer(who, "open the bids")
        try:
            revealed = self._box.open_both(field, lambda *both: self._record(field, *both))
        except StaleEditError:
            self.ready()  # drops what is void
            self._tell("")
            raise
        self._tell(screen)
        return revealed

    def _record(self, field: str, marketing: Sealed, sales: Sealed) -> Reveal:
        draft = self._draft()
        if not all(_holds(draft, field, sealed) for sealed in (marketing, sales)):
            raise StaleEditError(_void(draft, field))
        seen_seq = min(marketing.seen_seq, sales.seen_seq)
        return self._ledger.save_reveal(field, marketing.bid, sales.bid, seen_seq, self._clock())


def _holds(draft: Draft, field: str, sealed: Sealed) -> bool:
    """Tell whether the field is still there, on the same version, and untouched since the bid."""
    if draft.base.number != sealed.base or field not in rules.fields(draft.definition):
        return False
    edit = draft.last_edit_of(field)
    return edit is None or edit.seq <= sealed.seen_seq


def _void(draft: Draft, field: str) -> str:
    edit = draft.last_edit_of(field)
    label = field_label(draft.definition, field)
    why = f"{edit.who.name} changed {label} meanwhile" if edit else f"{label} changed meanwhile"
    return f"{why}: the bids are void. Please bid again."
