"""The attributes that would help most: a threshold and points for each, and what they add to the ranking."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from operator import attrgetter

from alignment.domain.definition import Criterion, Definition, Group
from alignment.domain.definition_steps import Step, steps
from alignment.whatif.by_time import ByTime
from alignment.whatif.evidence import judged_cells
from alignment.whatif.figures import Counting, Figures, Frame, figures_of
from alignment.whatif.one_more import Base, Judged, OneMore, best_splits
from alignment.whatif.ranking import AucDifference, added_up
from alignment.whatif.scales import Candidate
from alignment.whatif.survey import Survey

MOST_SUGGESTED = 5
LEAST_GAIN = 0.001
"""An AUC that rises by less is no help that anybody would notice."""


@dataclass(frozen=True)
class CriterionSuggestion:
    """A criterion to add, how the leads rank with it, and the figures of the draft without and with it.

    `fitted`: on the months it was chosen by, where it can only look good; `checked`: on the newest ones, None
    where there are too few. Figures are counted on the survey's leads. `is_another_step`: the draft looks at
    the attribute already.
    """

    criterion: Criterion
    fitted: AucDifference
    checked: AucDifference | None
    before: Figures
    after: Figures
    is_another_step: bool

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the one edit that adds it."""
        return steps(self.before.definition, self.after.definition)

    @property
    def gain(self) -> float:
        """Return what it adds to the AUC: on the newest months where there are some, else on all."""
        return (self.checked or self.fitted).value or 0.0


def suggest_criteria(
    survey: Survey, draft: Definition, frame: Frame, months: ByTime, left_out: Collection[str]
) -> tuple[CriterionSuggestion, ...]:
    """Return up to five criteria that the months to learn from speak for most, the largest gain first.

    Attributes `left_out` are never suggested.
    """
    candidates = (known for known in survey.candidates if known.attribute not in left_out)
    helps = sorted(_found(survey, draft, frame, months, candidates), key=lambda each: -each[1].gain)
    before = figures_of(draft, survey.bench.tally(draft), frame)
    suggested = []
    for criterion, more in helps[:MOST_SUGGESTED]:
        wanted = draft.with_criterion(criterion)
        suggested.append(
            CriterionSuggestion(
                criterion,
                more.fitted(),
                more.checked() if months.is_checked else None,
                before,
                figures_of(wanted, survey.bench.tally(wanted), frame),
                any(known.attribute == criterion.attribute for known in draft.criteria),
            )
        )
    return tuple(sorted(suggested, key=attrgetter("gain"), reverse=True))


def _found(
    survey: Survey, draft: Definition, frame: Frame, months: ByTime, candidates: Iterator[Candidate]
) -> Iterator[tuple[Criterion, OneMore]]:
    """Yield the criterion that each candidate could become, where it ranks the leads noticeably better."""
    judged = _judged(survey, frame, months)
    if not judged.can_rank:
        return
    sums = survey.bench.scoring(draft).sums
    bases = {group: Base.of(draft, sums, group, survey.cube.tuples) for group in Group}
    for candidate in candidates:
        place, scale = survey.scale_of(candidate)
        levels = survey.cube.levels[place]
        found = []
        for split in best_splits(scale, levels, judged, bases[Group.FIT]):
            group = _group(draft, candidate.attribute, is_plus=split.is_plus)
            more = OneMore.of(bases[group], split.meets[levels], judged, is_plus=split.is_plus)
            how = candidate.attribute, candidate.comparison, split.threshold
            name = _free_id(draft, candidate.attribute)
            found.append((Criterion(name, *how, more.worth, group), more))
        best = max(found, key=lambda each: each[1].gain, default=None)
        if best and best[1].gain >= LEAST_GAIN:
            yield best


def _judged(survey: Survey, frame: Frame, months: ByTime) -> Judged:
    cube = survey.cube
    counting = Counting(cube.fates, frame)
    cells = (*judged_cells(cube, counting, months.fit), *judged_cells(cube, counting, months.check))
    return Judged(*(added_up(cube.tuple_of, kind, cube.tuples) for kind in cells))


def _group(draft: Definition, attribute: str, *, is_plus: bool) -> Group:
    """Return where its points count: with those of the attribute already given, if they add too."""
    if not is_plus:
        return Group.EXCLUSION
    same = (known.group for known in draft.criteria if known.attribute == attribute and known.points > 0)
    return next(same, Group.FIT)


def _free_id(draft: Definition, attribute: str) -> str:
    """Return the first id of the attribute that no criterion of the draft has."""
    taken = {known.criterion_id for known in draft.criteria}
    name = attribute.replace(".", "_")
    names = (f"{name}_suggested" + (f"_{number}" if number > 1 else "") for number in count(1))
    return next(name for name in names if name not in taken)
