"""One lead under one definition: what it meets, what that counts, and what one change would move it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from alignment.domain.definition import Criterion, Definition, Group, Level, Value
from alignment.domain.scale import Scale
from alignment.metrics.definition_query import Kinds, asked_of, score_expression
from alignment.metrics.lead import leads_at_cutoff
from alignment.report.answer import clock_of
from alignment.report.judged import kinds_of
from alignment.store.newest import Newest
from alignment.store.snapshot import Snapshot
from alignment.whatif.scales import scales
from alignment.whatif.single_changes import Move, OtherLead, moves_of, other_leads

KEPT_EXAMPLES = 8

_examples: Newest[Hashable, Mapping[str, str]] = Newest(KEPT_EXAMPLES)


class Verdict(StrEnum):
    """What a criterion says of a lead."""

    MET = "met"
    NOT_MET = "not met"
    NO_VALUE = "no value"
    NOT_ASKED = "not in the data"


@dataclass(frozen=True)
class Answer:
    """One criterion on the lead: the lead's value, the verdict, and the points that it adds."""

    criterion: Criterion
    value: Value
    verdict: Verdict

    @property
    def points(self) -> int:
        """Return what the criterion adds to its group."""
        return self.criterion.points if self.verdict is Verdict.MET else 0


@dataclass(frozen=True)
class GroupPoints:
    """The points of a group: summed up, and what counts of them within the cap."""

    group: Group
    summed: int
    counted: int


@dataclass(frozen=True)
class Explanation:
    """A lead under a definition. `score` and `level` are None for a lead with none of the values."""

    definition: Definition
    answers: tuple[Answer, ...]
    groups: tuple[GroupPoints, ...]
    score: int | None
    level: Level | None
    moves: tuple[Move, ...]
    other_leads: tuple[OtherLead, ...]

    @property
    def total(self) -> int:
        """Return the sum of what counts, before it is clipped to 0…100."""
        return sum(group.counted for group in self.groups)

    @property
    def is_handed_off(self) -> bool:
        """Tell whether the definition hands the lead off."""
        return self.level is not None and self.level.enters_hand_off


def explain(snapshot: Snapshot, definition: Definition, lead: Mapping[str, Value]) -> Explanation:
    """Explain the score of a lead of the load under a definition; `lead` holds its values by column."""
    return explained(definition, lead, kinds_of(snapshot), scales(snapshot, definition))


def examples(snapshot: Snapshot, definition: Definition) -> Mapping[str, str]:
    """Return leads worth a look, by why: just below hand-off, just above, newest; those that there are."""
    key = snapshot.signature, definition.criteria, definition.levels, tuple(sorted(definition.caps.items()))
    return _examples.get(key, lambda: _found(snapshot, definition))


def _found(snapshot: Snapshot, definition: Definition) -> Mapping[str, str]:
    cutoff = next(level.cutoff for level in definition.levels if level.enters_hand_off)
    score = score_expression(definition, "l", kinds_of(snapshot))
    rows = snapshot.ask(leads_at_cutoff(clock_of(snapshot), score, cutoff)).to_pylist()
    return {row["why"]: row["lead_id"] for row in rows}


def explained(
    definition: Definition, lead: Mapping[str, Value], kinds: Kinds, scales: Mapping[str, Scale]
) -> Explanation:
    """Explain a lead's score; `scales` are those of the criteria's sliders by criterion id.

    `kinds` are the types of the leads' columns: a criterion that they can't answer is met by no lead.
    """
    asked = replace(definition, criteria=asked_of(definition, kinds))
    answers = tuple(
        Answer(found, lead.get(found.attribute), _verdict(found, lead.get(found.attribute)))
        if found in asked.criteria
        else Answer(found, None, Verdict.NOT_ASKED)
        for found in definition.criteria
    )
    score = asked.score(lead)
    return Explanation(
        definition=definition,
        answers=answers,
        groups=_groups(definition, answers),
        score=score,
        level=definition.level_of(score),
        moves=moves_of(asked, lead, scales),
        other_leads=other_leads(asked, lead, kinds),
    )


def _verdict(criterion: Criterion, value: Value) -> Verdict:
    if not criterion.comparison.has_value(value):
        return Verdict.NO_VALUE
    return Verdict.MET if criterion.is_met_by(value) else Verdict.NOT_MET


def _groups(definition: Definition, answers: tuple[Answer, ...]) -> tuple[GroupPoints, ...]:
    """Return the groups that have criteria, in their order."""
    sums: dict[Group, int] = {}
    for answer in answers:
        sums[answer.criterion.group] = sums.get(answer.criterion.group, 0) + answer.points
    return tuple(
        GroupPoints(group, sums[group], definition.capped(group, sums[group]))
        for group in Group
        if group in sums
    )
