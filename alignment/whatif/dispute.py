"""The disputed zone: leads that one side's position hands off and the other's doesn't.

Leads of all sources take part, whatever sources a question names.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from alignment.domain.agreement import Side
from alignment.domain.definition import Definition
from alignment.domain.definition_plain import with_value
from alignment.domain.money import Money
from alignment.domain.period import MONTHS_A_YEAR, Period
from alignment.domain.refusal import Refusal
from alignment.domain.scale import Scale
from alignment.domain.settlement import Meeting, differences, meetings, scale_of
from alignment.metrics.disputed_leads import disputed_leads
from alignment.metrics.level_cube import Fate
from alignment.metrics.query import Query
from alignment.report.answer import clock_of
from alignment.store.newest import Newest
from alignment.store.snapshot import Snapshot
from alignment.whatif.answer import EVERYTHING_RECENT, Question, counted_by, frame_of, workbench
from alignment.whatif.figures import Frame, HandOffs
from alignment.whatif.segments import SOURCE, hand_offs, hand_offs_of_all, segmented
from alignment.whatif.workbench import Chosen, Workbench

MOST_EXAMPLES = 10
KEPT_ANSWERS = 8

Positions: TypeAlias = Mapping[Side, Definition]
"""Where marketing and sales stand."""


_settlings: "Newest[Hashable, tuple[Settling, ...]]" = Newest(KEPT_ANSWERS)
_examples: "Newest[Hashable, tuple[Example, ...]]" = Newest(KEPT_ANSWERS)


@dataclass(frozen=True)
class Zone:
    """Leads of one segment (None: of all) that only marketing's position hands off, and only sales'."""

    segment: str | None
    marketing: HandOffs
    sales: HandOffs

    @property
    def leads(self) -> int:
        """Return the leads of both directions."""
        return self.marketing.leads + self.sales.leads

    def of(self, side: Side) -> HandOffs:
        """Return the leads that only this side's position hands off."""
        return self.marketing if side is Side.MARKETING else self.sales


@dataclass(frozen=True)
class Dispute:
    """The disputed zone, what both positions hand off, and what all of it is counted on."""

    zone: Zone
    both: HandOffs
    frame: Frame

    def a_week(self, leads: int) -> float | None:
        """Return leads a week, None where the data has no dates."""
        return leads / self.frame.weeks if self.frame.weeks else None


@dataclass(frozen=True)
class Settling:
    """A value on which both sides could meet, and the disputed leads that would be left then."""

    meeting: Meeting
    left: int


class Became(StrEnum):
    """What came of a lead, by the outcome that hand-offs are judged by."""

    CONVERTED = "converted"
    NOT_CONVERTED = "not converted"
    NEVER_WORKED = "never worked"
    TOO_YOUNG = "too young"
    UNDATED = "undated"
    NOT_TOLD = "not told"


@dataclass(frozen=True)
class Example:
    """One disputed lead: who hands it off, its score by each position (None: unscored), what became of it.

    `created_at` is naive UTC. `won`: what its deals brought so far, None where nothing was won.
    """

    side: Side
    lead_id: str
    source: str | None
    created_at: datetime | None
    scores: Mapping[Side, int | None]
    became: Became
    won: Money | None


def dispute(snapshot: Snapshot, positions: Positions, question: Question = EVERYTHING_RECENT) -> Dispute:
    """Return how many leads the two positions judge differently, and what came of them."""
    bench = workbench(snapshot, _pair(positions), question)
    one, other = (bench.handed(position) for position in _pair(positions))
    parts = (one & ~other, other & ~one, one & other)
    marketing, sales, both = hand_offs_of_all(snapshot, bench, parts, question)
    return Dispute(Zone(None, marketing, sales), both, frame_of(snapshot, bench.cube, question))


def zones(
    snapshot: Snapshot, positions: Positions, attribute: str = SOURCE, question: Question = EVERYTHING_RECENT
) -> tuple[Zone, ...]:
    """Return the disputed zone by segment of an attribute, the largest first; without empty segments."""
    by = segmented(snapshot, _pair(positions), attribute, question)
    one, other = (by.bench.handed(position) for position in _pair(positions))
    marketing, sales = hand_offs(snapshot, by, (one & ~other, other & ~one), question)
    found = [Zone(*zone) for zone in zip(by.names, marketing, sales, strict=True)]
    return tuple(sorted((zone for zone in found if zone.leads), key=lambda zone: (-zone.leads, zone.segment)))


def settlings(
    snapshot: Snapshot,
    positions: Positions,
    scales: Mapping[str, Scale],
    question: Question = EVERYTHING_RECENT,
) -> tuple[Settling, ...]:
    """Return the single fields on which both could meet and so settle leads, the most settling first.

    Of moves that settle as much, half-way comes first. `scales`: by the criterion's id.
    """
    key = _key(snapshot, positions, question), tuple(sorted(scales.items(), key=lambda entry: entry[0]))
    return _settlings.get(key, lambda: _settled(snapshot, positions, scales, question))


def _settled(
    snapshot: Snapshot, positions: Positions, scales: Mapping[str, Scale], question: Question
) -> tuple[Settling, ...]:
    found = [
        meeting
        for difference in differences(*_pair(positions))
        for meeting in meetings(difference, scale_of(difference.field, scales))
    ]
    met = [(meeting, moved) for meeting in found if (moved := _met(positions, meeting))]
    every = [definition for _, moved in met for definition in _pair(moved)]
    bench = workbench(snapshot, (*_pair(positions), *every), question)
    period = frame_of(snapshot, bench.cube, question).period
    now, *left = _disputed(bench, positions, [positions, *(moved for _, moved in met)], period)
    settled = [Settling(meeting, rest) for (meeting, _), rest in zip(met, left, strict=True) if rest < now]
    return tuple(sorted(settled, key=lambda each: (each.left, each.meeting.side is not None)))


def examples(
    snapshot: Snapshot, positions: Positions, question: Question = EVERYTHING_RECENT
) -> tuple[Example, ...]:
    """Return up to ten disputed leads of each direction, marketing's first, the newest first."""
    key = _key(snapshot, positions, question)
    return _examples.get(key, lambda: _found(snapshot, positions, question))


def _found(snapshot: Snapshot, positions: Positions, question: Question) -> tuple[Example, ...]:
    frame = frame_of(snapshot, workbench(snapshot, _pair(positions), question).cube, question)
    rows = snapshot.ask(examples_query(snapshot, positions, question)).to_pylist()
    return tuple(
        Example(
            Side.MARKETING if row["is_first"] else Side.SALES,
            row["lead_id"],
            row["source"],
            row["created_at"],
            {Side.MARKETING: row["score_0"], Side.SALES: row["score_1"]},
            _became(row["fate"], frame),
            Money(row["cents"], frame.currency) if frame.tells_amounts and row["cents"] else None,
        )
        for row in rows
    )


def examples_query(snapshot: Snapshot, positions: Positions, question: Question = EVERYTHING_RECENT) -> Query:
    """Return the one question that the examples are the answer to."""
    frame = frame_of(snapshot, workbench(snapshot, _pair(positions), question).cube, question)
    kinds = {name: kind for (table, name), kind in snapshot.types.items() if table == "leads"}
    outcome = counted_by(snapshot, question)
    months = _months(frame.period) if frame.period else None
    return disputed_leads(
        clock_of(snapshot), snapshot.currency, outcome, _pair(positions), kinds, months, MOST_EXAMPLES
    )


def _key(snapshot: Snapshot, positions: Positions, question: Question) -> Hashable:
    sides = [(found.criteria, found.levels, tuple(sorted(found.caps.items()))) for found in _pair(positions)]
    return snapshot.signature, tuple(sides), question


def _pair(positions: Positions) -> tuple[Definition, Definition]:
    return positions[Side.MARKETING], positions[Side.SALES]


def _met(positions: Positions, meeting: Meeting) -> Positions | None:
    """Return the positions once both sides took the value, None where one of them can't."""
    try:
        return {side: with_value(found, meeting.field, meeting.value) for side, found in positions.items()}
    except Refusal:
        return None


def _disputed(
    bench: Workbench, positions: Positions, moved: Sequence[Positions], period: Period | None
) -> list[int]:
    """Return the disputed leads of each of these positions, all of them near to the present ones."""
    leads = bench.leads_of_tuples(period)
    now = {side: bench.handed(definition) for side, definition in positions.items()}

    def handed(side: Side, definition: Definition) -> Chosen:
        is_same = definition == positions[side]
        return now[side] if is_same else bench.handed(definition, near=positions[side])

    pairs = ([handed(side, found[side]) for side in (Side.MARKETING, Side.SALES)] for found in moved)
    return [int(leads[one ^ other].sum()) for one, other in pairs]


def _months(period: Period) -> tuple[int, int]:
    first, last = (day.year * MONTHS_A_YEAR + day.month - 1 for day in (period.start, period.last))
    return first, last


def _became(fate: int, frame: Frame) -> Became:
    if frame.outcome is None:
        return Became.NOT_TOLD
    if fate & Fate.CONVERTED:
        return Became.CONVERTED
    if fate & Fate.UNDATED:
        return Became.UNDATED
    if not fate & Fate.MATURE:
        return Became.TOO_YOUNG
    return Became.NOT_CONVERTED if fate & Fate.WORKED else Became.NEVER_WORKED
