"""Rules of the plan backwards on its page: what it says, who moves it, and what everybody sees then."""

from datetime import date

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.assumption import values_of
from alignment.domain.backward_plan_basis import Factor, Kind
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.ui import session
from alignment.ui.backward_plan_scale import track_of
from tests.report.test_backward_plan import tables

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
NOW = "2026-08-20 12:00:00"


@pytest.fixture
def opened(open_page):
    """Return a function that opens the page in the third quarter, with a goal of 1,000 unless told."""

    def run(*, goal=1_000, who=ADA, **drawn):
        page = open_page("backward_plan", who=who, as_of=NOW, **(drawn or tables()))
        if goal:
            session.agreement().goals.set(BO, Q3, Money(goal * 100, "EUR"))
            page.run()
        assert not page.exception
        return page

    return run


def said_on(page):
    """Return everything that the page says in words."""
    parts = [*page.markdown, *page.info, *page.header]
    return " ".join(str(each.value) for each in parts).replace("\\", "")


def slider(page, name):
    """Return the newest slider of a factor."""
    return [each for each in page.slider if each.key.startswith(f"plan_slider_{name}")][-1]


def test_the_page_says_what_the_goal_needs_and_until_when(opened):
    """10 wins of 100, 20 SQLs, 40 MQLs, 40 leads; an MQL can still close until 1 September."""
    said = said_on(opened())
    assert "by 30 Sep 2026 needs 10 wins of €100 each, from 20 SQLs, 40 MQLs, 40 leads." in said
    assert "Latest useful day for a new MQL: 1 Sep 2026" in said
    assert "A new MQL can still close in Q3 2026 until 1 Sep 2026: half of those that win" in said


def test_a_moved_slider_changes_the_plan_of_all(opened):
    """Ada says that a quarter of the SQLs win: on record, and true for Bo's next look."""
    page = opened()
    slider(page, "sql_won").set_value(25.0).run()

    assert values_of(session.agreement().backward_plans.of(Q3)) == {"sql_won": 0.25}
    said = said_on(page)
    assert "from 40 SQLs, 80 MQLs" in said
    assert "SQL → Won would have to be 25% instead of 50% (Ada): not seen in a quarter" in said


def test_what_somebody_else_moved_is_shown_by_both_widgets(opened):
    """Slider and number field take the value of the other screen."""
    page = opened()
    session.agreement().backward_plans.assume(BO, Q3, "sql_won", 0.25)
    page.run()

    assert slider(page, "sql_won").value == 25.0
    assert [each.value for each in page.number_input if each.key.startswith("plan_number_sql_won")][
        -1
    ] == 25.0


def test_all_can_be_taken_back_to_what_the_data_has(opened):
    """One click, for everybody."""
    page = opened()
    slider(page, "sql_won").set_value(25.0).run()
    next(each for each in page.button if each.key == "plan_take_back").click().run()

    assert session.agreement().backward_plans.of(Q3) == {}
    assert "needs 10 wins of €100 each, from 20 SQLs" in said_on(page)


def test_observers_see_the_plan_and_move_nothing(opened):
    """They look on."""
    page = opened(who=OLA)
    assert all(each.disabled for each in page.slider)
    assert "20 SQLs" in said_on(page)


def test_without_a_goal_the_page_asks_for_one(opened):
    """No goal is not a goal of zero."""
    said = said_on(opened(goal=None))
    assert "No goal is set for Q3 2026 yet. Set one above" in said


def test_a_missing_column_is_named_where_its_stage_would_stand(opened):
    """The rest of the plan stands."""
    drawn = tables()
    leads = "\n".join(" ".join(line.split()[:3]) for line in drawn["leads"].splitlines())
    page = opened(leads=leads, deals=drawn["deals"])
    assert "needs 10 wins of €100 each, from 40 MQLs, 40 leads" in said_on(page)
    assert any("needs column leads.sql_at" in str(each.proto.body) for each in page.get("html"))


@pytest.mark.parametrize(
    ("kind", "value", "seen", "track"),
    [
        (Kind.SHARE, 0.02, (0.01, 0.03), (0.1, 10.0, 0.1)),
        (Kind.SHARE, 0.25, (0.17, 0.30), (1.0, 60.0, 1.0)),
        (Kind.SHARE, 0.9, (0.8, 0.95), (1.0, 100.0, 1.0)),
        (Kind.AMOUNT, 29_776.0, (24_595.0, 33_973.0), (500.0, 68_000.0, 500.0)),
        (Kind.DAYS, 73.0, (62.0, 84.5), (1.0, 170.0, 1.0)),
    ],
)
def test_a_track_reaches_twice_as_far_as_was_seen(kind, value, seen, track):
    """Never from zero: no plan divides by it; and in steps that a hand can tell apart."""
    found = track_of(Factor("x", "X", kind, value, None, "", seen), value)
    assert (found.low, found.high, found.step) == track


def test_a_value_off_the_steps_is_shown_on_the_nearest():
    """24.89 % stands at 25, and the plan still uses 24.89 until somebody moves it."""
    track = track_of(Factor("x", "X", Kind.SHARE, 0.2489, None, "", (0.17, 0.30)), 0.2489)
    assert track.shown(0.2489) == 25.0
    assert track.raw(25.0) == 0.25
