"""What each cell of the compass says: what we see, and a question to both sides. Written by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

from alignment.domain.compass import Cell
from alignment.domain.swing import Standing

FEWER, EXPECTED, MORE = Standing.FEWER, Standing.EXPECTED, Standing.MORE


@dataclass(frozen=True)
class Said:
    """A cell's observation, its question, and that in two words for the cell itself.

    {as_} is "as planned" or "as usual", {than} goes with it.
    """

    seen: str
    question: str
    hint: str


CELLS: Mapping[Cell, Said] = {
    (FEWER, FEWER): Said(
        "Fewer MQLs {than}, and fewer SQLs with them.",
        "If conversion is as usual, we might invest more in marketing. What could bring us more of the leads"
        " that become SQL?",
        "more marketing?",
    ),
    (FEWER, EXPECTED): Said(
        "Fewer MQLs {than}, yet SQLs {as_}.",
        "We might have passed on fewer, better-fitting leads. What did we leave out, and could we"
        " keep leaving it out?",
        "better fit?",
    ),
    (FEWER, MORE): Said(
        "Fewer MQLs {than}, and still more SQLs.",
        "Which itch did we find, and where could we meet more people who have it?",
        "an itch, few leads?",
    ),
    (EXPECTED, FEWER): Said(
        "MQLs {as_}, fewer SQLs.",
        "Something between MQL and SQL might have changed: follow-up, fit or season. Could we read five of"
        " these leads together and see?",
        "what changed?",
    ),
    (EXPECTED, EXPECTED): Said(
        "MQLs and SQLs {as_}.",
        "Nothing here asks for a change. While it is calm, what might we like to try?",
        "steady",
    ),
    (EXPECTED, MORE): Said(
        "MQLs {as_}, and more SQLs.",
        "Which itch did we find: in what we said, to whom we said it, or how we followed up? Could we do it"
        " again?",
        "which itch?",
    ),
    (MORE, FEWER): Said(
        "More MQLs {than}, and fewer SQLs.",
        "The definition might let in leads that are not ready, or there might be more of them than we can"
        " follow up. Which of the two could we test first?",
        "not ready, or too many?",
    ),
    (MORE, EXPECTED): Said(
        "More MQLs {than}, SQLs {as_}.",
        "The extra MQLs might need nurturing before a call, or more time than we have. Could the definition"
        " tell them apart?",
        "nurture first?",
    ),
    (MORE, MORE): Said(
        "More MQLs {than}, and more SQLs with them.",
        "Which itch did we find? If it goes on like this, how might we keep following up in time?",
        "which itch, who calls?",
    ),
}

_MQLS = {
    FEWER: "Fewer MQLs {than}.",
    EXPECTED: "MQLs {as_}.",
    MORE: "More MQLs {than}.",
}


def said(cell: Cell, *, is_planned: bool) -> Said:
    """Return what a cell says of a month with a plan, or by what is usual."""
    found = CELLS[cell]
    return Said(_filled(found.seen, is_planned=is_planned), found.question, found.hint)


def said_of_mqls(standing: Standing, *, is_planned: bool) -> str:
    """Return what is said of a month whose SQLs are too young to judge."""
    return _filled(_MQLS[standing], is_planned=is_planned)


def label(standing: Standing, *, is_planned: bool) -> str:
    """Return the name of a standing: `as planned` or `as usual` in the middle."""
    return ("as planned" if is_planned else "as usual") if standing is EXPECTED else str(standing)


def _filled(text: str, *, is_planned: bool) -> str:
    what = "planned" if is_planned else "usual"
    return text.format(than=f"than {what}", as_=f"as {what}")
