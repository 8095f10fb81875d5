"""Rules of what is said and drawn of the leads that can be worked."""

from dataclasses import replace
from datetime import date

import pytest
from babel import Locale
from streamlit.testing.v1 import AppTest

from alignment import whatif
from alignment.domain.agreement import Draft, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.ui import definition_capacity, definition_levels
from alignment.ui.definition_view import DefinitionView
from alignment.ui.reader import Reader
from alignment.ui.words import Words
from alignment.whatif.capacity import Capacity, Queue

SAY = Words(Locale("en"))
HOT = Level("hot", 50, sla_hours=8, enters_hand_off=True, capacity=2)
LEVELS = (Level("raw", 0), HOT)
SIZES = tuple(Criterion(f"s{size}", "size", Comparison.AT_LEAST, size, 10) for size in range(1, 11))
LEADS = "lead_id created_at first_touch_at sql_at size\n" + "\n".join(
    f"L{number} 2026-05-{1 + number // 2:02d} {'2026-05-30' if number % 2 else '-'} "
    f"{'2026-05-06' if number == 1 else '-'} {1 + number % 10}"
    for number in range(60)
)


@pytest.fixture
def view(given):
    """Return the page's view of levels on sixty leads of one May, evenly from 10 to 100 points."""

    def opened(*levels):
        snapshot = given(leads=LEADS, as_of="2026-06-30T12:00:00")
        definition = Definition(SIZES, levels or LEVELS)
        draft = Draft(Version(1, definition, Terms("start", date(2026, 1, 1))), ())
        impact = whatif.impact(snapshot, definition, definition)
        return DefinitionView(draft, snapshot, impact, whatif.scales(snapshot, definition), Reader())

    return opened


def test_the_capacity_is_drawn_on_the_scale_of_the_cutoff(view):
    """Two a week are nine in the period: the leads of 100 points alone are six, with 90 twelve."""
    assert "2 a week: 91" in definition_levels._histogram(view())


def test_where_all_leads_can_be_worked_no_score_is_named(view):
    """Fourteen a week, and capacity for twenty."""
    roomy = replace(HOT, capacity=20)
    assert "20 a week: all" in definition_levels._histogram(view(Level("raw", 0), roomy))


def _show(view):
    from alignment.ui import definition_capacity  # noqa: PLC0415 - runs as a script of its own

    definition_capacity.show(view)


def test_the_panel_shows_line_backlog_and_levels_that_say_nothing(view):
    """A level's name is never markup."""
    nameless = Level("<img src=x> [a](b)", 90, enters_hand_off=True)
    page = AppTest.from_function(_show, args=(view(*LEVELS, nameless),), default_timeout=30).run()

    assert not page.exception
    assert "\\<img src=x\\> \\[a\\]" in page.caption[0].value


def test_the_panel_without_a_capacity_says_where_to_say_one(view):
    """One sentence instead of an empty place."""
    silent = view(Level("raw", 0), replace(HOT, capacity=None))
    page = AppTest.from_function(_show, args=(silent,), default_timeout=30).run()

    assert not page.exception
    assert definition_capacity.WHERE in page.info[0].value


def test_without_a_capacity_there_is_no_line_and_the_place_to_say_it_is_named(view):
    """An empty panel would leave people guessing."""
    silent = view(Level("raw", 0), replace(HOT, capacity=None))

    assert "accord-capacity" not in definition_levels._histogram(silent)
    assert definition_capacity.WHERE in definition_capacity.missing(silent)


def test_leads_that_nobody_worked_are_hatched_in_the_picture(view):
    """Every other lead was never touched; the key says what the hatching means."""
    picture = definition_levels._histogram(view())

    assert '<u class="accord-unworked" style="height:100%"></u>' in picture
    assert "never worked</p>" in picture


@pytest.mark.parametrize(
    ("a_week", "line", "said"),
    [
        (60.0, 66, ("60 hand-offs a week: 15 more than the 45 we can work.", "A cutoff of 66 is the lowest")),
        (40.0, 56, ("40 hand-offs a week: within the 45 we can work.", "A cutoff of 56 is the lowest")),
        (40.0, 0, ("within the 45", "45 a week would do for every lead with a score.")),
        (99.0, None, ("54 more", "Even the leads at 100 points are more than 45 a week.")),
    ],
    ids=["over", "room", "room for all", "even the best are too many"],
)
def test_what_comes_and_where_the_line_lies_is_said(a_week, line, said):
    """As a sentence, with the numbers that people argue about."""
    found = Capacity(a_week, 45, line, (), ())

    assert said[0] in definition_capacity.headline(found, SAY)
    assert said[1] in definition_capacity.line(found, SAY)


def test_backlog_and_misses_are_said_for_a_month_and_a_quarter():
    """Fifteen more a week: 60 wait after four weeks, 195 after thirteen; from 0.6 weeks on all are late."""
    queue = Queue(replace(HOT, capacity=45), 60.0, 45)

    assert "about 60 leads might wait, after 13 weeks 195" in definition_capacity.backlog(queue, SAY)
    assert definition_capacity.misses(queue, SAY) == (
        "Later than 8 business hours might be: 204 of 240 in 4 weeks, 744 of 780 in 13 weeks."
    )


def test_without_a_follow_up_time_nothing_is_late():
    """Late against what?"""
    queue = Queue(replace(HOT, sla_hours=None), 60.0, 45)

    assert "none can be missed" in definition_capacity.misses(queue, SAY)
