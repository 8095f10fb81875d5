"""Rules of the pages on data that can't answer everything: each panel says what it needs, nothing breaks."""

from types import SimpleNamespace

import pytest

from alignment.domain.agreement import Person, Side
from alignment.ui import session
from tests import drawn
from tests.ui.reading import said_on

PAGES = ("board", "revenue", "conversion", "handoff", "strategies")
WON = """
    deal_id  lead_id  created_at  closed_at   amount  is_won  is_closed
    d1       ada      2026-10-03  2026-10-20  1200    true    true
    d2       bob      2026-10-05  2026-10-28  800     true    true
"""
LEADS = """
    lead_id  created_at  mql_at      sal_at      sql_at      source   first_touch_at
    ada      2026-10-01  2026-10-02  2026-10-02  2026-10-03  Webinar  2026-10-02
    bob      2026-10-02  2026-10-03  -           -           Fair     -
"""


@pytest.mark.parametrize("name", [*PAGES, "digest"])
def test_leads_without_dates_and_deals_are_no_error(open_page, name):
    """Each panel names the column it needs."""
    page = open_page(name, leads="lead_id  is_converted  source\nada  true  Webinar\nbob  false  Fair")

    assert not page.exception
    assert "needs" in said_on(page)


@pytest.mark.parametrize("name", [*PAGES, "digest"])
def test_deals_without_leads_are_no_error(open_page, name):
    """Revenue is shown, conversion says what it needs."""
    page = open_page(name, deals=WON.replace("lead_id", "owner"), as_of="2026-11-01 00:00:00")

    assert not page.exception


@pytest.mark.parametrize("name", PAGES)
def test_a_period_with_nothing_in_it_says_so(open_page, name):
    """And what to choose instead."""
    page = open_page(name, leads=LEADS, deals=WON, as_of="2026-11-01 00:00:00", address={"period": "2020Q1"})

    assert not page.exception
    assert "above" in said_on(page)


def test_the_missing_column_of_a_panel_is_named_with_what_it_would_show(open_page):
    """So that people know what to ask their CRM for."""
    page = open_page("board", leads="lead_id  created_at\nada  2026-10-01", as_of="2026-11-01 00:00:00")

    assert "needs column leads.mql_at. With it you would see MQL" in said_on(page)


def test_a_period_without_a_goal_invites_both_sides_to_set_one(open_page):
    """Marketing and sales can; observers look on."""
    tables = {"leads": LEADS, "deals": WON, "as_of": "2026-11-01 00:00:00"}

    as_ada = open_page("board", **tables)

    assert "Set the goal" in [button.label for button in as_ada.button]


def test_an_observer_cannot_set_the_goal(open_page):
    """Not even a button is there."""
    page = open_page(
        "board", who=Person("Olga", Side.OBSERVER), leads=LEADS, deals=WON, as_of="2026-11-01 00:00:00"
    )

    assert not page.button


def test_nonsense_in_the_address_is_said_once_each(open_page):
    """And the default is shown."""
    page = open_page(
        "board",
        leads=LEADS,
        deals=WON,
        as_of="2026-11-01 00:00:00",
        address={"period": "soon", "window": "-1", "source": "Fax"},
    )

    assert not page.exception
    assert len(page.warning) == 3
    assert page.title[0].value == "Our goal, Q4 2026"


@pytest.mark.parametrize("name", ["board", "conversion"])
def test_data_that_knows_wins_but_no_sql_shows_the_conversion_to_won(open_page, name):
    """The first conversion that the data can answer is drawn, and named for what it is."""
    page = open_page(
        name,
        leads="lead_id  created_at  mql_at  source\nada  2026-10-01  2026-10-02  Webinar",
        deals=WON,
        as_of="2026-11-01 00:00:00",
    )

    assert any(heading.value.startswith("MQL → Won") for heading in (*page.header, *page.subheader))
    assert "leads.sql_at. With it you would see SQL" not in said_on(page)


def test_deals_without_amounts_invite_nobody_to_a_goal_in_money(open_page):
    """Nobody could ever say whether it is met."""
    without = "\n".join(line.replace("amount", "owner") for line in WON.splitlines())

    page = open_page("board", leads=LEADS, deals=without, as_of="2026-11-01 00:00:00")

    assert not page.button
    assert not any("No goal yet" in str(each.proto.body) for each in page.get("html"))


def test_data_without_dates_has_no_goal_in_its_title(open_page):
    """All time is no period to agree a goal for."""
    page = open_page("board", leads="lead_id  is_converted\nada  true")

    assert page.title[0].value == "What we won, all time"


def test_a_period_kept_from_other_data_gives_way_after_a_load(open_page, tmp_path, monkeypatch):
    """Five empty panels would say nothing; one sentence says what is shown instead."""
    page = open_page("board", leads=LEADS, deals=WON, as_of="2026-11-01 00:00:00")
    older = {name: text.replace("2026-", "2023-") for name, text in (("leads", LEADS), ("deals", WON))}
    facts = {"time_zone": "UTC", "currency": "EUR", "as_of": "2023-11-01 00:00:00"}
    other = drawn.warehouse(tmp_path / "older.duckdb", older, facts)
    monkeypatch.setattr(session, "warehouse", lambda: SimpleNamespace(snapshot=lambda: other))

    page.run()

    assert page.title[0].value == "Our goal, Q4 2023"
    assert "nothing in Q4 2026" in page.warning[0].value


def test_pictures_of_deals_without_amounts_are_named_for_what_they_count(open_page):
    """The title says the unit that the bars have."""
    without = "\n".join(line.replace("amount", "owner") for line in WON.splitlines())

    page = open_page("revenue", leads=LEADS, deals=without, as_of="2026-11-01 00:00:00")

    headings = [heading.value for heading in (*page.header, *page.subheader)]
    assert {"Deals won by month", "Deals won by source, Q4 2026"} <= set(headings)


def test_the_revenue_page_names_what_the_bridge_and_the_coverage_need(open_page):
    """A table, and a goal; the other panels stand."""
    said = said_on(open_page("revenue", leads=LEADS, deals=WON, as_of="2026-11-01 00:00:00"))

    assert "needs a table stage_history with the column amount" in said
    assert "not tried on the past" not in said or "no quarter that is over" in said


def test_the_revenue_page_draws_the_bridge_of_a_history(open_page):
    """2,000 were created and won in the quarter."""
    history = """
        record_id  record_table  stage  entered_at  amount
        d1         deals         Open   2026-10-03  1200
        d2         deals         Open   2026-10-05  800
    """
    page = open_page("revenue", leads=LEADS, deals=WON, stage_history=history, as_of="2026-11-01 00:00:00")

    assert not page.exception
    assert "Pipeline bridge, Q4 2026, EUR" in [heading.value for heading in page.header]


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ({"from": "Lead", "to": "Won"}, ["Lead", "Won"]),
        ({"from": "luck", "to": "money"}, ["MQL", "SQL"]),
    ],
)
def test_a_link_reopens_the_chosen_stages_and_one_that_means_nothing_the_usual_ones(
    open_page, address, chosen
):
    """What two people talk about is one link away."""
    page = open_page("conversion", leads=LEADS, deals=WON, as_of="2026-11-01 00:00:00", address=address)

    assert [page.selectbox(key=key).value.label for key in ("from", "to")] == chosen
