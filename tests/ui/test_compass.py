"""Rules of the compass on the hand-off page: a month's place, a question to both, the plan beside it."""

import re
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from alignment import agreement
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.domain.cohort import Passport
from alignment.domain.compass import MonthCount, compass_months
from alignment.domain.period import months_later
from alignment.domain.plan import Plan
from alignment.domain.traits import Counts, Traits, compared
from alignment.ui import charts, compass_grid, compass_words, session
from alignment.ui.reader import Reader
from alignment.ui.words import Words

ADA, OLA = Person("Ada", Side.MARKETING), Person("Ola", Side.OBSERVER)
EN = Words.of("en")
JULY = date(2026, 7, 1)
USUAL_THOUGH = "; within our usual limits, though (78–132), so the plan might be worth a talk too"
STEADY = ((100, 30), (110, 34)) * 3


def leads_of(*july):
    """Return leads of seven months, all MQL on the first; July brings so many MQLs and SQLs, from a fair."""
    lines = ["lead_id created_at mql_at sql_at source"]
    for place, (mqls, sqls) in enumerate([*STEADY, july]):
        day = f"2026-{place + 1:02d}"
        source = "Fair" if place == 6 else "Web"
        lines += [
            f"{day}-{n} {day}-01 {day}-01 {f'{day}-08' if n < sqls else '-'} {source}" for n in range(mqls)
        ]
    return "\n".join(lines)


@pytest.fixture
def open_page(given, tmp_path, monkeypatch):
    """Return a function that runs the hand-off page for July's MQLs and SQLs, in the middle of August."""

    def opened(*july, who=ADA, leads=None, **address):
        snapshot = given(leads=leads or leads_of(*july), as_of="2026-08-20 00:00:00")
        warehouse = SimpleNamespace(snapshot=lambda: snapshot)
        ours = agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)
        monkeypatch.setattr(session, "warehouse", lambda: warehouse)
        monkeypatch.setattr(session, "agreement", lambda: ours)
        page = AppTest.from_file(ROOT / "pages" / "together" / "handoff.py", default_timeout=60)
        page.session_state[session.PERSON] = who
        for key, value in address.items():
            page.query_params[key] = value
        return page.run()

    return opened


def said_on(page):
    """Return everything that the page says in words."""
    return " ".join(str(each.value) for each in page.markdown).replace("\\", "")


def drawn_on(page):
    """Return the compass as the page draws it."""
    return next(str(each.proto.body) for each in page.get("html") if "accord-compass" in str(each.proto.body))


def test_a_month_with_more_sqls_asks_which_itch_we_found(open_page):
    """And names what they have in common, with how sure that is."""
    page = open_page(105, 60)

    said = said_on(page)
    assert "Jul 2026. MQLs as usual, and more SQLs." in said
    assert "Which itch did we find" in said
    assert "source “Fair”: 60 of 60, before 0 of 192 (very unlikely to be chance)" in said


def test_a_month_as_usual_names_no_traits(open_page):
    """There is nothing to explain."""
    said = said_on(open_page(105, 32))

    assert "MQLs and SQLs as usual." in said
    assert "More often than before" not in said


def test_another_month_can_be_looked_at(open_page):
    """June has too few months before it."""
    page = open_page(105, 32)
    (choose,) = [box for box in page.selectbox if box.label == "Month of MQL"]

    choose.set_value(date(2026, 6, 1)).run()

    assert "What is usual needs 6 whole months before it; there are 5." in said_on(page)


def test_a_plan_that_somebody_sets_is_what_the_month_is_held_against(open_page):
    """By either side, for all; the compass speaks of the plan from then on."""
    page = open_page(105, 60)

    session.agreement().plans.set(ADA, JULY, (200, 60), "a new fair")
    page.run()

    assert "Jul 2026. Fewer MQLs than planned, yet SQLs as planned." in said_on(page)
    assert "Planned for Jul 2026: 200 MQLs, 60 SQLs (Ada" in said_on(page)
    assert "when the month was over" in said_on(page)


def test_observers_are_not_asked_for_a_plan(open_page):
    """They look on."""
    assert "set_plan" not in [button.key for button in open_page(105, 60, who=OLA).button]


def test_a_missing_column_is_named_in_the_panel(open_page):
    """The rest of the page stays."""
    page = open_page(leads="lead_id created_at mql_at\nada 2026-07-01 2026-07-02")

    assert not page.exception
    assert "needs column leads.sql_at. With it you would see whether a month brought fewer" in said_on(page)


def test_the_compass_marks_the_cell_of_the_month(open_page):
    """One of nine."""
    drawn = drawn_on(open_page(105, 60))

    assert drawn.count("<td") == 10
    (here,) = re.findall(r'<td class="accord-here">.*?</td>', drawn)
    assert ("which itch?" in here, "Jul 2026" in here) == (True, True)


def months_of(*last, known_until=date(2027, 1, 1), plans=()):
    """Return six steady months, and these after them."""
    counts = [MonthCount(months_later(date(2026, 1, 1), n), *each) for n, each in enumerate([*STEADY, *last])]
    return compass_months(counts, {plan.month: plan for plan in plans}, 28, known_until)


def plan_of(mqls, sqls):
    """Return Ada's plan of July."""
    return Plan(JULY, mqls, sqls, ADA, datetime(2026, 6, 20))


def test_a_young_month_stands_in_a_row_and_not_in_a_cell():
    """Its MQLs speak, its SQLs wait."""
    *_, july = months = months_of((200, 3), known_until=date(2026, 8, 20))
    drawn = compass_grid.grid(months, july)

    assert drawn.count("accord-maybe") == 3
    assert "Too young to judge: Jul." in drawn
    assert compass_words.seen(july) == "More MQLs than usual. SQLs are too young to judge until 29 Aug 2026."
    assert compass_words.counted(july, EN)[1] == "SQLs: 3 so far, too young to judge."


@pytest.mark.parametrize(
    ("mqls", "plan", "sentence"),
    [
        (105, None, "MQLs: 105, usually 105 (78–132): within the usual swing of ±27."),
        (160, None, "MQLs: 160, usually 105 (78–132): beyond the usual swing of ±27."),
        (105, 120, "MQLs: 105, planned 120: within the usual swing of ±27."),
        (
            105,
            140,
            f"MQLs: 105, planned 140: beyond the usual swing of ±27{USUAL_THOUGH}.",
        ),
        (140, 140, "MQLs: 140, planned 140: within the usual swing of ±27; not usual for us (78–132)."),
    ],
)
def test_a_count_is_said_with_what_it_is_held_against(mqls, plan, sentence):
    """Where the plan and what is usual tell two things, both are told."""
    plans = [plan_of(plan, 30)] if plan else []

    assert compass_words.counted(months_of((mqls, 30), plans=plans)[-1], EN)[0] == sentence


def test_months_judged_by_what_is_usual_are_told_apart_from_those_with_a_plan():
    """Their marks are dashed, and it says so."""
    *_, july, august = months = months_of((105, 32), (105, 32), plans=[plan_of(105, 32)])

    assert compass_grid.BY_USUAL in compass_grid.grid(months, august)
    assert compass_grid.BY_USUAL not in compass_grid.grid([july], july)


def test_chance_is_named_where_it_explains_all():
    """Nothing found is said so, with how much was looked at."""
    tested = compared([Counts("source", "Web", 10, 20, 50, 100), Counts("source", "Fair", 10, 20, 50, 100)])
    (line,) = compass_words.traits(Traits(tested, Passport("", "", "")), EN)

    assert line == "Nothing stands out: chance might explain each of the 2 values that we compared."


def test_the_chart_draws_the_limits_over_the_months_that_made_them():
    """From the first month before to the one that is judged; signals are triangles, young months hollow."""
    months = months_of((160, 32), (100, 9), known_until=date(2026, 9, 10))
    points = [charts.Point(each.month, each.mqls, not each.is_mature) for each in months]

    figure = charts.swing(points, 6, Reader())

    band, *lines = figure.layout.shapes
    assert (band.x0, band.x1) == (-0.5, 6.5)
    assert (round(band.y0, 1), round(band.y1, 1)) == (78.4, 131.6)
    assert round(lines[0].y0, 1) == 105.0
    marks = next(trace for trace in figure.data if trace.customdata is not None)
    assert marks.marker.symbol[6:] == ("triangle-up", "circle")
    assert marks.marker.color[7] == Reader().look.inks.paper
