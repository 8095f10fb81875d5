"""Rules of the lists on the hand-off page: leads, never the people who own them, save for one's own."""

from datetime import date

from alignment import report
from alignment.domain.agreement import Person, Side
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.judged import Judged, Span
from alignment.domain.levels import Destination
from alignment.ui import downloads, lists, routing, session, sign_in
from tests.ui.reading import said_on, with_passports

OWNERS = ("Quillan", "Wrenna")
AS_OF = "2026-09-01 12:00:00"
LEADS = """
    lead_id  created_at  mql_at      sal_at      rejected_at  rejection_reason  sql_at  first_touch_at  \
last_activity_at  source  campaign  owner    assigned_at  visits
    hole     2026-07-01  2026-07-02  -           -            -                 -           -           \
2026-07-02        web     spring    Quillan  2026-07-02   3
    tried    2026-07-01  2026-07-03  2026-07-04  -            -                 -           2026-07-03  \
2026-08-30        web     spring    Wrenna   2026-07-02   1
    back     2026-07-01  2026-07-04  -           2026-07-06   No_need_now       -           2026-07-04  \
2026-07-06        fair    spring    Quillan  2026-07-02   2
    again    2026-07-01  2026-07-05  -           2026-07-07   Company_size      -           2026-07-05  \
2026-07-07        fair    summer    Wrenna   2026-07-02   2
    odd      2026-07-01  2026-07-05  2026-07-06  2026-07-07   Duplicate         2026-10-01  -           \
2026-07-07        fair    summer    Wrenna   2026-07-02   2
"""
DEALS = """
    deal_id  lead_id  created_at  closed_at   amount  is_won  owner
    d1       again    2026-07-20  2026-07-10  900     true    Quillan
    d2       back     2026-06-20  2026-07-01  900     true    Wrenna
"""
TOUCHES = "lead_id touched_at is_marketing\ntried 2026-07-04 false"
TABLES = {"leads": LEADS, "deals": DEALS, "touches": TOUCHES, "as_of": AS_OF}
BO = Person("Quillan", Side.SALES)
VISITS = Definition(
    (Criterion("visits", "visits", Comparison.AT_LEAST, 40, 2),),
    (Level("raw", 0), Level("hot", 40, enters_hand_off=True, sla_hours=8)),
)
TERMS = Judged("own", (Span(None, "ours", VISITS),))


def shown(page, name):
    """Return the page with one of its lists chosen."""
    page.session_state["routing_list"] = name
    return page.run()


def rows_of(page):
    """Return the leads of the list that is shown."""
    return list(page.dataframe[0].value["lead_id"]) if page.dataframe else []


def everything_on(page):
    """Return all that the page sent to the browser: words, tables, pictures, passports, addresses."""
    tables = " ".join(each.value.to_csv() for each in page.dataframe)
    protos = " ".join(str(each.proto) for each in elements_of(page.main))
    return f"{tables} {said_on(page)} {protos}"


def elements_of(block):
    """Return every element below a block, whatever it is."""
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from elements_of(child)
        if getattr(child, "proto", None) is not None:
            yield child


def test_nothing_on_the_shared_screen_names_an_owner(open_page):
    """No list, picture, passport, query or contradiction does, also for who typed an owner's name."""
    page = open_page("handoff", who=BO, address={"period": "2026"}, **TABLES)
    for name in lists.LISTS:
        everything = everything_on(with_passports(shown(page, name)))
        assert not page.exception
        assert all(part in everything for part in ("customdata", "with lead_deals", "Nobody left behind"))
        assert [everything.count(owner) for owner in OWNERS] == [0, 0]
    for words in ("a deal closed before it was opened", "a won deal, though sales sent the lead back"):
        page.session_state["shelf_chosen"] = words
        page.run()
        assert "record_id" in page.dataframe[-1].value.columns
        assert not any(owner in everything_on(page) for owner in OWNERS)


def test_no_file_of_the_page_names_an_owner(given):
    """Every table that a button writes, down to the routes and the contradictions."""
    load = given(**TABLES)
    tables = [
        report.black_hole_rows(load),
        report.untouched(load),
        report.few_attempts(load),
        report.sent_back(load),
        *(report.route_rows(load, None, TERMS, each) for each in Destination),
        *(report.shelf_rows(load, each.words) for each in report.shelf(load).found),
    ]
    assert sum(table.num_rows for table in tables) > 10
    for table in tables:
        text = downloads.csv_of(downloads.sheet_of_rows(table, "rows", "note")).decode()
        assert not any(owner in text for owner in OWNERS)


def test_a_name_that_is_only_typed_opens_nobodys_own_view(open_page):
    """Whoever joins as Quillan without signing in sees what all see, and no switch."""
    page = open_page("handoff", who=BO, address={"period": "2026"}, **TABLES)

    assert "own_leads" not in [each.key for each in page.toggle]
    page.session_state["own_leads"] = True  # nor by what a browser might send
    assert "owner" not in shown(page, "Sent back").dataframe[0].value.columns


def test_who_signed_in_by_an_owners_name_sees_their_own_leads(open_page, monkeypatch):
    """With the owner's column; leads of others are gone. Once somebody else sits there, so is the view."""
    page = open_page("handoff", address={"period": "2026"}, **TABLES)
    for name, leads in (("Quillan", ["back"]), ("Wrenna", ["odd"])):
        monkeypatch.setattr(sign_in, "proven_name", lambda who=name: who)
        shown(page, "Sent back").toggle(key="own_leads").set_value(True).run()
        assert not page.exception
        assert rows_of(page) == leads
        assert set(page.dataframe[0].value["owner"]) == {name}

    monkeypatch.setattr(sign_in, "proven_name", lambda: None)
    page.run()

    assert "owner" not in page.dataframe[0].value.columns
    assert not any(owner in everything_on(page) for owner in OWNERS)


def test_only_exactly_that_name_is_an_owners(given):
    """Neither a part of it nor another spelling, nor what means something to a query."""
    load = given(**TABLES)

    assert report.owned(load, "Quillan") == {"hole", "back"}
    for name in ("quillan", "Quill", "Quillan ", "%", "' or 1=1 --", ""):
        assert report.owned(load, name) == frozenset()


def test_a_recycled_lead_is_shown_with_its_day_and_is_due_once_that_has_come(open_page):
    """Sent back and not come again: back was put off until August, odd until next year."""
    page = open_page("handoff", address={"period": "2026"}, **TABLES)
    ours = session.agreement()
    ours.routings.recycle(BO, ["back"], date(2026, 8, 1), date(2026, 7, 8))
    ours.routings.recycle(BO, ["odd"], date(2027, 3, 1), date(2026, 7, 8))

    sent_back = shown(page, "Sent back").dataframe[0].value.set_index("lead_id")
    assert str(sent_back.loc["back", routing.WAITS])[:10] == "2026-08-01"
    assert sent_back.loc["back", "group"] == "low"
    assert rows_of(shown(page, "Due again")) == ["back"]


def test_without_rejections_the_list_says_what_it_needs(open_page):
    """An empty list would say that nobody was sent back."""
    leads = "lead_id created_at mql_at\nada 2026-07-01 2026-07-02"
    page = shown(open_page("handoff", address={"period": "2026"}, leads=leads, as_of=AS_OF), "Sent back")

    assert "needs column leads.rejected_at" in said_on(page)
