"""Rules of what the panels on differences and on segments say, and of the ways at a slider."""

from datetime import datetime
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from alignment import whatif
from alignment.agreement import Agreement
from alignment.config import ROOT
from alignment.domain.agreement import Draft, Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.settlement import Way
from alignment.store.ledger import Ledger
from alignment.ui import (
    definition_differ_leads,
    definition_face,
    definition_moves,
    definition_view,
    downloads,
    session,
)
from alignment.ui.definition_panels import OPENED
from alignment.ui.definition_view import DefinitionView
from alignment.ui.reader import Reader
from alignment.whatif import dispute

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
NOON = datetime(2026, 7, 1, 12)
SIZE = Criterion("size", "size", Comparison.AT_LEAST, 30, 50)
BASE = Definition((SIZE,), (Level("raw", 0), Level("hot", 50, enters_hand_off=True)))
POINTS, THRESHOLD = "criteria.size.points", "criteria.size.threshold"
LEADS = """
    lead_id  created_at  sal_at      sql_at      size  source
    =ada     2026-04-04  2026-05-05  2026-04-10  50    web
    bob      2026-05-05  2026-05-06  2026-05-12  40    web
    cem      2026-05-06  2026-05-07  -           20    fair
    dot      2026-05-07  -           -           15    fair
    eve      2026-06-29  -           -           10    fair
    fay      2026-05-08  2026-05-09  -           5     -
"""
DEALS = """
    deal_id  lead_id  created_at  closed_at   amount  is_won
    d1       cem      2026-05-10  2026-05-20  900     true
"""
WIDER, NARROWER = (ADA, THRESHOLD, 10), (BO, THRESHOLD, 45)


@pytest.fixture
def open_page(given, tmp_path, monkeypatch):
    """Return a function that opens the definition page with a panel, after some edits on drawn tables."""

    def opened(panel, *edits, who=BO, base=BASE, **tables):
        snapshot = given(**({"leads": LEADS, "deals": DEALS, "as_of": "2026-07-01T12:00:00"} | tables))
        ledger = Ledger(
            f"sqlite:///{tmp_path / 'ledger.sqlite'}", lambda: (Version(1, base, Terms("start")),)
        )
        shared = Agreement(ledger, lambda: NOON)
        for person, field, value in edits:
            shared.edit(person, field, value, shared.draft().seq)
        warehouse = SimpleNamespace(snapshot=lambda: snapshot, signature=lambda: snapshot.signature)
        monkeypatch.setattr(session, "warehouse", lambda: warehouse)
        monkeypatch.setattr(session, "agreement", lambda: shared)
        page = AppTest.from_file(ROOT / "pages" / "agreement" / "definition.py", default_timeout=60)
        page.session_state[session.PERSON] = who
        page.session_state[OPENED] = panel
        return page.run()

    return opened


def said_on(page):
    """Return everything that the page says in words."""
    drawn = page.get("html")
    texts = [str(each.value) for each in (*page.markdown, *page.info, *page.caption)]
    return " ".join([*texts, *(each.proto.body for each in drawn)]).replace("\\", "")


def button(page, key):
    """Return a button by its key."""
    return next(each for each in page.button if each.key == key)


def keys(page, opening):
    """Return the keys of the buttons that begin so."""
    return [each.key for each in page.button if (each.key or "").startswith(opening)]


def test_positions_that_are_equal_leave_nothing_to_talk_about(open_page):
    """The panel says so instead of showing zeros."""
    page = open_page("differ")

    assert not page.exception
    assert "No difference left to talk about" in said_on(page)


def test_both_directions_are_said_with_what_came_of_them(open_page):
    """Ada's position hands bob, cem, dot and eve over too; one of them was won, two became SQL."""
    said = said_on(open_page("differ", WIDER, NARROWER))

    assert "Both positions hand over 1 lead. Marketing’s alone hands over 4 more, sales’ alone none" in said
    assert "<td>n too small (2 of 2)</td><td>n too small (0 of 0)</td>" in said
    assert "<td>€900 from 1 lead</td><td>nothing won</td>" in said


def test_rep_hours_follow_the_number_that_people_assume(open_page):
    """One hour a hand-off to begin with, said as an assumption."""
    page = open_page("differ", WIDER)
    field = next(each for each in page.number_input if "Rep hours" in each.label)
    assert "assumed" in field.label

    one = said_on(page)
    field.set_value(2.0)
    page.run()

    assert "rep hours a week, assumed" in one
    assert one != said_on(page)


def test_the_move_that_settles_most_is_one_sentence_and_one_edit(open_page):
    """Both at 20, and nobody is left; the button moves the draft."""
    page = open_page("differ", WIDER, NARROWER)
    assert "The one move that would settle most: if both met half-way on threshold of size" in said_on(page)

    button(page, "settle_now").click().run()

    draft = session.agreement().draft()
    assert draft.edits[-1].who == BO
    assert 10 < draft.value_of(THRESHOLD) < 45


def test_differences_that_concern_no_lead_are_said_to(open_page):
    """Points 50 or 49 with a cutoff below both: everybody is judged alike."""
    lower = Definition((SIZE,), (Level("raw", 0), Level("hot", 40, enters_hand_off=True)))

    assert "concerns nobody so far" in said_on(open_page("differ", (ADA, POINTS, 49), base=lower))


def test_taking_theirs_settles_though_the_draft_stays(open_page):
    """Ada's value is in the draft; Bo takes it, and there is nothing left to talk about."""
    page = open_page("differ", WIDER)

    button(page, "all_theirs").click().run()

    assert session.agreement().draft().position_of(Side.SALES).criterion("size").threshold == 10
    assert "No difference left to talk about" in said_on(page)


def test_the_ways_stand_at_the_slider_where_they_move_something(open_page):
    """Bo may take Ada's, meet her half-way, or go back; nothing is offered at the points, equal for both."""
    open_page("differ", WIDER)
    view = definition_view.of(session.agreement().draft(), Reader(), definition_view.now())

    offered = {field: definition_face.face(view, field, Side.SALES)["ways"] for field in (THRESHOLD, POINTS)}

    assert [way["name"] for way in offered[THRESHOLD]] == ["theirs", "half_way", "in_force"]
    assert offered[POINTS] == []


def test_an_observer_is_offered_no_way(open_page):
    """Who looks on sees the same figures."""
    page = open_page("differ", WIDER, who=OLA)
    view = definition_view.of(session.agreement().draft(), Reader(), definition_view.now())

    assert definition_face.face(view, THRESHOLD, Side.OBSERVER)["ways"] == []
    assert keys(page, "way_") + keys(page, "all_theirs") + keys(page, "settle_now") == []
    assert "to talk about" in said_on(page)


def test_a_move_of_several_fields_says_how_it_is_taken_back(open_page):
    """One undo a step."""
    page = open_page("differ", WIDER, (ADA, POINTS, 49))

    button(page, "all_theirs").click().run()

    assert "2 fields moved. “Undo my last change” takes them back one by one." in [
        each.value.replace("\\", "") for each in page.toast
    ]


def test_back_to_in_force_on_a_card_speaks_for_ones_own_side_alone(open_page):
    """Ada still wants 10, though Bo puts the draft back."""
    page = open_page("differ", WIDER)

    next(each for each in page.button if (each.key or "").startswith("back_card_")).click().run()

    draft = session.agreement().draft()
    assert draft.value_of(THRESHOLD) == 30
    assert draft.position_of(Side.MARKETING).criterion("size").threshold == 10


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        (
            {"leads": "lead_id created_at size\nada 2026-05-04 50\nbob 2026-05-04 20", "deals": ""},
            "needs column leads.sql_at",
        ),
        (
            {"leads": "lead_id is_converted size\nada true 50\nbob false 20", "deals": ""},
            "rep hours, assumed",
        ),
        (
            {"leads": "lead_id created_at sql_at\nada 2026-05-04 -\nbob 2026-05-04 -"},
            "concerns nobody so far",
        ),
        (
            {"leads": "lead_id created_at size\nada 2026-05-04 30\nbob 2026-05-04 30"},
            "concerns nobody so far",
        ),
    ],
    ids=["no outcomes", "no dates", "the column is gone", "a constant column"],
)
@pytest.mark.parametrize("panel", ["differ", "segments"])
def test_data_that_tells_little_is_no_error(open_page, tables, says, panel):
    """What it can't tell is said, with the column it needs."""
    drawn = {name: text for name, text in tables.items() if text}
    page = open_page(panel, WIDER, **drawn, **({} if "deals" in drawn else {"deals": "deal_id created_at"}))

    assert not page.exception
    if panel == "differ":
        assert says in said_on(page)


def test_who_disappears_is_said_by_segment_with_what_those_that_go_came_to(open_page):
    """Five leads of the fair were handed over, by the draft one."""
    rows = "\n".join(
        f"l{number} 2026-05-0{number} 2026-05-09 - {size} fair"
        for number, size in enumerate((40, 40, 40, 40, 90), 1)
    )
    leads = f"lead_id created_at sal_at sql_at size source\n{rows}\nweb 2026-05-06 - - 90 web"

    said = said_on(open_page("segments", (BO, THRESHOLD, 60), leads=leads))

    assert "source</span> fair" in said
    assert "5 →</span> <b>1</b>" in said
    assert "web" not in said.partition("Looked for in")[0].partition("accord-gone")[2]


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ((), "The draft equals what is in force: nobody disappears."),
        ((WIDER,), "Nobody disappears: no segment"),
    ],
    ids=["no change", "nothing lost"],
)
def test_nobody_lost_is_said(open_page, edits, says):
    """An empty table would look like a fault."""
    assert says in said_on(open_page("segments", *edits))


def test_a_segment_of_few_is_said_apart(open_page):
    """Both leads of the web go: too few to call it a pattern."""
    said = said_on(open_page("segments", (BO, THRESHOLD, 60)))

    assert "Nobody disappears" in said
    assert "smaller ones, with under 5 hand-offs in force, lose over half too" in said


def test_the_words_of_a_way_name_the_other_side_and_the_value():
    """Nobody has to open anything to see what a click does."""
    assert definition_moves.label(Way.THEIRS, Side.SALES, 20) == "● Take marketing’s: 20"
    assert definition_moves.label(Way.THEIRS, Side.MARKETING, ["boss"]) == "■ Take sales’"
    assert definition_moves.label(Way.HALF_WAY, Side.SALES, 15) == "Meet half-way: 15"


def test_the_file_of_examples_runs_no_formula(given):
    """A lead's id may begin with `=`; a spreadsheet shows it, and the link leads to it."""
    snapshot = given(leads=LEADS, as_of="2026-07-01T12:00:00")
    draft = Draft(Version(1, BASE, Terms("start")))
    view = DefinitionView(draft, snapshot, whatif.impact(snapshot, BASE, BASE), {}, Reader())
    positions = {Side.MARKETING: BASE, Side.SALES: BASE.with_threshold("size", 1000)}

    listed = definition_differ_leads.table(view, dispute.examples(snapshot, positions))

    assert b"'=ada" in downloads.csv_of(downloads.sheet_of(listed, "disputed", ""))
    assert definition_differ_leads.address("=ada&x") == "lead?lead=%3Dada%26x"
