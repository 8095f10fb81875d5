"""What one more criterion adds to a definition: where to split its attribute, and for how many points."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from alignment.domain.definition import HIGHEST_SCORE, MOST_POINTS, Comparison, Definition, Group, Threshold
from alignment.domain.scale import Scale
from alignment.whatif.by_time import Flags
from alignment.whatif.cube import Levels, Places
from alignment.whatif.evidence import Points, capped
from alignment.whatif.ranking import AucDifference, Counts, added_up, auc_value, compare

WORTHS = (10, 3, 5, 8, 12, 15, 20, 25, 30, 40, MOST_POINTS)
FEWEST_LEADS, FEWEST_SHARE = 30, 0.01
"""Fewer leads on one side of a split are no ground for a rule."""
LEAST_TOLD = 12.0
"""Chance alone tells more than this once in 2,000 splits, and each column is tried at some 40."""
TINY = 1e-9
SCORES = HIGHEST_SCORE + 1


@dataclass(frozen=True)
class Judged:
    """Successes and failures to learn from and to check on; each of shape [tuples]."""

    converted: Counts
    others: Counts
    check_converted: Counts
    check_others: Counts

    @property
    def can_rank(self) -> bool:
        """Tell whether there are both kinds to learn from."""
        return bool(self.converted.sum() and self.others.sum())


@dataclass(frozen=True)
class Base:
    """The draft's points by tuple, as one group is about to get more.

    Tuples with the same points share a place in `others` (all other groups, capped) and `own` (this group,
    before its `cap`), both of shape [places]; `place_of`: shape [tuples].
    """

    others: Points
    own: Points
    cap: int | None
    place_of: Places

    @classmethod
    def of(
        cls, draft: Definition, sums: Mapping[Group, npt.NDArray[np.int16]], group: Group, tuples: int
    ) -> "Base":
        """Return the base of a group; `sums` are the points by group before caps, each of shape [tuples]."""
        others = np.zeros(tuples, np.int64)
        for other, points in sums.items():
            if other is not group:
                others += capped(points.astype(np.int64), draft.caps.get(other))
        own = sums.get(group, np.zeros(tuples, np.int16)).astype(np.int64)
        lowest, span = own.min(initial=0), int(np.ptp(own)) + 1 if tuples else 1
        keys, place_of = np.unique(others * span + (own - lowest), return_inverse=True)
        return cls(keys // span, keys % span + lowest, draft.caps.get(group), place_of)

    def scores(self, more: int = 0) -> Places:
        """Return the score of each place with so many points more."""
        return np.clip(self.others + capped(self.own + more, self.cap), 0, HIGHEST_SCORE)


@dataclass(frozen=True)
class Split:
    """A threshold, which levels meet it (shape [levels]), and whether meeting it speaks for success."""

    threshold: Threshold
    meets: Flags
    is_plus: bool


def best_splits(scale: Scale, levels: Levels, judged: Judged, base: Base) -> Iterator[Split]:
    """Yield the split that speaks most for success beyond the score, and the one that speaks most against it.

    By the score test U² ÷ V. U: successes among those who meet it less what their scores let expect; V: the
    spread of that by chance. None where chance would do as well, or where one side has few leads.
    """
    leads = judged.converted + judged.others
    chance = _chance_by_place(judged, base)[base.place_of]
    surplus = added_up(levels, judged.converted - leads * chance, scale.size)
    spread = added_up(levels, leads * chance * (1 - chance), scale.size)
    counts = added_up(levels, leads, scale.size)
    fewest = max(FEWEST_LEADS, FEWEST_SHARE * counts.sum())
    rank = np.where(counts >= FEWEST_LEADS, surplus / np.maximum(spread, TINY), np.nan)
    best: dict[bool, tuple[float, Split]] = {}
    for threshold, meets in _splits(scale, rank):
        if min(counts[meets].sum(), counts[~meets].sum()) < fewest:
            continue
        own, rest, gained = spread[meets].sum(), spread[~meets].sum(), float(surplus[meets].sum())
        told = gained**2 / max(own * rest / max(own + rest, TINY), TINY)
        if told > best.get(gained > 0, (LEAST_TOLD,))[0]:
            best[gained > 0] = told, Split(threshold, meets, gained > 0)
    yield from (split for _, split in best.values())


def _chance_by_place(judged: Judged, base: Base) -> Counts:
    """Return the chance of success by the score of each place, drawn to the mean where leads are few."""
    scores = base.scores()
    of_tuple = scores[base.place_of]
    hits, misses = (added_up(of_tuple, kind, SCORES) for kind in (judged.converted, judged.others))
    mean = hits.sum() / (hits.sum() + misses.sum())
    return ((hits + mean) / (hits + misses + 1))[scores]


def _splits(scale: Scale, rank: Counts) -> Iterator[tuple[Threshold, Flags]]:
    """Yield the thresholds to try; of values with a `rank`: the first few from either end."""
    if scale.comparison is Comparison.IS_TRUE:
        yield None, np.array(scale.meets(None))
    for stop in scale.stops:
        yield stop, np.array(scale.meets(stop))
    ranked = [place for place in np.argsort(-rank[2:], kind="stable") if not np.isnan(rank[place + 2])]
    for way in (ranked, ranked[::-1]) if scale.values else ():
        for size in range(1, len(way) + 1):
            threshold = tuple(value for place in sorted(way[:size]) for value in scale.values[place])
            yield threshold, np.array(scale.meets(threshold))


@dataclass(frozen=True)
class OneMore:
    """The judged leads by place and by whether they meet the new criterion, ranked without and with it.

    `before` and `after`: scores of shape [rows]; `judged`: leads of shape [rows]; `worth`: its points.
    """

    worth: int
    before: Places
    after: Places
    judged: Judged

    @classmethod
    def of(cls, base: Base, met: Flags, judged: Judged, *, is_plus: bool) -> "OneMore":
        """Return it with the points that rank the leads to learn from best."""
        places = len(base.own)
        row_of = base.place_of + places * met
        kinds = (judged.converted, judged.others, judged.check_converted, judged.check_others)
        rows = Judged(*(added_up(row_of, kind, 2 * places) for kind in kinds))
        plain = base.scores()
        tried = (
            cls(worth, np.tile(plain, 2), np.append(plain, base.scores(worth)), rows)
            for worth in (size if is_plus else -size for size in WORTHS)
        )
        return max(tried, key=lambda each: each.gain)

    @property
    def gain(self) -> float:
        """Return what it adds to the AUC on the leads to learn from."""
        return _auc(self.after, self.judged) - _auc(self.before, self.judged)

    def fitted(self) -> AucDifference:
        """Return how the AUC changes on the leads to learn from."""
        return compare(self.before, self.after, self.judged.converted, self.judged.others)

    def checked(self) -> AucDifference:
        """Return how the AUC changes on the leads to check on."""
        return compare(self.before, self.after, self.judged.check_converted, self.judged.check_others)


def _auc(scores: Places, judged: Judged) -> float:
    hits, misses = (added_up(scores, kind, SCORES) for kind in (judged.converted, judged.others))
    return auc_value(hits, misses) or 0.0
