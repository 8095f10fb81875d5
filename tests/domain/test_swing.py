"""Rules of the process behaviour chart: what is usual, and what is more than chance."""

import pytest

from alignment.domain.swing import Standing, Usual, readings

FEWER, EXPECTED, MORE = Standing.FEWER, Standing.EXPECTED, Standing.MORE

#           month   1   2   3   4   5   6
SIX_MONTHS = (     10, 14, 12, 18, 16, 12)  # fmt: skip
# moving ranges         4   2   6   2   4   mean 18 ÷ 5 = 3.6, swing 2.66 × 3.6 = 9.576
# mean 82 ÷ 6 = 13.667: natural limits from 4.091 to 23.243


def standing_of(before, actual, *, plan=None, plans_before=None):
    """Return where a month stands after these."""
    planned = [*(plans_before or [None] * len(before)), plan]
    return readings([*before, actual], planned)[-1].standing


def test_centre_and_limits_are_wheelers():
    """Mean ± 2.66 × mean moving range, computed by hand above."""
    usual = Usual(SIX_MONTHS)

    found = [round(each, 3) for each in (usual.centre, usual.swing, usual.low, usual.high)]

    assert found == [13.667, 9.576, 4.091, 23.243]


@pytest.mark.parametrize(
    ("actual", "standing"), [(4, FEWER), (5, EXPECTED), (13, EXPECTED), (23, EXPECTED), (24, MORE)]
)
def test_without_a_plan_a_month_is_a_signal_outside_the_natural_limits(actual, standing):
    """Inside them it is noise, however far it looks."""
    assert standing_of(SIX_MONTHS, actual) is standing


@pytest.mark.parametrize(
    ("actual", "plan", "standing"),
    [
        (20, 29, EXPECTED),  # 9 away
        (20, 30, FEWER),  # 10 away: more than 9.576
        (30, 21, EXPECTED),
        (31, 21, MORE),
        (13, 13, EXPECTED),
    ],
)
def test_with_a_plan_a_month_is_a_signal_farther_from_it_than_months_swing(actual, plan, standing):
    """Its distance is compared with how far a month may lie from what was aimed at by chance."""
    assert standing_of(SIX_MONTHS, actual, plan=plan) is standing


def test_a_month_can_miss_its_plan_and_still_be_usual():
    """Both are told: then the plan asks for more than the process gives."""
    reading = readings([*SIX_MONTHS, 20], [None] * 6 + [30])[-1]

    assert (reading.standing, reading.is_usual) == (FEWER, True)


def test_a_month_can_meet_its_plan_and_not_be_usual():
    """Whoever planned more, and got it, has changed something."""
    reading = readings([*SIX_MONTHS, 30], [None] * 6 + [30])[-1]

    assert (reading.standing, reading.is_usual) == (EXPECTED, False)


@pytest.mark.parametrize("plan", [None, 99])
def test_under_six_months_nothing_is_judged(plan):
    """Not even against a plan: nobody knows yet how far a month swings."""
    assert standing_of(SIX_MONTHS[:5], 1_000, plan=plan) is None
    assert standing_of(SIX_MONTHS, 1_000, plan=plan) is MORE


@pytest.mark.parametrize(("actual", "standing"), [(4, FEWER), (5, EXPECTED), (6, MORE)])
def test_where_no_month_differed_any_other_one_is_a_signal(actual, standing):
    """Limits of no width are limits."""
    assert standing_of((5,) * 6, actual) is standing
    assert standing_of((1,) * 6, actual, plan=5) is standing


ZIGZAG = (30, 10) * 6  # swings by 20: mean 20, swing 53.2


@pytest.mark.parametrize(("months", "standing"), [(7, EXPECTED), (8, MORE), (9, MORE)])
def test_eight_in_a_row_on_one_side_of_the_centre_are_a_signal(months, standing):
    """Each is well inside the limits; together they are no chance any more."""
    counts = [*ZIGZAG, *(28,) * months]
    reading = readings(counts, [None] * len(counts))[-1]

    assert (reading.standing, reading.is_beyond, reading.run) == (standing, False, months)


def test_eight_in_a_row_under_their_plans_are_a_signal():
    """Each by its own plan."""
    plans_before = [None] * 12 + [21, 22, 23, 24, 25, 26, 27]

    assert standing_of([*ZIGZAG, *(20,) * 7], 20, plan=21, plans_before=plans_before) is FEWER


@pytest.mark.parametrize("broken", [None, 20])
@pytest.mark.parametrize("plan", [15, 25])
def test_a_month_on_its_plan_or_without_one_breaks_a_row(broken, plan):
    """Who was not asked for more did not fall short, and the other way round."""
    plans_before = [None] * 12 + [plan, plan, plan, broken, plan, plan, plan]

    assert standing_of([*ZIGZAG, *(20,) * 7], 20, plan=plan, plans_before=plans_before) is EXPECTED


def test_only_the_newest_24_months_say_what_is_usual():
    """What was usual three years ago is not any more."""
    counts = [1_000] * 12 + [10] * 25

    assert readings(counts, [None] * len(counts))[-1].usual.before == (10,) * 24


def test_a_lower_limit_is_never_under_zero():
    """There are no negative leads: then no month can be too few."""
    usual = Usual((0, 20) * 3)

    assert (usual.low, standing_of(usual.before, 0)) == (0.0, EXPECTED)
