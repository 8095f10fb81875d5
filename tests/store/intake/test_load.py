"""Rules of a load: the old file or the new one, never half; one at a time; nothing outside is reached."""

from datetime import datetime

import duckdb
import pytest

from alignment.errors import AccordError, LoadUnderWayError, WarehouseError
from alignment.store.intake import Sources, load
from alignment.store.intake.swap import only_load
from alignment.store.intake.workbench import Workbench
from alignment.store.warehouse import Warehouse

ONE_LEAD = "lead_id,created_at\nada,2026-07-01\n"
TWO_LEADS = "lead_id,created_at\nada,2026-07-01\nbo,2026-07-02\n"


class Enough(Exception):  # noqa: N818 - a person's wish, no fault
    """Somebody pressed cancel."""


def test_a_load_replaces_the_one_before(loaded):
    """A load is the whole truth, not an addition."""
    loaded(leads=TWO_LEADS)

    assert loaded(leads=ONE_LEAD).values("select lead_id from leads") == ["ada"]


def test_the_loaded_file_opens_as_a_warehouse(loaded):
    """What the import writes is what the reports read."""
    snapshot = Warehouse(loaded(leads=ONE_LEAD, company="Olist", currency="brl").path).snapshot()

    assert (snapshot.company, snapshot.currency, snapshot.is_sample) == ("Olist", "BRL", False)


def test_a_reader_keeps_the_old_file_while_a_load_replaces_it(loaded):
    """A question under way is answered from the tables it began with."""
    reader = Warehouse(loaded(leads=TWO_LEADS).path)
    before = reader.snapshot()
    loaded(leads=ONE_LEAD)

    counts = [
        snapshot.connection.cursor().execute("select count(*) from leads").fetchall()[0][0]
        for snapshot in (before, reader.snapshot())
    ]
    assert counts == [2, 1]


def test_a_failed_load_leaves_the_old_file_untouched(loaded):
    """Nothing already loaded is lost."""
    before = loaded(leads=TWO_LEADS)
    content = before.path.read_bytes()
    with pytest.raises(AccordError):
        loaded(leads=ONE_LEAD, deals="deal_id,created_at\nd1,3/4/2026\n")

    assert before.path.read_bytes() == content


def test_a_cancelled_load_leaves_the_old_file_untouched(loaded):
    """Cancel means: as if it had never begun."""
    before = loaded(leads=TWO_LEADS)

    def cancel(share, _words):
        if share > 0.5:
            raise Enough

    with pytest.raises(Enough):
        loaded(leads=ONE_LEAD, on_progress=cancel)

    assert before.values("select count(*) from leads") == [2]


def test_a_load_leaves_nothing_but_its_file_and_lock(loaded, tmp_path):
    """No write-ahead log, no scratch folder."""
    loaded(leads=ONE_LEAD, into="data/accord.duckdb")

    assert {path.name for path in (tmp_path / "data").iterdir()} == {"accord.duckdb", ".accord.duckdb.lock"}


def test_the_scratch_of_a_killed_load_is_cleared_by_the_next(loaded, tmp_path):
    """A kill can't clean up after itself."""
    left = tmp_path / ".accord.duckdb.loading-x"
    left.mkdir()
    (left / "scratch.duckdb").write_bytes(b"half")
    loaded(leads=ONE_LEAD)

    assert not left.exists()


def test_a_second_load_at_the_same_time_is_refused(loaded, tmp_path):
    """Two loads would each build a whole truth; the later one would silently win."""
    with (
        only_load(tmp_path / "accord.duckdb"),
        pytest.raises(LoadUnderWayError, match="Another load into accord"),
    ):
        loaded(leads=ONE_LEAD)


def test_the_data_s_now_is_its_newest_event(loaded):
    """The newest timestamp of any table, expected closings apart."""
    both = loaded(
        leads="lead_id,created_at,sql_at\nada,2026-01-01,2026-02-03 10:00\n",
        deals="deal_id,created_at,close_date,stage\nd,2026-01-05,2026-06-30,Proposal\ne,2026-01-05,2026-01-09,Won\n",
    )

    assert both.receipt.as_of == datetime(2026, 2, 3, 10)


def test_what_has_not_been_yet_is_not_now(loaded):
    """A typing error of the year 2206 would make every lead old."""
    leads = loaded(leads="lead_id,created_at\nada,2026-01-01\nbo,2206-01-01\n")

    assert (leads.receipt.as_of, leads.receipt.tables[0].loaded) == (datetime(2026, 1, 1), 2)


def test_a_load_without_dates_has_no_now(loaded):
    """An export of flags says nothing of when."""
    leads = loaded(leads="lead_id,converted\nada,yes\n")

    assert leads.receipt.as_of is None
    assert leads.values("select name from accord_load where name = 'as_of'") == []


def test_progress_is_told_in_words_and_never_goes_back(loaded):
    """A bar that jumps back is worse than none."""
    told = []
    loaded(
        leads=ONE_LEAD,
        deals="deal_id,created_at\nd,2026-07-01\n",
        on_progress=lambda *step: told.append(step),
    )

    shares = [share for share, _words in told]
    assert shares == sorted(shares)
    assert "Reading deals.csv" in [words for _share, words in told]


@pytest.mark.parametrize("name", ["leads*.csv", "leads[1].csv", "it's.csv", "a;b.csv", "ü.csv", "?x=1.csv"])
def test_a_file_s_name_is_a_name(loaded, write, name):
    """No pattern of many files, no query."""
    assert loaded(leads=write(name, ONE_LEAD)).receipt.tables[0].file == name


@pytest.mark.parametrize(
    "hostile",
    [
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/accord-elsewhere.duckdb'",
        "copy (select 1) to '/tmp/accord-elsewhere.csv'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "select * from read_text('/etc/hostname')",
    ],
)
def test_the_workbench_reaches_nothing_but_its_own(tmp_path, hostile):
    """Even a statement that got in would find the doors closed."""
    folder = tmp_path / "bench"
    folder.mkdir()
    with Workbench(folder) as bench, pytest.raises(duckdb.Error):
        bench.run(hostile)


def test_a_disk_that_can_t_be_written_is_said(tmp_path, write):
    """The sentence names the place."""
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")

    with pytest.raises(WarehouseError, match="Nothing can be written to"):
        load(Sources(write("leads.csv", ONE_LEAD)), blocked / "accord.duckdb")
