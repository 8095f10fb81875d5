"""What the data would choose: cutoffs, points and further criteria for a draft; never applied by itself."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from alignment.domain.definition import Definition
from alignment.domain.money import Money
from alignment.store.newest import Newest
from alignment.store.snapshot import Snapshot
from alignment.whatif.answer import EVERYTHING_RECENT, Question, figures, frame_of, workbench
from alignment.whatif.by_time import by_time
from alignment.whatif.evidence import evidence_of
from alignment.whatif.figures import Figures
from alignment.whatif.leakage import Suspect, suspects
from alignment.whatif.suggest_criteria import CriterionSuggestion, suggest_criteria
from alignment.whatif.suggest_cutoff import value_of_an_outcome
from alignment.whatif.suggest_points import PointsSuggestion, suggest_points
from alignment.whatif.survey import survey_of

KEPT = 8


@dataclass(frozen=True)
class Suggestions:
    """What the data would choose for a draft.

    `suspects`: attributes left out, and why; `share`: the part of the leads that `criteria` and the look for
    suspects rest on, 1 for all. `outcome_value`: what a success brings by the data, None where it can't tell.
    """

    draft: Figures
    suspects: tuple[Suspect, ...]
    points: PointsSuggestion
    with_points: Figures
    criteria: tuple[CriterionSuggestion, ...]
    share: float
    outcome_value: Money | None

    @cached_property
    def suspects_in_use(self) -> tuple[Suspect, ...]:
        """Return the suspects that the draft looks at."""
        used = {criterion.attribute for criterion in self.draft.definition.criteria}
        return tuple(suspect for suspect in self.suspects if suspect.attribute in used)


_known: Newest[Hashable, Suggestions] = Newest(KEPT)


def suggest(
    snapshot: Snapshot, in_force: Definition, draft: Definition, question: Question = EVERYTHING_RECENT
) -> Suggestions:
    """Return what the data would choose for the draft; the cube at hand is the one that shows its impact."""
    caps = tuple(sorted(draft.caps.items()))
    key = snapshot.signature, draft.criteria, draft.levels, caps, question
    return _known.get(key, lambda: _worked_out(snapshot, in_force, draft, question))


def _worked_out(
    snapshot: Snapshot, in_force: Definition, draft: Definition, question: Question
) -> Suggestions:
    survey = survey_of(snapshot, draft, question)
    frame = frame_of(snapshot, survey.cube, question)
    suspicious = suspects(survey, frame)
    left_out = {suspect.attribute for suspect in suspicious}
    bench = workbench(snapshot, (in_force, draft), question)
    months = by_time(bench.cube, frame)
    fixed = {criterion.criterion_id for criterion in draft.criteria if criterion.attribute in left_out}
    points = suggest_points(evidence_of(bench.cube, draft, frame, months), draft, months, fixed)
    return Suggestions(
        draft=figures(snapshot, draft, question),
        suspects=suspicious,
        points=points,
        with_points=figures(snapshot, points.definition, question),
        criteria=suggest_criteria(survey, draft, frame, by_time(survey.cube, frame), left_out),
        share=survey.share,
        outcome_value=value_of_an_outcome(bench.tally(draft), frame),
    )
