"""Rules of the bridge and of judged MQLs on the pages: what is chosen is said, and stands in the address."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from alignment.agreement import Agreement
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side, Terms, Version
from alignment.domain.bridge import Bridge, Counted
from alignment.domain.cohort import Passport
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.period import Period
from alignment.store.ledger import Ledger
from alignment.ui import session
from alignment.ui.pictures.bridge import sentence, table
from alignment.ui.words import Words
from tests.ui.reading import with_passports

ADA = Person("Ada", Side.MARKETING)
EN = Words.of("en")
Q3, Q4 = Period(date(2026, 7, 1), date(2026, 10, 1)), Period(date(2026, 10, 1), date(2027, 1, 1))
LEVELS = (Level("raw", 0), Level("hot", 50, enters_hand_off=True))
LEADS = """
    lead_id  created_at  mql_at      sal_at      sql_at      source  size
    ada      2026-08-01  2026-08-02  2026-08-02  2026-08-03  Webinar 500
    bob      2026-10-02  2026-10-03  -           -           Fair    50
    eve      2026-10-02  2026-10-03  -           -           Fair    500
"""
AS_OF = "2026-11-01 00:00:00"


def version(number, size, day):
    """A version that asks for a company of that size."""
    criterion = Criterion("s", "size", Comparison.AT_LEAST, size, 50)
    return Version(number, Definition((criterion,), LEVELS), Terms("why", day), at=datetime(2026, 1, 1))


VERSIONS = (version(1, 10, date(2026, 1, 1)), version(2, 100, date(2026, 10, 1)))


def counted(found):
    """A bridge of these counts: (before, now) of recorded, as was, by the former version."""
    before, now = zip(*found, strict=True)
    return Counted(Q3, *before), Counted(Q4, *now)


def bridged(*found, changed_to=("version 3",), has_records=True):
    """The same as a bridge."""
    passport = Passport("", "", "")
    return Bridge(*counted(found), "version 2", changed_to, has_records=has_records, passport=passport)


@pytest.fixture
def open_page(given, tmp_path, monkeypatch):
    """Return a function that runs a page of drawn tables on a ledger with the two versions."""

    def opened(name, *, versions=VERSIONS, **chosen):
        leads = chosen.pop("leads", LEADS)
        snapshot = given(leads=leads, as_of=AS_OF if "created_at" in leads else None)
        warehouse = SimpleNamespace(snapshot=lambda: snapshot)
        agreement = Agreement(Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", lambda: versions))
        monkeypatch.setattr(session, "warehouse", lambda: warehouse)
        monkeypatch.setattr(session, "agreement", lambda: agreement)
        page = AppTest.from_file(ROOT / "pages" / "together" / f"{name}.py", default_timeout=30)
        page.session_state[session.PERSON] = ADA
        for key, value in chosen.items():
            page.query_params[key] = value
        return page.run()

    return opened


def said_on(page):
    """Everything that the page says in words."""
    return " ".join(str(each.value) for each in (*page.markdown, *page.info, *page.caption)).replace("\\", "")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            bridged((1000, 1212), (990, 1220), (990, 1140)),
            "212 more MQLs: +150 by more leads, +80 by version 3, −18 otherwise recorded",
        ),
        (
            bridged((20, 10), (20, 10), (20, 10), changed_to=()),
            "10 fewer MQLs: −10 by fewer leads, 0 by the definition (unchanged), 0 otherwise recorded",
        ),
        (
            bridged((5, 5), (5, 5), (5, 4), changed_to=("version 3", "version 4"), has_records=False),
            "As many MQLs: −1 by fewer leads, +1 by versions 3 and 4, none by data",
        ),
    ],
)
def test_the_change_and_its_parts_are_said_in_a_sentence(found, said):
    """Each with its sign; what did not change is said."""
    assert sentence(found, EN) == said


def test_the_table_of_a_bridge_has_both_ends_and_each_part_with_its_share():
    """The same values as in the picture."""
    found = table(bridged((1000, 1212), (990, 1220), (990, 1140)))

    assert [row[:2] for row in found.rows] == [
        ("Q3 2026", 1000),
        ("demand", 150),
        ("definition", 80),
        ("data", -18),
        ("Q4 2026", 1212),
    ]
    assert [row[2] for row in found.rows] == pytest.approx([100, 15, 8, -1.8, 121.2])


def test_the_conversion_page_says_why_there_are_more_mqls(open_page):
    """One more lead by version 1, one less by version 2, one recorded all the same."""
    page = open_page("conversion", against="2026Q3")

    assert not page.exception
    assert "1 more MQL: +1 by more leads, −1 by version 2, +1 otherwise recorded" in said_on(page)


def test_nonsense_for_the_period_to_compare_with_is_said(open_page):
    """And the usual one is taken."""
    page = open_page("conversion", against="soon")

    assert not page.exception
    assert "“soon” is no period" in page.warning[0].value


def test_a_picked_period_to_compare_with_stands_in_the_address(open_page):
    """A link reopens the same bridge."""
    page = open_page("conversion")
    pick = page.selectbox(key="pick_against")
    pick.set_value(pick.options[1]).run()

    assert page.query_params["against"] == "2025-10-01..2025-11-01"


def test_days_of_ones_own_are_chosen_one_after_the_other(open_page):
    """After the first click there is one day: it stays until the last one is chosen too."""
    page = open_page("conversion")
    page.selectbox(key="pick_against").set_value("Other days …").run()
    page.date_input(key="pick_against_days").set_value((date(2026, 8, 1),)).run()
    after_one = page.date_input(key="pick_against_days").value
    page.date_input(key="pick_against_days").set_value((date(2026, 8, 1), date(2026, 8, 5))).run()

    assert after_one == (date(2026, 8, 1),)
    assert page.query_params["against"] == "2026-08-01..2026-08-05"


@pytest.mark.parametrize("name", ["board", "conversion"])
def test_by_what_mqls_are_judged_is_picked_and_stands_in_the_address(open_page, name):
    """Recorded is the default and needs no word."""
    page = open_page(name)
    before = "judged" in page.query_params
    page.selectbox(key="pick_judged").set_value("2").run()

    assert not before
    assert page.query_params["judged"] == "2"


def test_the_board_says_what_makes_a_lead_an_mql(open_page):
    """Beside the half's heading, for all of its pictures."""
    page = open_page("board")
    recorded = said_on(page)
    page.selectbox(key="pick_judged").set_value("2").run()

    assert "MQLs as recorded in the CRM" in recorded
    assert "MQLs by version 2" in said_on(page)


def test_every_passport_says_what_makes_a_lead_an_mql(open_page):
    """Of the path, the trend and the sources."""
    said = said_on(with_passports(open_page("board", judged="2")))

    assert said.count("A lead counts as MQL when version 2 hands it off") == 3


def test_a_version_that_is_none_is_said_and_the_record_shown(open_page):
    """The sentence names what there is."""
    page = open_page("board", judged="9")

    assert "MQLs can't be judged by “9” here; choose one of recorded, as-was, 2, 1" in page.warning[0].value


def test_where_the_crm_recorded_no_mqls_the_version_in_force_judges_and_that_is_said(open_page):
    """Instead of a panel that needs a column."""
    page = open_page("board", leads="lead_id created_at sql_at size\nada 2026-10-02 - 500")

    assert not page.exception
    assert "MQLs by the version in force that day: the CRM recorded none" in said_on(page)
    assert "needs column leads.mql_at" not in said_on(page)


@pytest.mark.parametrize("name", ["board", "conversion"])
def test_leads_without_dates_are_judged_by_the_newest_version(open_page, name):
    """Whether they are MQLs can be told, when they became some can't: the bridge names what it needs."""
    page = open_page(name, leads="lead_id is_converted size\nada true 500\nbob false 500")

    assert not page.exception
    assert "needs column leads.mql_at" not in said_on(page)
    if name == "board":
        assert "MQLs by version 2: the CRM recorded none" in said_on(page)
    else:
        assert "needs column leads.created_at. With it you would see why" in said_on(page)


def test_without_any_definition_the_bridge_says_what_it_needs(open_page):
    """A ledger begins with a version without criteria."""
    empty = (Version(1, Definition(), Terms("Where we begin")),)

    assert "No version of the definition has criteria yet" in said_on(open_page("conversion", versions=empty))
