"""What became of both sides' promises of a period, in a line each."""

from collections.abc import Iterable

from alignment.domain.agreement import Side
from alignment.domain.period import Period
from alignment.domain.promise import Promise, newest
from alignment.domain.refusal import Refusal
from alignment.ui import promise, promise_card
from alignment.ui.view import View


def lines(view: View, period: Period, every: Iterable[Promise]) -> tuple[str, ...]:
    """Return a line for each side that promised something: what, what came, and where it stands."""
    made = tuple(every)
    return tuple(
        line
        for side in promise.SIDES
        if (held := newest(made, side, period)) and (line := _line(view, side, period, held))
    )


def _line(view: View, side: Side, period: Period, held: Promise) -> str:
    came, say = promise.came(view, side, period, held), view.reader.words
    if isinstance(came, Refusal):
        return f"{side.capitalize()}: {came}"
    card = promise_card.of_promise(came, say)
    return f"{side.capitalize()} {card.promised}: {card.figure}, {card.beside}. {card.status}"
