"""The compass on leads: whole months of MQLs and their SQLs, against the plan or what is usual."""

from datetime import date, datetime

import pytest

from alignment import report
from alignment.domain.agreement import Person, Side
from alignment.domain.cohort import Cohort
from alignment.domain.plan import Plan
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError

ADA = Person("Ada", Side.MARKETING)
STEADY = """
    month    mqls  sqls
    2026-01  10    4
    2026-02  14    6
    2026-03  12    4
    2026-04  18    6
    2026-05  16    4
    2026-06  12    6
    2026-07  30    4
"""


def leads_of(drawn, columns="", values=""):
    """Return leads: those of a month become MQL on its first day, the first of them SQL eight days later."""
    _, *months = [line.split() for line in drawn.strip().splitlines()]
    lines = [f"lead_id created_at mql_at sql_at {columns}"]
    for month, mqls, sqls in months:
        for number in range(int(mqls)):
            sql_at = f"{month}-09" if number < int(sqls) else "-"
            lines.append(f"{month}-{number} {month}-01 {month}-01 {sql_at} {values}")
    return "\n".join(lines)


def plan_of(month, mqls, sqls):
    """Return a plan that Ada set."""
    return Plan(month, mqls, sqls, ADA, datetime(2026, 1, 1))


@pytest.fixture
def compass(given):
    """Return a function that asks for the compass of drawn months, late in 2026 unless told."""

    def asked(drawn=STEADY, as_of="2026-12-31 00:00:00", **options):
        return report.compass(given(leads=leads_of(drawn), as_of=as_of), **options)

    return asked


def test_each_month_stands_by_the_months_before_it(compass):
    """MQLs of July: usual 13.7 ± 9.6, got 30; SQLs: usual 5 ± 5.3, got 4."""
    july = compass().at(date(2026, 7, 1))

    assert (july.mqls.usual.before, july.sqls.usual.before) == ((10, 14, 12, 18, 16, 12), (4, 6, 4, 6, 4, 6))
    assert tuple(map(str, july.cell)) == ("more", "expected")


def test_the_plan_takes_the_place_of_what_is_usual(compass):
    """Thirty were planned: then thirty are no surplus."""
    july = compass(plans=[plan_of(date(2026, 7, 1), 30, 10)]).at(date(2026, 7, 1))

    assert tuple(map(str, july.cell)) == ("expected", "fewer")


def test_of_several_plans_of_a_month_the_newest_counts(compass):
    """It was changed with a reason."""
    plans = [plan_of(date(2026, 7, 1), 99, 9), plan_of(date(2026, 7, 1), 30, 4)]

    assert compass(plans=plans).at(date(2026, 7, 1)).mqls.plan == 30


def test_plans_are_for_all_sources(compass):
    """With some sources chosen, what is usual for them is all there is."""
    plans = [plan_of(date(2026, 7, 1), 30, 4)]

    found = compass(plans=plans, cohort=Cohort(Stage.MQL, sources=(None,)))

    assert found.at(date(2026, 7, 1)).plan is None
    assert "for which there is no plan" in found.passport.formula


def test_sqls_are_counted_as_the_conversion_counts_them(given):
    """The same window, the same leads: an old month's SQLs are the numerator of MQL → SQL; late is late."""
    late = "late 2026-01-01 2026-01-01 2026-03-09"
    snapshot = given(leads=f"{leads_of(STEADY)}\n{late}", as_of="2026-12-31 00:00:00")

    months = {f"{each.month:%Y-%m}": each.counted.rate for each in report.compass(snapshot).months}

    assert (months["2026-01"].numerator, months["2026-01"].denominator) == (4, 11)
    rows = report.conversion(snapshot, Stage.MQL, Stage.SQL, by="month").rows
    assert {row.by["month"]: row.rate for row in rows} == {
        month: rate for month, rate in months.items() if rate.denominator
    }


@pytest.mark.parametrize(
    ("as_of", "last", "is_mature"),
    [
        ("2026-07-31 22:00:00", date(2026, 6, 1), True),  # July is not over
        ("2026-07-31 23:59:59", date(2026, 7, 1), False),  # now it is
        ("2026-08-14 23:59:58", date(2026, 7, 1), False),
        ("2026-08-14 23:59:59", date(2026, 7, 1), True),  # 14 days later
    ],
)
def test_a_month_speaks_when_it_is_over_and_its_sqls_when_they_are_old_enough(
    compass, as_of, last, is_mature
):
    """MQLs alone speak in between; the window of these leads is 14 days."""
    found = compass(as_of=as_of)

    assert found.window_days == 14
    assert (found.months[-1].month, found.months[-1].is_mature) == (last, is_mature)
    assert all(each.cell is None for each in found.months if not each.is_mature)


def test_the_month_in_which_mqls_began_is_left_out_unless_it_began_with_it(given):
    """Nobody knows what came before the first one."""
    leads = leads_of(STEADY).replace("2026-01-01 2026-01-01", "2026-01-02 2026-01-02")

    found = report.compass(given(leads=leads, as_of="2026-12-31 00:00:00"))

    assert found.months[0].month == date(2026, 2, 1)
    assert ("MQLs of months of which only a part is known", 10) in found.passport.left_out


def test_a_month_without_mqls_has_none(compass):
    """It is not left out of what is usual."""
    found = compass("month mqls sqls\n2026-01 9 3\n2026-03 9 3")

    assert [each.mqls.actual for each in found.months[:3]] == [9, 0, 9]


def test_no_month_is_judged_before_there_are_six(compass):
    """June has five before it."""
    found = compass()

    assert [each.mqls.standing is None for each in found.months[:7]] == [True] * 6 + [False]


def test_no_mql_is_no_month(given):
    """Nothing to judge is not zero."""
    leads = "lead_id created_at mql_at sql_at\nada 2026-07-01 - -"

    found = report.compass(given(leads=leads, as_of="2026-12-31 00:00:00"))

    assert found.months == ()


@pytest.mark.parametrize(("column", "missing"), [("sql_at", "leads.mql_at"), ("mql_at", "leads.sql_at")])
def test_a_missing_column_is_named_with_what_it_would_show(given, column, missing):
    """Nobody is told that there were no SQLs."""
    leads = f"lead_id created_at {column}\nada 2026-07-01 2026-07-02"

    with pytest.raises(MissingColumnError, match=rf"needs column {missing}\. With it you would see whether"):
        report.compass(given(leads=leads, as_of="2026-12-31 00:00:00"))
