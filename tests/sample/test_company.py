"""The sample company is a warehouse like any other: whole, repeatable, and marked as made up."""

import json
from datetime import date, datetime

import duckdb
import pytest

from alignment.domain.contract import TABLES
from alignment.domain.refusal import Refusal
from alignment.sample import company

AS_OF = date(2026, 6, 30)


def contents(path):
    """Return every row of every table of a file."""
    with duckdb.connect(path, read_only=True) as connection:
        names = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        return {name: connection.execute(f'from "{name}"').fetchall() for name in sorted(names)}


def test_the_same_arguments_write_the_same_rows(tmp_path):
    """A figure on a screenshot must be found again by whoever reads the docs."""
    for name in ("one", "other"):
        company.write(tmp_path / name, leads=2_000, seed=3, as_of=AS_OF)

    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_another_seed_is_another_company():
    """The seed would be for nothing otherwise."""
    one, other = (company.tables(leads=500, seed=seed, as_of=AS_OF) for seed in (1, 2))

    assert not one["leads"].equals(other["leads"])


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_of_the_contract_is_there(table, ask):
    """No panel of the sample company may say that a column is missing."""
    there = {
        name for (name,) in ask("select column_name from duckdb_columns() where table_name = ?", table.name)
    }

    assert set(table.column_names) <= there


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_column_of_the_contract_has_values(table, ask):
    """A column without a value is a missing column in disguise."""
    counts = ", ".join(f"count({name})" for name in table.column_names)

    assert all(ask(f"select {counts} from {table.name}")[0])


@pytest.mark.parametrize(
    ("column", "physical"),
    [
        ("created_at", "TIMESTAMP"),
        ("in_nurture", "BOOLEAN"),
        ("source", "VARCHAR"),
        ("industry", "VARCHAR"),
        ("employees", "BIGINT"),
        ("demo_requested", "BOOLEAN"),
    ],
)
def test_a_column_has_the_type_that_an_import_would_give_it(column, physical, ask):
    """Queries and sliders must find the same types as in a company's own data."""
    found = ask(
        "select data_type from duckdb_columns() where table_name = 'leads' and column_name = ?", column
    )

    assert found == [(physical,)]


@pytest.mark.parametrize(
    "table", [table for table in TABLES.values() if table.key], ids=lambda table: table.name
)
def test_a_key_stands_once(table, ask):
    """A lead counted twice would be our fault, not part of the story."""
    key = ", ".join(table.key)

    assert ask(f"select {key} from {table.name} group by {key} having count(*) > 1") == []


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("select lead_id from deals", "select lead_id from leads"),
        ("select converted_deal_id from leads", "select deal_id from deals"),
        ("select lead_id from deal_leads", "select lead_id from leads"),
        ("select deal_id from deal_leads", "select deal_id from deals"),
        ("select lead_id from touches", "select lead_id from leads"),
        ("select record_id from stage_history where record_table = 'deals'", "select deal_id from deals"),
        ("select record_id from stage_history where record_table = 'leads'", "select lead_id from leads"),
    ],
)
def test_a_reference_leads_somewhere(many, one, ask):
    """A deal of a lead that isn't there belongs to the import's tests, not here."""
    assert ask(f"select * from ({many}) as refers(id) where id is not null and id not in ({one})") == []


def test_keys_stay_unique_across_blocks(monkeypatch):
    """Large companies are made block by block; each must go on where the last one stopped."""
    monkeypatch.setattr(company, "LEADS_AT_A_TIME", 400)
    made = company.tables(leads=1_000, as_of=AS_OF)

    assert len(made["leads"]) == len(set(made["leads"]["lead_id"].to_pylist())) == 1_000
    assert len(made["deals"]) == len(set(made["deals"]["deal_id"].to_pylist())) > 0


def test_blocks_follow_each_other_in_time(monkeypatch):
    """Whatever the number of leads, they spread over the same two years."""
    monkeypatch.setattr(company, "LEADS_AT_A_TIME", 400)
    created = company.tables(leads=1_000, as_of=AS_OF)["leads"]["created_at"].to_pylist()

    assert created == sorted(created)


def test_it_says_that_it_is_a_sample(ask):
    """Every screen must be able to say so."""
    facts = dict(ask("from accord_load"))

    assert facts["is_sample"] == "true"
    assert facts["attributes_as_of"] == "hand_off"
    assert facts["company"] == "Nordlicht Instruments"
    assert (facts["time_zone"], facts["currency"]) == ("Europe/Berlin", "EUR")


def test_as_of_is_the_newest_event_of_the_last_day(ask):
    """The data's now is in the data, never on the wall clock."""
    as_of = datetime.fromisoformat(dict(ask("from accord_load"))["as_of"])

    assert datetime(2026, 6, 30, 12) < as_of < datetime(2026, 6, 30, 22)  # midnight in Berlin is 22:00 UTC


def test_the_receipt_counts_the_rows(ask):
    """What the receipt says was loaded is what is there."""
    loaded = json.loads(dict(ask("from accord_load"))["receipt"])["tables"]["leads"]["loaded"]

    assert ask("select count(*) from leads") == [(loaded,)] == [(12_000,)]


def test_leads_arrive_over_24_months(ask):
    """Two years make seasons comparable."""
    first, last = ask("select min(created_at), max(created_at) from leads")[0]

    assert first.date() == date(2024, 7, 1)
    assert last.date() == AS_OF


def test_nothing_after_the_last_day_but_the_contradictions(ask):
    """What has not happened yet has no date."""
    future = ask(
        "select count(*) from leads where greatest(mql_at, sal_at, sql_at, rejected_at) >= '2026-06-30 22:00'"
    )

    assert future == [(0,)]


def test_by_default_no_lead_lies_in_the_future(tmp_path):
    """The app may be started at any hour of the day."""
    company.write(tmp_path / "now.duckdb", leads=2_000)
    with duckdb.connect(tmp_path / "now.duckdb", read_only=True) as connection:
        newest = connection.execute("select max(created_at) from leads").fetchall()[0][0]

    assert newest.date() <= company.newest_full_day()


def test_a_file_that_is_there_is_replaced(tmp_path):
    """An open screen sees the old company or the new one, never half of one."""
    into = tmp_path / "sample.duckdb"
    company.write(into, leads=100, as_of=AS_OF)
    before = into.stat().st_ino
    company.write(into, leads=200, as_of=AS_OF)

    assert into.stat().st_ino != before
    assert len(contents(into)["leads"]) == 200
    assert list(tmp_path.iterdir()) == [into]


def test_a_write_that_fails_leaves_the_old_file_alone(tmp_path):
    """Nothing already loaded is lost."""
    into = tmp_path / "sample.duckdb"
    company.write(into, leads=100, as_of=AS_OF)

    def refuse(_written, _leads):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        company.write(into, leads=200, as_of=AS_OF, on_progress=refuse)

    assert len(contents(into)["leads"]) == 100
    assert list(tmp_path.iterdir()) == [into]


def test_a_path_may_hold_an_apostrophe(tmp_path):
    """A path is a text, never part of the query."""
    into = tmp_path / "today's" / "sample.duckdb"
    company.write(into, leads=50, as_of=AS_OF)

    assert len(contents(into)["leads"]) == 50


def test_progress_ends_with_all_leads(tmp_path):
    """A progress bar must reach its end."""
    told = []
    company.write(tmp_path / "sample.duckdb", leads=100, as_of=AS_OF, on_progress=lambda *at: told.append(at))

    assert told[-1] == (100, 100)


@pytest.mark.parametrize("leads", [1, 2, 30])
def test_a_tiny_company_is_complete_too(leads, tmp_path):
    """A handful of leads may well have no deal at all."""
    company.write(tmp_path / "tiny.duckdb", leads=leads, as_of=AS_OF)

    assert set(TABLES) <= set(contents(tmp_path / "tiny.duckdb"))


@pytest.mark.parametrize(
    ("leads", "as_of", "sentence"),
    [(0, AS_OF, "at least 1 lead, got 0"), (10, date(1066, 10, 14), "not on 1066-10-14")],
)
def test_what_cannot_be_is_refused_in_a_sentence(leads, as_of, sentence, tmp_path):
    """Whoever asks on the command line learns what to change."""
    with pytest.raises(Refusal, match=sentence):
        company.write(tmp_path / "none.duckdb", leads=leads, as_of=as_of)
