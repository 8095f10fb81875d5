"""What nobody can know: bounds that hold the truth, and a scout sample that narrows them."""

import numpy as np
import pytest

from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage
from alignment.metrics.level_cube import Fate
from alignment.whatif.cube import SCORES, Tally
from alignment.whatif.figures import Frame
from alignment.whatif.quality import quality_of
from alignment.whatif.unknown_zone import Bounds, UnknownZone

FRAME = Frame(None, None, Stage.SQL, 30, "EUR", tells_work=True, tells_won=False, tells_amounts=False)
OLD = Definition(
    (Criterion("size", "size", Comparison.AT_LEAST, 1, 10),),
    (Level("raw", 0), Level("hot", 60, enters_hand_off=True)),
)
TRUE_RECALL = 0.43


@pytest.fixture(scope="module")
def simulated():
    """Twenty thousand leads with a score that hints at success; only those from 60 on were ever worked."""
    chance = np.random.default_rng(20)
    trait = chance.normal(size=20_000)
    succeeds = chance.random(len(trait)) < 1 / (1 + np.exp(2.2 - 0.55 * trait))
    score = np.clip(np.round(50 + 15 * trait + chance.normal(0, 10, len(trait))), 0, 100).astype(int)
    return score, succeeds, chance.random(len(trait)) < 0.05


def tally_of(score, fate):
    """Leads by score and fate, without months."""
    fates = sorted(set(fate.tolist()))
    leads = np.zeros((SCORES, 1, len(fates)), np.int64)
    np.add.at(leads, (score, 0, np.searchsorted(fates, fate)), 1)
    return Tally((-1,), tuple(fates), leads, np.zeros_like(leads))


def judged(score, succeeds, is_worked, scout=None):
    """The old definition's quality when only these leads were worked."""
    fate = np.where(is_worked, Fate.WORKED + np.where(succeeds, Fate.CONVERTED, 0), 0) + Fate.MATURE
    return quality_of(OLD, tally_of(score, fate), FRAME, scout=scout)


def test_what_was_recorded_says_that_nothing_was_missed_and_the_bounds_hold_the_truth(simulated):
    """Only hand-offs were worked, so each recorded success is one: 100 %, where it was 43 %."""
    score, succeeds, _ = simulated
    truth = succeeds[score >= 60].sum() / succeeds.sum()

    found = judged(score, succeeds, score >= 60)

    assert truth == pytest.approx(TRUE_RECALL, abs=0.015)
    assert found.recall.value == 1
    assert found.unknown.recall.least < truth < found.unknown.recall.most
    assert found.unknown.recall.most == 1


def test_a_scout_sample_of_5_percent_narrows_the_bounds_and_they_still_hold_the_truth(simulated):
    """One lead in twenty below the cutoff, worked anyway, tells most of what nobody knew."""
    score, succeeds, is_drawn = simulated
    below = score < 60
    truth = succeeds[~below].sum() / succeeds.sum()
    scouts = below & is_drawn
    result = Rate(int(succeeds[scouts].sum()), int(scouts.sum()))

    blind = judged(score, succeeds, ~below).unknown.recall
    told = judged(score, succeeds, ~below | scouts, scout=result).unknown.recall

    assert told.least < truth < told.most
    assert told.most - told.least < (blind.most - blind.least) / 4


def test_leads_that_nobody_worked_are_no_failures(simulated):
    """The rate of the hand-offs stays what it was, however many below were never called."""
    score, succeeds, _ = simulated
    is_worked = score >= 60

    everyone = judged(score, succeeds, is_worked).everyone

    assert everyone == Rate(int(succeeds[is_worked].sum()), int(is_worked.sum()))


@pytest.mark.parametrize(
    ("zone", "recall", "precision"),
    [
        (UnknownZone(0, 0, 8, 2, 20), Bounds(0.8, 0.8), Bounds(0.4, 0.4)),
        (UnknownZone(0, 10, 8, 2, 20), Bounds(0.4, 0.8), Bounds(0.4, 0.4)),
        (UnknownZone(20, 0, 8, 2, 20), Bounds(0.8, 28 / 30), Bounds(0.2, 0.7)),
        (UnknownZone(3, 0, 0, 0, 0), Bounds(1.0, 1.0), Bounds(0.0, 1.0)),
        (UnknownZone(0, 3, 0, 0, 5), Bounds(0.0, 0.0), Bounds(0.0, 0.0)),
        (UnknownZone(0, 0, 0, 0, 0), None, None),
    ],
    ids=["all worked", "below", "handed off", "only hand-offs unknown", "only below unknown", "nothing"],
)
def test_the_bounds_are_what_every_unknown_lead_could_have_done(zone, recall, precision):
    """Each of them might have converted, or not."""
    assert (zone.recall, zone.precision) == (recall, precision)
