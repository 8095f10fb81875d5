"""How good a definition is: whom it finds, whom it misses, and what nobody can know, on mature leads."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from alignment.domain.definition import HIGHEST_SCORE, Definition
from alignment.domain.kappa import Kappa
from alignment.domain.lift import Lift
from alignment.domain.period import Period
from alignment.domain.rate import SMALL_SAMPLE, Rate, RateDifference
from alignment.domain.stage import Stage
from alignment.metrics.level_cube import Fate
from alignment.store.snapshot import Snapshot
from alignment.whatif.answer import EVERYTHING_RECENT, Question, frame_of, workbench
from alignment.whatif.cube import Tally, Whole
from alignment.whatif.figures import Counting, Frame, handed_scores, is_in
from alignment.whatif.outcome import can_tell
from alignment.whatif.ranking import Auc, auc_of
from alignment.whatif.unknown_zone import UnknownZone

BAND = 10
"""Points of a band of the calibration; the last one holds 100 too."""
SCORES_0_TO_100 = slice(HIGHEST_SCORE + 1)


@dataclass(frozen=True)
class ScoreBand:
    """Mature leads with a score from `low` to `high`: how many of the worked ones converted.

    `unknown`: never worked, in the rate neither way.
    """

    low: int
    high: int
    rate: Rate
    unknown: int


@dataclass(frozen=True)
class Agreement:
    """The definition's yes and no beside what sales accepted and rejected, and how many are undecided."""

    kappa: Kappa
    undecided: int


@dataclass(frozen=True)
class Quality:
    """A definition on the mature leads created in `period`; every rate counts worked leads only.

    `precision`: handed off → converted. `recall`: of all that converted, those handed off. `everyone`: all →
    converted. `handed`: handed off of all, worked or not. `margin`: the band that starts at the lowest
    hand-off cutoff and is just wide enough to judge, None without any judged lead in it. `unknown` and
    `agreement` are None where the data can't tell who was worked, or whom sales accepted and rejected.
    """

    definition: Definition
    period: Period | None
    outcome: Stage | None
    window_days: int | None
    precision: Rate
    recall: Rate
    everyone: Rate
    handed: Rate
    auc: Auc
    bands: tuple[ScoreBand, ...]
    margin: ScoreBand | None
    unknown: UnknownZone | None
    agreement: Agreement | None
    too_young: int
    undated: int
    unscored: int

    @property
    def lift(self) -> Lift:
        """Return how many times as often hand-offs convert as all leads."""
        return Lift(self.precision, self.everyone)

    @property
    def missed(self) -> Rate:
        """Return, of all that converted, those that were not handed off."""
        return Rate(self.recall.denominator - self.recall.numerator, self.recall.denominator)


@dataclass(frozen=True)
class QualityImpact:
    """The quality of the definition in force beside that of the draft, on the same leads."""

    in_force: Quality
    draft: Quality

    @property
    def precision(self) -> RateDifference:
        """Return how precision changes."""
        return RateDifference(self.in_force.precision, self.draft.precision)

    @property
    def recall(self) -> RateDifference:
        """Return how recall changes."""
        return RateDifference(self.in_force.recall, self.draft.recall)


def quality(
    snapshot: Snapshot,
    in_force: Definition,
    draft: Definition,
    question: Question = EVERYTHING_RECENT,
    *,
    scout: Rate | None = None,
) -> QualityImpact:
    """Return how good both definitions are on the same leads.

    `scout`: what came of a random sample of leads below the cutoff that were worked anyway, converted of
    worked; it narrows what nobody can know.
    """
    bench = workbench(snapshot, (in_force, draft), question)
    frame = frame_of(snapshot, bench.cube, question)
    is_decided = tells_decisions(snapshot)
    return QualityImpact(
        *(
            quality_of(
                each, bench.tally(each, question.sources), frame, tells_decisions=is_decided, scout=scout
            )
            for each in (in_force, draft)
        )
    )


def tells_decisions(snapshot: Snapshot) -> bool:
    """Tell whether the load knows whom sales accepted and whom it rejected."""
    is_accepted = any(can_tell(snapshot, stage) for stage in (Stage.SAL, Stage.SQL, Stage.OPPORTUNITY))
    return snapshot.has("leads", "rejected_at") and is_accepted


def quality_of(
    definition: Definition,
    tally: Tally,
    frame: Frame,
    *,
    tells_decisions: bool = True,
    scout: Rate | None = None,
) -> Quality:
    """Return a definition's quality from its tally."""
    inside = [place for place, month in enumerate(tally.months) if is_in(month, frame.period)]
    counting = Counting(tally.fates, frame)
    leads = tally.leads[:, inside].sum(axis=1)
    counts = _Counts.of(leads, counting)
    handed = np.zeros(len(leads), bool)
    handed[handed_scores(definition)] = True
    found, judged = int(counts.converted[handed].sum()), int(counts.judged[handed].sum())
    successes = int(counts.converted.sum())
    zone = UnknownZone(
        handed=int(counts.unknown[handed].sum()),
        below=int(counts.unknown[~handed].sum()),
        found=found,
        missed=successes - found,
        judged=judged,
        scout=scout,
    )
    is_zone_told = frame.tells_work and frame.outcome is not None
    return Quality(
        definition=definition,
        period=frame.period,
        outcome=frame.outcome,
        window_days=frame.window_days,
        precision=Rate(found, judged),
        recall=Rate(found, successes),
        everyone=Rate(successes, int(counts.judged.sum())),
        handed=Rate(int(counts.mature[handed].sum()), int(counts.mature.sum())),
        auc=_auc(counts),
        bands=tuple(_calibration(counts)),
        margin=_margin(counts, handed),
        unknown=zone if is_zone_told else None,
        agreement=_agreement(leads, tally.fates, counting, handed) if tells_decisions else None,
        too_young=int(leads[:, counting.too_young].sum()),
        undated=int(leads[:, counting.undated].sum()),
        unscored=int(counts.mature[HIGHEST_SCORE + 1 :].sum()),
    )


@dataclass(frozen=True)
class _Counts:
    """Leads by score, unscored ones last; each of shape [scores]."""

    mature: Whole
    judged: Whole
    converted: Whole
    unknown: Whole

    @classmethod
    def of(cls, leads: Whole, counting: Counting) -> "_Counts":
        """Add up leads by score and fate, shape [scores, fates]."""
        fates = (~counting.too_young, counting.judged, counting.converted, counting.unknown)
        return cls(*(leads[:, chosen].sum(axis=1) for chosen in fates))

    def band(self, low: int, high: int) -> ScoreBand:
        """Return the leads with a score from low to high."""
        scores = slice(low, high + 1)
        rate = Rate(int(self.converted[scores].sum()), int(self.judged[scores].sum()))
        return ScoreBand(low, high, rate, int(self.unknown[scores].sum()))


def _auc(counts: _Counts) -> Auc:
    judged, converted = (
        kind[SCORES_0_TO_100].astype(np.float64) for kind in (counts.judged, counts.converted)
    )
    return auc_of(np.arange(HIGHEST_SCORE + 1), converted, judged - converted)


def _calibration(counts: _Counts) -> Iterator[ScoreBand]:
    for low in range(0, HIGHEST_SCORE, BAND):
        high = low + BAND - 1
        band = counts.band(low, HIGHEST_SCORE if high == HIGHEST_SCORE - 1 else high)
        if band.rate.denominator or band.unknown:
            yield band


def _margin(counts: _Counts, handed: np.ndarray) -> ScoreBand | None:
    """Return the band just at the cutoff, widened upwards until it holds enough judged hand-offs."""
    low = high = int(np.flatnonzero(handed)[0])
    while high < HIGHEST_SCORE and handed[high + 1] and counts.judged[low : high + 1].sum() < SMALL_SAMPLE:
        high += 1
    band = counts.band(low, high)
    return band if band.rate.denominator else None


def _agreement(leads: Whole, fates: tuple[int, ...], counting: Counting, handed: np.ndarray) -> Agreement:
    flags = np.array(fates, np.int64)
    mature = ~counting.too_young
    accepted, rejected = (mature & ((flags & flag) > 0) for flag in (Fate.ACCEPTED, Fate.REJECTED))
    yes, no = leads[handed].sum(axis=0), leads[~handed].sum(axis=0)
    kappa = Kappa(
        int(yes[accepted].sum()), int(yes[rejected].sum()), int(no[accepted].sum()), int(no[rejected].sum())
    )
    return Agreement(kappa, int(leads[:, mature].sum()) - kappa.count)
