"""Rules of the goal block: periods that a goal is for, its record, aims beside it; the same for everybody."""

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.domain.aim import Aim, Measure, Reached
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.ui import aims, goal_record, session
from alignment.ui.goal_dialog import periods_offered
from alignment.ui.words import Words

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
NOW = "2026-08-20 12:00:00"
TODAY = date(2026, 8, 20)
EN = Words.of("en")
DEALS = "deal_id created_at closed_at is_closed is_won amount\nd1 2026-07-01 2026-07-09 true true 60"
LEADS = "lead_id created_at sql_at\nada 2026-07-01 2026-07-05\nbob 2026-07-01 -"


def reached(measure, target, **known):
    """Return an aim for the third quarter beside what came up to 20 August."""
    return Reached(Aim(Q3, measure, target, ADA, datetime(2026, 7, 1)), TODAY, 0.55, **known)


def strips(page):
    """Return the strips that a page shows."""
    return [str(each.proto.body) for each in page.get("html") if "accord-strip" in str(each.proto.body)]


def test_a_goal_is_for_a_month_a_quarter_or_a_year():
    """The chosen one first, then those that run and those that come next."""
    names = [str(each) for each in periods_offered(TODAY, Q3, set())]
    assert names == [
        "1 Jul 2026 – 30 Sep 2026",
        "1 Aug 2026 – 31 Aug 2026",
        "1 Jan 2026 – 31 Dec 2026",
        "1 Sep 2026 – 30 Sep 2026",
        "1 Oct 2026 – 31 Dec 2026",
        "1 Jan 2027 – 31 Dec 2027",
    ]


def test_other_days_are_offered_only_where_they_have_a_goal():
    """What was set before the rule can still be changed."""
    odd = Period(date(2026, 7, 3), date(2026, 7, 20))
    assert odd not in periods_offered(TODAY, odd, set())
    assert periods_offered(TODAY, odd, {odd})[0] == odd


def test_every_page_and_every_side_sees_the_very_same_block(open_page):
    """Marketing on the board, sales on the plan, who looks on at revenue: one figure, one goal."""
    first = open_page("board", leads=LEADS, deals=DEALS, as_of=NOW)
    session.agreement().goals.set(BO, Q3, Money(100_00, "EUR"))
    shown = [strips(first.run())[0]]
    for name, who in (("backward_plan", BO), ("revenue", OLA)):
        page = AppTest.from_file(ROOT / "pages" / "together" / f"{name}.py", default_timeout=60)
        page.session_state[session.PERSON] = who
        shown.append(strips(page.run())[0])

    assert "won of <b>€100</b>" in shown[0]
    assert len(set(shown)) == 1


def test_the_record_says_who_set_what_and_why(open_page):
    """The newest first, revenue and the aims beside it."""
    page = open_page("board", leads=LEADS, deals=DEALS, as_of=NOW)
    ours = session.agreement()
    ours.goals.set(ADA, Q3, Money(100_00, "EUR"))
    ours.goals.set(BO, Q3, Money(80_00, "EUR"), "the fair was cancelled")
    ours.aims.set(ADA, Q3, Measure.WIN_RATE, 30, "as in spring")
    page.run()

    assert not page.exception
    table = goal_record.record(ours.goals.every(), ours.aims.every())
    assert [(row[0], row[2], row[3], row[4]) for row in table.rows] == [
        ("Ada", "Win rate", "30 %", "as in spring"),
        ("Bo", "Won revenue", "80 EUR", "the fair was cancelled"),
        ("Ada", "Won revenue", "100 EUR", None),
    ]


def test_aims_stand_below_the_goal_once_somebody_sets_them(open_page):
    """One SQL of two; a win rate of only won deals is undefined, and said."""
    page = open_page("revenue", leads=LEADS, deals=DEALS, as_of=NOW)
    ours = session.agreement()
    ours.aims.set(ADA, Q3, Measure.SQLS, 2)
    ours.aims.set(ADA, Q3, Measure.WIN_RATE, 30)
    page.run()

    facts = " ".join(str(each.proto.body) for each in page.get("html"))
    assert "1 of 2" in facts
    assert "undefined: the data holds no lost deal" in facts


@pytest.mark.parametrize(
    ("found", "value", "detail"),
    [
        (reached(Measure.SQLS, 180, count=104), "104 of 180", "on pace would be 99; as of 20 Aug, until"),
        (reached(Measure.SQLS, 100, count=104), "104 of 100 ✓", "until 30 Sep 2026"),
        (reached(Measure.WIN_RATE, 30, rate=Rate(30, 115)), "26%", "30 of 115, 19–35%"),
        (reached(Measure.HOLE_RATE, 5, rate=Rate(2, 100)), "2% ✓", "2 of 100"),
        (reached(Measure.WIN_RATE, 30, rate=Rate(1, 2)), "n too small (1 of 2)", "as of 20 Aug, until"),
        (reached(Measure.SQLS, 30, unknown="not begun yet"), "–", "not begun yet"),
    ],
)
def test_an_aim_is_attained_beside_target_with_its_days(found, value, detail):
    """And never a percentage of nothing."""
    figure = aims.figure(found, EN)
    assert figure.value == value
    assert detail in figure.detail
