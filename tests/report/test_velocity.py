"""Sales velocity of one population, and lead velocity by equal elapsed days."""

from datetime import date

import pytest

from alignment import report
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError

JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
NOW = "2026-07-16 18:00:00"
HEADER = "deal_id  created_at  closed_at  is_closed  is_won  amount"
DEALS = f"""
    {HEADER}
    w1  2026-07-01  2026-07-11  true   true   100
    w2  2026-06-13  2026-07-13  true   true   300
    l1  2026-07-01  2026-07-02  true   false  900
    l2  2026-07-01  2026-07-02  true   false  900
    l3  2026-07-01  2026-07-02  true   false  900
    o1  2026-07-05  -           false  -      5
    o2  2026-07-05  -           false  -      -
    o3  2026-08-05  -           false  -      5
""".strip()


def test_sales_velocity_is_open_times_rate_times_mean_over_cycle(given):
    """2 open × 2/5 × 200 ÷ 20 days = 8 a day."""
    found = report.sales_velocity(given(deals=DEALS, as_of=NOW), JULY)
    assert found.a_day == Money(8_00, "EUR")


def test_the_four_are_of_one_population(given):
    """Of a month that is over, the open deals are those of its end: what was opened later is not in it."""
    found = report.sales_velocity(given(deals=DEALS, as_of="2026-12-01 00:00:00"), JULY)
    assert found.open_count == 2


def test_a_deal_closed_after_the_period_was_open_at_its_end(given):
    """It belongs to the population as an open one, not as a won one."""
    later = f"{DEALS}\nw3 2026-07-20 2026-08-20 true true 9000"
    found = report.sales_velocity(given(deals=later, as_of="2026-12-01 00:00:00"), JULY)
    assert (found.open_count, found.a_day) == (3, Money(12_00, "EUR"))


def test_one_source_takes_all_four_of_that_source(given):
    """Open deals of the fair do not move at the pace of the web."""
    header, *lines = DEALS.splitlines()
    of_web = "\n".join(f"{line} Web" for line in lines)
    drawn = f"{header} source\n{of_web}\nf1 2026-07-05 - false - 5 Fair"
    found = report.sales_velocity(given(deals=drawn, as_of=NOW), JULY, sources=("Web",))
    assert (found.open_count, found.a_day) == (2, Money(8_00, "EUR"))


@pytest.mark.parametrize(
    ("deals", "why"),
    [
        ("w1 2026-07-01 2026-07-11 true true 100", "the data holds no lost deal"),
        (
            "w1 2026-07-01 2026-07-11 true true 100\nl1 2026-07-01 2026-07-11 true false 100",
            "too few deals were won or lost",
        ),
        ("\n".join(f"l{each} 2026-07-01 2026-07-11 true false 100" for each in range(5)), "no deal was won"),
        (
            "w1 2026-07-12 2026-07-11 true true 100\n"
            + "\n".join(f"l{each} 2026-07-01 2026-07-11 true false 100" for each in range(5)),
            "no deal was won with both its days",
        ),
        (
            "w1 2026-07-11 2026-07-11 true true 100\n"
            + "\n".join(f"l{each} 2026-07-01 2026-07-11 true false 100" for each in range(5)),
            "no cycle to divide by",
        ),
        ("x1 2025-07-01 2025-07-11 true false 100", "too few deals were won or lost"),
    ],
)
def test_a_part_that_nobody_can_tell_is_said_and_nothing_is_multiplied(given, deals, why):
    """Only won deals, too few, none won, close before creation, no cycle, nothing closed."""
    found = report.sales_velocity(given(deals=f"{HEADER}\n{deals}", as_of=NOW), JULY)
    assert found.a_day is None
    assert why in found.undefined
    assert why in found.passport.formula


def test_a_period_not_begun_has_no_velocity(given):
    """Nothing has closed in it."""
    found = report.sales_velocity(given(deals=DEALS, as_of="2026-06-20 00:00:00"), JULY)
    assert (found.a_day, found.undefined) == (None, "the period has not begun")


def test_the_cycle_is_said_to_be_of_won_deals_only(given):
    """Lost deals end early."""
    assert "won deals only" in report.sales_velocity(given(deals=DEALS, as_of=NOW), JULY).passport.formula


def test_sales_velocity_names_the_column_it_needs(given):
    """Without creation days there is no cycle."""
    with pytest.raises(MissingColumnError, match=r"deals\.created_at.*won a day"):
        report.sales_velocity(
            given(deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 60", as_of=NOW)
        )


def leads(*days):
    """Draw leads that became SQL on these days."""
    return "\n".join(["lead_id created_at sql_at", *(f"l{no} {day} {day}" for no, day in enumerate(days))])


MAY_TO_JULY = (*["2026-05-04"] * 4, *["2026-06-04"] * 8, "2026-06-20", "2026-06-20", *["2026-07-02"] * 6)


def test_lead_velocity_is_the_growth_over_the_month_before(given):
    """10 SQLs in June after 8: + 25 %."""
    drawn = leads(*["2026-05-04"] * 8, *["2026-06-04"] * 10)
    newest = report.lead_velocity(given(leads=drawn, as_of="2026-06-30 23:00:00")).newest
    assert (newest.count, newest.former_count, newest.rate) == (10, 8, 0.25)


def test_a_part_month_compares_equal_elapsed_days(given):
    """6 in the first 16 days of July, 8 in those of June: − 25 %, not − 40 %."""
    newest = report.lead_velocity(given(leads=leads(*MAY_TO_JULY), as_of=NOW)).newest
    assert (newest.count, newest.former_count, newest.rate, newest.elapsed_days) == (6, 8, -0.25, 16)


def test_a_long_part_month_takes_no_more_days_than_the_one_before_had(given):
    """On 30 March 28 days of February stand beside 28 of March."""
    drawn = leads(*["2026-02-10"] * 5, *["2026-03-10"] * 5, "2026-03-29")
    newest = report.lead_velocity(given(leads=drawn, as_of="2026-03-30 12:00:00")).newest
    assert (newest.elapsed_days, newest.count, newest.rate) == (28, 5, 0)


def test_growth_from_nothing_is_undefined(given):
    """The month before had none."""
    newest = report.lead_velocity(given(leads=leads("2026-07-02"), as_of=NOW)).newest
    assert (newest.former_count, newest.rate) == (0, None)


def test_growth_from_under_five_is_too_small_to_say(given):
    """1 → 2 is no + 100 %."""
    found = report.lead_velocity(given(leads=leads("2026-06-02", "2026-07-02", "2026-07-03"), as_of=NOW))
    assert found.newest.is_too_small


def test_twelve_months_end_with_the_one_asked_for(given):
    """A whole month in the past is compared whole; the first of the twelve with the one before it."""
    found = report.lead_velocity(given(leads=leads(*MAY_TO_JULY), as_of=NOW), date(2026, 6, 9))
    assert [len(found.months), found.months[0].month.start] == [12, date(2025, 7, 1)]
    assert (found.newest.count, found.newest.former_count, found.newest.elapsed_days) == (10, 4, None)


def test_a_month_to_come_is_that_of_the_as_of(given):
    """Nothing is known beyond it."""
    found = report.lead_velocity(given(leads=leads(*MAY_TO_JULY), as_of=NOW), date(2026, 12, 9))
    assert found.newest.month == JULY


def test_lead_velocity_names_the_column_it_needs(given):
    """For the stage asked for."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of=NOW)
    with pytest.raises(MissingColumnError, match=r"leads\.sql_at"):
        report.lead_velocity(snapshot)
    assert report.lead_velocity(snapshot, stage=Stage.LEAD).newest.count == 1


@pytest.mark.parametrize("stage", [Stage.OPPORTUNITY, Stage.WON])
def test_stages_that_the_deals_tell_have_a_velocity_too(given, stage):
    """One in July after one in June."""
    leads = "lead_id created_at\nada 2026-05-01\nbob 2026-05-01"
    deals = (
        "deal_id lead_id created_at closed_at is_won\n"
        "d1 ada 2026-06-03 2026-06-04 true\nd2 bob 2026-07-03 2026-07-04 true"
    )
    found = report.lead_velocity(given(leads=leads, deals=deals, as_of="2026-07-31 23:00:00"), stage=stage)
    assert (found.months[-1].count, found.months[-1].former_count) == (1, 1)
