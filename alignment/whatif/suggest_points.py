"""The whole points that would rank the leads best, for the criteria at hand."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from alignment.domain.definition import HIGHEST_SCORE, MOST_POINTS, Definition, Group
from alignment.domain.definition_steps import Step, steps
from alignment.whatif.by_time import ByTime
from alignment.whatif.evidence import Evidence, Points, capped, clipped
from alignment.whatif.figures import handed_scores
from alignment.whatif.logistic import weights
from alignment.whatif.ranking import AucDifference, Counts, Ranks, added_up, auc_values, compare

VOLUME_WEIGHT, FIRST_WEIGHT = 0.5, 0.05
"""What twice the hand-offs, or none at all, cost beside the AUC: at the end, and to begin with."""
SAME_VOLUME = 0.02
"""So much more or less is about the same number of hand-offs."""
STARTS = 3
FEWEST_LEADS = 30
"""With fewer judged leads on one side of a criterion its worth is a guess."""
SLACK = 0.005
"""So much of the goal a change of hand-offs may cost when points are put back."""
SCALES = 50
MOVES = (1, 2, 3, 5, 8, 13, 21)
MOST_PASSES = 6
SIZE = HIGHEST_SCORE + 1
MOST_WORK = 4_000_000
"""Patterns scored at most, so that a wide definition is answered as fast as a narrow one."""

NO_CRITERIA = "The draft has no criterion whose column this data has and that is not written after contact."
FEW_LEADS = "Too few leads that sales worked meet any criterion, or fail it, to learn what it is worth."
ONE_KIND = "No lead that sales worked has failed, or none has succeeded: the data can't tell what helps."


@dataclass(frozen=True)
class PointsSuggestion:
    """A definition with other points than the draft's, and how both rank the leads.

    `fitted`: on the months it was learned from, where it can only look good; `checked`: on the newest ones,
    None where there are too few (`months` says why). `why_not` says what keeps it from being worked out.
    """

    draft: Definition
    definition: Definition
    months: ByTime
    fitted: AucDifference | None = None
    checked: AucDifference | None = None
    why_not: str = ""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the edits that lead there, one a criterion; none where the draft does as well."""
        return steps(self.draft, self.definition)


def suggest_points(
    evidence: Evidence, draft: Definition, months: ByTime, fixed: Collection[str] = ()
) -> PointsSuggestion:
    """Return the points that rank the leads of `evidence.fit` best, at about the draft's number of hand-offs.

    The points of criteria whose ids are `fixed` stay as they are, and of those that few leads meet, or fail.
    """
    free = [place for place, found in enumerate(evidence.criteria) if found.criterion_id not in fixed]
    told = [place for place in free if _is_told(evidence, place)]
    if not (told and evidence.fit.can_rank):
        why = NO_CRITERIA if not free else FEW_LEADS if evidence.fit.can_rank else ONE_KIND
        return PointsSuggestion(draft, draft, months, why_not=why)
    goal, loose = _Goal(evidence, draft), _Goal(evidence, draft, FIRST_WEIGHT)
    present = goal.present
    starts = sorted(_scaled(evidence, present, told), key=goal.of)[-STARTS:]
    ends = [_descended(goal, _descended(loose, start, told), told) for start in (present, *starts)]
    found = _kept(goal, max([present, *ends], key=goal.of), told)
    before, after = (evidence.scores(points, draft) for points in (present, found))
    checked = compare(before, after, evidence.check.converted, evidence.check.others)
    return PointsSuggestion(
        draft,
        _with_points(draft, evidence, found),
        months,
        compare(before, after, evidence.fit.converted, evidence.fit.others),
        checked if months.is_checked else None,
    )


def _is_told(evidence: Evidence, place: int) -> bool:
    """Tell whether enough judged leads meet the criterion, and enough don't, to learn what it is worth."""
    leads, met = evidence.fit.converted + evidence.fit.others, evidence.met[:, place]
    return bool(min(leads[met].sum(), leads[~met].sum()) >= FEWEST_LEADS)


def _with_points(draft: Definition, evidence: Evidence, points: Points) -> Definition:
    for known, worth in zip(evidence.criteria, points, strict=True):
        draft = draft.with_points(known.criterion_id, int(worth))
    return draft


@dataclass(frozen=True)
class _Goal:
    """How good points are: AUC on the months to learn from, less what they change in hand-offs."""

    evidence: Evidence
    draft: Definition
    volume_weight: float = VOLUME_WEIGHT

    @cached_property
    def present(self) -> Points:
        return np.array([criterion.points for criterion in self.evidence.criteria], np.int64)

    @cached_property
    def handed(self) -> Points:
        return np.array(handed_scores(self.draft), np.intp)

    @cached_property
    def wanted(self) -> float:
        scores = self.evidence.scores(self.present, self.draft)
        return float(added_up(scores, self.evidence.leads, SIZE)[self.handed].sum())

    @cached_property
    def kinds(self) -> tuple[Counts, Counts, Counts]:
        """What is counted by score: the successes and failures to learn from, and all leads."""
        return self.evidence.fit.converted, self.evidence.fit.others, self.evidence.leads

    @cached_property
    def places(self) -> tuple[tuple[Ranks, Ranks], ...]:
        """Which patterns meet each criterion, and which don't."""
        return tuple((np.flatnonzero(met), np.flatnonzero(~met)) for met in self.evidence.met.T)

    @cached_property
    def _worth_in(self) -> tuple[Counts, npt.NDArray[np.bool_]]:
        """Who met what, as numbers that multiply fast, and which criterion is in which group."""
        groups = [[found.group is group for found in self.evidence.criteria] for group in Group]
        return self.evidence.met.astype(np.float64), np.array(groups)

    def totals(self, points: Points) -> Points:
        """Return each pattern's points in each group, before any cap; shape [groups, patterns]."""
        met, groups = self._worth_in
        return np.ascontiguousarray((met @ (groups * points).T).T).astype(np.int64)

    def of(self, points: Points) -> float:
        scores = self.evidence.scores(points, self.draft)
        return float(self.of_each(*(_by_score(scores[np.newaxis], kind) for kind in self.kinds))[0])

    def of_each(self, converted: Counts, others: Counts, leads: Counts) -> Counts:
        """Return how good each row is, from its counts by score; all of shape [rows, scores]."""
        found = auc_values(converted, others)
        if not self.wanted:
            return found
        change = np.abs(leads[:, self.handed].sum(axis=1) / self.wanted - 1) - SAME_VOLUME
        return found - self.volume_weight * np.clip(change, 0.0, 1.0)


def _scaled(evidence: Evidence, present: Points, free: list[int]) -> Iterator[Points]:
    """Yield the logistic weights as whole points, at scales up to the most that a criterion may have."""
    fit = evidence.fit
    found = weights(evidence.met[:, free], fit.converted, fit.others)
    largest = np.abs(found).max()
    for number in range(1, SCALES + 1) if largest else ():
        points = present.copy()
        points[free] = np.rint(found / largest * MOST_POINTS * number / SCALES)
        yield points


def _descended(goal: _Goal, points: Points, free: list[int]) -> Points:
    """Return the points after moving one criterion at a time as long as that helps."""
    best, left = goal.of(points), MOST_WORK
    for _ in range(MOST_PASSES):
        before = best
        for place in free:
            points, best = _moved(goal, points, place, best)
            left -= len(goal.evidence.met) * (2 * len(MOVES) + 2)
            if left < 0:
                return points
        if best <= before:
            break
    return points


def _moved(goal: _Goal, points: Points, place: int, best: float) -> tuple[Points, float]:
    """Return the points with the best value for one criterion, and how good they are then."""
    score_with = _Line.of(goal, points, place)
    tried = {
        0,
        int(goal.present[place]),
        *(int(points[place]) + sign * move for move in MOVES for sign in (-1, 1)),
    }
    worths = [worth for worth in sorted(tried) if abs(worth) <= MOST_POINTS and worth != points[place]]
    for worth, found in zip(worths, goal.of_each(*score_with.counts(worths)), strict=True):
        if found > best + 1e-9:
            points, best = _put(points, place, worth), float(found)
    return points, best


def _kept(goal: _Goal, points: Points, free: list[int]) -> Points:
    """Return the points with those put back whose change could be chance, where hand-offs stay the same."""
    evidence, fit = goal.evidence, goal.evidence.fit
    for place in sorted(free, key=lambda place: abs(int(points[place] - goal.present[place]))):
        back = _put(points, place, int(goal.present[place]))
        before, after = (evidence.scores(each, goal.draft) for each in (back, points))
        gain = compare(before, after, fit.converted, fit.others)
        least = goal.of(points) - (gain.value or 0.0) - SLACK
        if not gain.is_better and goal.of(back) >= max(least, goal.of(goal.present)):
            points = back
    return points


def _put(points: Points, place: int, worth: int) -> Points:
    changed = points.copy()
    changed[place] = worth
    return changed


def _by_score(scores: Ranks, leads: Counts) -> Counts:
    """Return the leads of patterns by score; `scores` and what is returned: a row for each set of points."""
    rows = len(scores)
    places = scores + np.arange(0, rows * SIZE, SIZE)[:, np.newaxis]
    return added_up(places.ravel(), np.tile(leads, rows), rows * SIZE).reshape(rows, SIZE)


@dataclass(frozen=True)
class _Line:
    """The leads by score as one criterion's points change, everything else standing still.

    `others` and `own`: points of the patterns that meet the criterion, without it; `kinds`: their leads, and
    `still` those of all other patterns by score, which are the same whatever the criterion is worth.
    """

    others: Points
    own: Points
    kinds: tuple[Counts, ...]
    still: tuple[Counts, ...]
    cap: int | None

    @classmethod
    def of(cls, goal: _Goal, points: Points, place: int) -> "_Line":
        caps, group = goal.draft.caps, goal.evidence.criteria[place].group
        sums = dict(zip(Group, goal.totals(_put(points, place, 0)), strict=True))
        own, cap = sums.pop(group), caps.get(group)
        others = sum((capped(total, caps.get(other)) for other, total in sums.items()), np.zeros_like(own))
        met, rest = goal.places[place]
        unmoved = clipped(others[rest] + capped(own[rest], cap), 0, HIGHEST_SCORE)
        still = tuple(added_up(unmoved, kind[rest], SIZE) for kind in goal.kinds)
        return cls(others[met], own[met], tuple(kind[met] for kind in goal.kinds), still, cap)

    def counts(self, worths: Sequence[int]) -> tuple[Counts, ...]:
        """Return the leads of each kind by score; each of shape [worths, scores]."""
        own = self.own + np.array(worths, np.int64)[:, np.newaxis]
        scores = clipped(self.others + capped(own, self.cap), 0, HIGHEST_SCORE)
        return tuple(
            still + _by_score(scores, kind) for still, kind in zip(self.still, self.kinds, strict=True)
        )
