"""Which past deals tell of an open one: those that stood in its stage as long; else those as old."""

import numpy as np
import pyarrow as pa

from alignment import report
from alignment.domain.period import Grain, bucket_of
from alignment.report.comparable import FEWEST_PAST_DEALS, groups
from alignment.report.lives import Lives

PROPOSAL, VERBAL = 1, 2
NOW = "2026-09-01 00:00:00"


def lives(drawing):
    """Return deals drawn as: how many, outcome, age, life in days, stages as `stage@day`."""
    deals, visits = [], []
    for line in drawing.strip().splitlines():
        count, outcome, age, life, *stages = line.split()
        for _ in range(int(count)):
            for stage, day in (each.split("@") for each in stages):
                visits.append(
                    {"deal_id": str(len(deals)), "stage": int(stage), "days_ago": int(age) - int(day)}
                )
            told = None if life == "-" else int(life)
            deals.append(
                {"deal_id": str(len(deals)), "outcome": outcome, "age": int(age), "life": told, "cents": 100}
            )
    text, whole, real = pa.string(), pa.int64(), pa.float64()
    of_deals = {"deal_id": text, "outcome": text, "age": whole, "life": real, "cents": whole}
    of_stages = {"deal_id": text, "stage": whole, "days_ago": whole}
    return Lives.of(
        pa.Table.from_pylist(deals, pa.schema(of_deals)),
        pa.Table.from_pylist(visits, pa.schema(of_stages)) if visits else None,
    )


def told(drawing, days_left=30):
    """Return (deals, won, seen, by stage) of each group."""
    found = groups(lives(drawing), days_left, draws_worth=False)
    return found and [(int(each.deals.sum()), each.won, each.seen, each.by_stage) for each in found]


def test_an_open_deal_is_told_by_past_ones_that_stood_in_its_stage_as_long():
    """Two as old: proposals were lost, verbal commitments won, in the ten days after their first five."""
    found = told("""
        1   open  25   -   1@20
        1   open  25   -   2@20
        30  lost  200  30  1@20
        30  won   200  30  2@20
    """)

    assert found == [(1, 0, 30, True), (1, 30, 30, True)]


def test_how_long_it_has_stood_there_counts():
    """Who signs does so within 15 days; of those still there after 40 nobody ever did.

    The second open deal tells of the first: after its fifth day there it was not won within 30 either.
    """
    found = told("""
        1   open  40   -   1@35
        1   open  75   -   1@35
        40  won   300  50  1@35
        25  lost  300  99  1@35
    """)

    assert found == [(1, 40, 66, True), (1, 0, 25, True)]


def test_too_few_past_deals_of_a_stage_leave_the_age_to_tell():
    """19 are too few: all deals that were open at 25 days tell then, whatever their stage."""
    few = FEWEST_PAST_DEALS - 1
    found = told(f"""
        1      open  25   -   2@20
        {few}  won   200  30  2@20
        30     lost  200  30  1@20
    """)

    assert found == [(1, few, few + 30, False)]


def test_a_deal_without_a_stage_in_the_history_is_told_by_its_age():
    """Beside one that has a stage."""
    found = told("""
        1   open  25   -
        1   open  25   -   1@20
        30  lost  200  30  1@20
    """)

    assert found == [(1, 0, 30, True), (1, 0, 30, False)]


def test_without_a_history_the_age_tells():
    """As many CRMs export it."""
    assert told("1 open 25 -\n30 won 200 30") == [(1, 30, 30, False)]


def test_without_enough_past_deals_of_any_kind_nobody_knows():
    """No chance is said."""
    assert told("1 open 25 - 1@20\n19 won 200 30 1@20") is None


def test_only_what_could_be_watched_to_the_end_counts():
    """Deals created 50 days ago can't tell what comes 30 days after their 25th."""
    found = told("""
        1   open  25   -   1@20
        30  won   200  30  1@20
        50  open  50   -   1@20
    """)

    assert found[0] == (1, 30, 30, True)


def test_a_stage_that_was_left_tells_nothing_of_those_still_in_it():
    """It went on to the verbal commitment after two days; after five it was no proposal any more."""
    found = told("""
        1   open  25   -   1@20
        30  won   200  30  1@20 2@22
        30  lost  200  30  1@20
    """)

    assert found == [(1, 0, 30, True)]


def test_a_past_day_does_not_know_the_stages_to_come():
    """Fifty days ago the deal was a proposal, not yet left, and the younger one did not exist."""
    then = lives("1 open 60 - 1@5 2@40\n1 open 20 - 1@1").before(50)

    assert then.age.tolist() == [10]
    assert (then.visits.deal.tolist(), then.visits.stage.tolist()) == ([0], [PROPOSAL])
    assert np.isinf(then.visits.left).all()


def test_a_late_stage_has_more_chance_than_an_early_one_of_the_same_age(given):
    """From the tables to the forecast: two businesses alike but for the stage of what is open."""
    header = "deal_id created_at closed_at is_closed is_won amount"
    past = [
        f"{'w' if number % 2 else 'l'}{number} 2026-0{1 + number % 5}-01 2026-0{1 + number % 5}-28 true"
        f" {'true' if number % 2 else 'false'} 100"
        for number in range(80)
    ]
    entries = [
        f"{line.split()[0]} deals {'Verbal' if line.startswith('w') else 'Proposal'} {line.split()[1]}"
        for line in past
    ]
    period = bucket_of(report.clock_of(given(name="dates", deals=header, as_of=NOW)).today, Grain.QUARTER)
    middle = {}
    for stage in ("Verbal", "Proposal"):
        snapshot = given(
            name=stage,
            deals="\n".join([header, *past, *(f"o{n} 2026-08-25 - false - 100" for n in range(10))]),
            stage_history="\n".join(
                ["record_id record_table stage entered_at", *entries]
                + [f"o{number} deals {stage} 2026-08-25" for number in range(10)]
            ),
            as_of=NOW,
        )
        middle[stage] = report.forecast(snapshot, period).range[1].amount

    assert middle["Verbal"] - middle["Proposal"] > 800
