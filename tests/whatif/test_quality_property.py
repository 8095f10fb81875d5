"""Quality from the tally and by the plain rules, held together on random leads and definitions."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as some

from alignment import whatif
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.rate import Rate
from alignment.whatif import quality
from tests import drawn, quality_plain
from tests.quality_plain import Lead

FIRST, AS_OF = datetime(2026, 3, 1, 6), datetime(2026, 6, 30, 18)
SIZES = (0.0, 5.0, 9.0, 50.0)
ENOUGH = 3
"""Judged leads that make a margin here, so that a dozen leads can have one."""
COLUMNS = ("created_at", "mql_at", "first_touch_at", "sal_at", "sql_at", "rejected_at")
ATTRIBUTES = ("size", "asked", "same")


def maybe(strategy):
    """Something or nothing."""
    return some.one_of(some.none(), strategy)


def instants():
    """An instant within four months, by half days, a few after the as-of."""
    return some.integers(0, 260).map(lambda halves: FIRST + timedelta(hours=12 * halves))


def leads(sizes=SIZES):
    """Up to fourteen leads, any value and date missing; `same` is one value for all who have it."""
    attributes = some.fixed_dictionaries(
        {
            "size": maybe(some.sampled_from(sizes)),
            "asked": maybe(some.booleans()),
            "same": maybe(some.just(7.0)),
        }
    )
    dates = [maybe(instants()) for _ in COLUMNS[1:]]
    return some.lists(some.builds(Lead, instants(), attributes, *dates), min_size=1, max_size=14)


@some.composite
def definitions(draw):
    """Up to four criteria, two to four levels, any of them handed off."""
    criteria = []
    for number in range(draw(some.integers(0, 4))):
        attribute = draw(some.sampled_from(["size", "asked", "same"]))
        numeric = some.sampled_from([Comparison.AT_LEAST, Comparison.AT_MOST])
        comparison = Comparison.IS_TRUE if attribute == "asked" else draw(numeric)
        threshold = None if attribute == "asked" else draw(some.sampled_from([*SIZES, 7.0, 100.0, -1.0]))
        points = draw(some.integers(-50, 50))
        criteria.append(Criterion(f"c{number}", attribute, comparison, threshold, points))
    cutoffs = sorted(draw(some.sets(some.sampled_from([1, 10, 30, 31, 99, 100]), min_size=1, max_size=3)))
    handed = draw(some.integers(0, len(cutoffs)))
    levels = tuple(
        Level(f"level {place}", cutoff, enters_hand_off=place == handed or draw(some.booleans()))
        for place, cutoff in enumerate([0, *cutoffs])
    )
    return Definition(tuple(criteria), levels)


def opened(people, folder):
    """The leads as a load."""
    header = " ".join(("lead_id", *COLUMNS, *ATTRIBUTES))
    lines = [
        " ".join(
            map(
                said,
                (
                    f"L{number}",
                    *(getattr(lead, name) for name in COLUMNS),
                    *(lead.attributes[name] for name in ATTRIBUTES),
                ),
            )
        )
        for number, lead in enumerate(people)
    ]
    facts = {"as_of": AS_OF.isoformat()}
    return drawn.warehouse(Path(folder) / "q.duckdb", {"leads": "\n".join([header, *lines])}, facts)


def said(value):
    """A value as a word of a drawn table."""
    words = {None: "-", True: "true", False: "false"}
    is_word = value is None or isinstance(value, bool)
    return words[value] if is_word else str(value).replace(" ", "_")


def parts(rate):
    """A rate as counts."""
    return rate.numerator, rate.denominator


def size_at_least(threshold):
    """A definition that hands off from a size on."""
    levels = Level("raw", 0), Level("hot", 10, enters_hand_off=True)
    return Definition((Criterion("size", "size", Comparison.AT_LEAST, threshold, 20),), levels)


def worked(number, size, *, converts=False):
    """A mature lead that was touched."""
    day = FIRST + timedelta(days=number)
    sql_at = day + timedelta(days=2) if converts else None
    attributes = {"size": size, "asked": None, "same": 7.0}
    return Lead(day, attributes, first_touch_at=day, sql_at=sql_at)


BOTH_KINDS = [worked(number, 9.0, converts=number % 2 == 0) for number in range(8)]
NO_OUTCOMES = [worked(number, 9.0) for number in range(8)]


@settings(max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(people=leads(), in_force=definitions(), draft=definitions(), window=some.integers(0, 40))
@example(people=BOTH_KINDS, in_force=size_at_least(0.0), draft=size_at_least(100.0), window=14)
@example(people=NO_OUTCOMES, in_force=size_at_least(0.0), draft=size_at_least(9.0), window=14)
def test_every_figure_of_quality_is_what_the_plain_rules_give(people, in_force, draft, window):
    """All meet it, none meet it, nothing came of any, one value for all: the same to the single lead."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(quality, "SMALL_SAMPLE", ENOUGH)
        snapshot = opened(people, folder)
        found = quality.quality(snapshot, in_force, draft, whatif.Question(window=window))

    for told in (found.in_force, found.draft):
        if told.period is None:
            continue
        plain = quality_plain.judged(
            people, told.definition, window, AS_OF, told.period.start, told.period.end
        )
        _same_rates(told, plain)
        _same_ranking(told, plain)
        _same_unknowns(told, plain)
        _same_agreement(told, plain)


def _same_rates(told, plain):
    assert parts(told.precision) == quality_plain.counts(plain, lambda lead: lead.is_handed)
    assert parts(told.everyone) == quality_plain.counts(plain, lambda _: True)
    assert parts(told.recall) == quality_plain.recall(plain)
    assert parts(told.handed) == (sum(lead.is_handed for lead in plain), len(plain))
    assert told.unscored == sum(lead.score is None for lead in plain)


def _same_ranking(told, plain):
    assert told.auc.value == pytest.approx(quality_plain.auc(plain))
    assert {band.low: (*parts(band.rate), band.unknown) for band in told.bands} == quality_plain.bands(plain)
    margin = told.margin and (told.margin.low, told.margin.high, *parts(told.margin.rate))
    assert margin == quality_plain.margin(plain, told.definition, ENOUGH)


def _same_unknowns(told, plain):
    unknown = [lead.is_handed for lead in plain if lead.fate == "unknown"]
    assert (told.unknown.handed, told.unknown.below) == (sum(unknown), len(unknown) - sum(unknown))
    bounds = told.unknown.recall and (told.unknown.recall.least, told.unknown.recall.most)
    assert bounds == pytest.approx(quality_plain.recall_bounds(plain))


def _same_agreement(told, plain):
    table, undecided = quality_plain.decisions(plain)
    kappa = told.agreement.kappa
    assert (kappa.both, kappa.only_first, kappa.only_second, kappa.neither) == table
    assert told.agreement.undecided == undecided
    assert kappa.value == pytest.approx(quality_plain.kappa(table))


@given(some.integers(0, 9), some.integers(1, 9))
def test_a_scout_sample_only_ever_narrows_what_is_not_known(converted, others):
    """Whatever came of it, it can't take away what was known before."""
    zone = quality.UnknownZone(handed=3, below=200, found=20, missed=5, judged=60)
    scouted = quality.UnknownZone(3, 200, 20, 5, 60, scout=Rate(converted, converted + others))

    assert zone.recall.least <= scouted.recall.least <= scouted.recall.most <= zone.recall.most
