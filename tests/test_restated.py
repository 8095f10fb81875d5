"""Late data, from two loads to the sentence: what each told of quarters that are over is on record."""

import time
from datetime import date, datetime

import pytest

from alignment import agreement, report
from alignment.__main__ import main
from alignment.config import settings
from alignment.domain.fiscal import FiscalCalendar
from alignment.domain.period import Period, months_later
from alignment.domain.restated import restated
from tests.drawn import warehouse

Q2, Q3 = Period(date(2026, 4, 1), date(2026, 7, 1)), Period(date(2026, 7, 1), date(2026, 10, 1))
DEALS = """
    deal_id  created_at  closed_at   amount  is_won
    d0       2026-03-20  2026-04-20  50      true
    d1       2026-07-03  2026-07-20  1200    true
    d2       2026-07-05  2026-08-28  800     true
    d3       2026-07-05  2026-08-29  500     false
"""
LEADS = """
    lead_id  created_at  mql_at      sql_at
    ada      2026-03-01  2026-07-02  2026-07-28
    bob      2026-03-01  2026-07-27  -
"""
EARLIER, LATER = "2026-10-02T06:00:00", "2026-11-05T06:00:00"


@pytest.fixture
def loaded(tmp_path):
    """Return a function that draws a load of a day."""

    def drawn(at, *, company="Nord", **tables):
        facts = {"as_of": at.replace("T", " "), "loaded_at": at, "company": company, "is_sample": "false"}
        return warehouse(tmp_path / f"{at[:10]}-{company}.duckdb", tables, facts)

    return drawn


@pytest.fixture
def book(tmp_path, loaded):
    """Return an agreement in a ledger of its own."""
    snapshot = loaded("2026-01-01T00:00:00", leads="lead_id created_at\nx 2025-12-31")
    return agreement.opened(
        f"sqlite:///{tmp_path / 'ledger.sqlite'}", type("Tables", (), {"snapshot": lambda _: snapshot})()
    )


def test_a_load_tells_the_quarters_that_it_knows_from_their_first_day(loaded):
    """The first quarter began before the oldest lead: what came in it before is not known."""
    told = report.closed_periods(loaded(EARLIER, deals=DEALS, leads=LEADS))

    assert [closed.period for closed in told.closed] == [Q3, Q2]
    assert [(closed.won.amount, closed.won_count, closed.sqls, closed.mqls) for closed in told.closed] == [
        (2_000, 2, 1, 2),
        (50, 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("first_month", "began", "euros", "deals", "mqls"),
    [
        (1, date(2026, 7, 1), 2_000, 2, 2),
        (2, date(2026, 5, 1), 1_200, 1, 2),
        (3, date(2026, 6, 1), 2_000, 2, 2),
    ],
)
def test_quarters_are_those_of_the_fiscal_year(loaded, first_month, began, euros, deals, mqls):
    """On 2 October a year that begins in February has closed its quarter up to July: August is not in it."""
    told = report.closed_periods(loaded(EARLIER, deals=DEALS, leads=LEADS), FiscalCalendar(first_month))

    newest = told.closed[0]

    assert newest.period == Period(began, months_later(began, 3))
    assert (newest.won.amount, newest.won_count, newest.mqls) == (euros, deals, mqls)


def test_what_a_load_can_not_tell_is_not_zero(loaded):
    """Without leads there are no MQLs to count, without amounts no money."""
    (third, _) = report.closed_periods(loaded(EARLIER, deals=DEALS.replace("amount", "discount"))).closed

    assert (third.won, third.won_count, third.sqls, third.mqls) == (None, 2, None, None)


def test_the_sample_company_and_files_of_others_are_no_loads(given):
    """Neither came from an import."""
    assert report.closed_periods(given(deals=DEALS, as_of="2026-10-02")) is None


def test_a_deal_that_came_late_is_found_between_two_loads(book, loaded):
    """Two deals of August came in November."""
    late = f"{DEALS.rstrip()}\nd4 2026-08-01 2026-08-30 100 true\nd5 2026-08-01 2026-08-31 200 true"
    for at, deals in ((EARLIER, DEALS), (LATER, late)):
        book.loads.note(report.closed_periods(loaded(at, deals=deals)))

    (found,) = restated(book.loads.every())

    assert (found.period, found.was.amount, found.now.amount, found.more_deals) == (Q3, 2_000, 2_300, 2)
    assert (found.was_at, found.since) == (datetime(2026, 10, 2, 6), datetime(2026, 11, 5, 6))


def test_a_load_that_tells_nothing_new_is_not_kept_again(book, loaded):
    """Nightly loads fill no ledger; nor does the same load seen by two screens, or an older one put back."""
    first = report.closed_periods(loaded(EARLIER, deals=DEALS))
    again = report.closed_periods(loaded("2026-10-03T06:00:00", deals=DEALS))
    older = report.closed_periods(loaded("2026-10-01T06:00:00", deals=DEALS.replace("800", "801")))

    assert [book.loads.note(load) for load in (first, first, again, older)] == [True, False, False, False]
    assert len(book.loads.every()) == 1


def test_the_screens_hear_of_a_load_that_is_news(book, loaded):
    """The revision rises, so that each screen draws again."""
    heard = []
    book.subscribe(heard.append)
    before = book.revision()

    book.loads.note(report.closed_periods(loaded(EARLIER, deals=DEALS)))

    assert (len(heard), book.revision() > before) == (1, True)


def test_an_import_into_the_app_s_own_file_is_noted_and_no_other(tmp_path, monkeypatch, capsys):
    """Two imports of the command line, the second with a deal more: the digest says so."""
    own, other = tmp_path / "accord.duckdb", tmp_path / "other.duckdb"
    monkeypatch.setenv("ACCORD_WAREHOUSE", str(own))
    monkeypatch.setenv("ACCORD_LEDGER", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    settings.cache_clear()
    file = tmp_path / "deals.csv"
    rows = ["deal_id,created_at,closed_at,amount,is_won"]
    rows += [f"d{month},2026-{month:02}-01,2026-{month:02}-09,100,true" for month in range(1, 11)]
    try:
        file.write_text("\n".join(rows))
        assert main(["import", "--deals", str(file), "--into", str(other)]) == 0
        assert not (tmp_path / "ledger.sqlite").exists()
        assert main(["import", "--deals", str(file), "--into", str(own)]) == 0
        time.sleep(1.1)  # loads are told apart by the second
        file.write_text("\n".join([*rows, "late,2026-08-01,2026-08-09,55,true"]))
        assert main(["import", "--deals", str(file), "--into", str(own)]) == 0
        capsys.readouterr()
        assert main(["digest"]) == 0
        told = " ".join(capsys.readouterr().out.split())
    finally:
        settings.cache_clear()

    assert "Restated: Q3 2026 won was €300 on" in told
    assert "is €355 since" in told
