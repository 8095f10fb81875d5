"""Rules of `python -m alignment import`: files in, a receipt out, nothing lost and nothing overwritten."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import duckdb
import pytest

from alignment import imports
from alignment.__main__ import main
from alignment.store.intake.swap import is_under_way, only_load
from alignment.store.warehouse import Warehouse

LEADS = """\
lead_id,created_at,source,company size
ada,2026-07-02,web,12
bob,2026-07-03,fair,40
cem,2026-07-04,,7
"""
HEARS_CTRL_C = """
import signal, sys
from alignment.__main__ import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs don't hear it
sys.exit(main(sys.argv[1:]))
"""
DEALS = """\
deal_id,lead_id,created_at,closed_at,amount,is_won
d1,ada,2026-07-10,2026-07-20,1000.50,true
"""


@pytest.fixture
def files(tmp_path):
    """Write a file for each name given and return the folder."""

    def written(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return written


def loaded(folder: Path, *more: str, **tables: str) -> int:
    """Run the command on files of the folder; return its exit code."""
    given = [word for table, name in tables.items() for word in (f"--{table}", str(folder / name))]
    return main(["import", *given, "--into", str(folder / "accord.duckdb"), *more])


def test_what_was_read_can_be_asked_for(files):
    """A load that reports success and can't be opened would be worse than none."""
    folder = files(leads=LEADS, deals=DEALS)

    assert loaded(folder, leads="leads.csv", deals="deals.csv") == 0

    snapshot = Warehouse(folder / "accord.duckdb").snapshot()
    assert snapshot.has("leads", "lead_id", "created_at", "source", "company size")
    assert snapshot.has("deals", "amount", "is_won")


def test_the_receipt_counts_every_row_once(files, capsys):
    """Rows read = loaded + set aside + repeats, for each file."""
    folder = files(leads=LEADS + "dot,no day,web,3\nada,2026-07-02,web,12\n")

    loaded(folder, "--json", leads="leads.csv")

    (table,) = json.loads(capsys.readouterr().out)["tables"]
    assert (table["read"], table["loaded"], sum(table["set_aside"].values()), table["repeats"]) == (
        5,
        3,
        1,
        1,
    )


def test_rows_set_aside_come_with_their_number_and_the_reason(files):
    """Somebody has to find the row in the file and know what to mend."""
    folder = files(leads=LEADS + "dot,no day,web,3\n")

    loaded(folder, "--set-aside", str(folder / "aside.csv"), leads="leads.csv")

    lines = (folder / "aside.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("leads.csv,5,created_at,no day,")


def test_the_mapping_that_was_used_lies_beside_the_data_and_loads_again(files):
    """The next load of the same export must need no second thought."""
    folder = files(leads=LEADS.replace("lead_id", "Kundennummer"))
    by_hand = folder / "by_hand.toml"
    by_hand.write_text(
        '[leads.columns]\nlead_id = "Kundennummer"\ncreated_at = "created_at"\n', encoding="utf-8"
    )
    assert loaded(folder, "--mapping", str(by_hand), leads="leads.csv") == 0
    by_hand.unlink()

    assert loaded(folder, "--mapping", str(folder / "accord.mapping.toml"), leads="leads.csv") == 0


def test_a_suggested_mapping_is_kept_too(files):
    """What was only suggested was used all the same, so it is on record."""
    folder = files(leads=LEADS)

    loaded(folder, leads="leads.csv")

    assert 'created_at = "created_at"' in (folder / "accord.mapping.toml").read_text(encoding="utf-8")


def test_the_company_its_zone_and_currency_are_those_said(files):
    """Periods are cut in the business's own days, amounts shown in its own money."""
    folder = files(leads=LEADS)

    loaded(
        folder, "--company", "Ada & Co", "--time-zone", "Asia/Tokyo", "--currency", "jpy", leads="leads.csv"
    )

    snapshot = Warehouse(folder / "accord.duckdb").snapshot()
    assert (snapshot.company, snapshot.zone.key, snapshot.currency) == ("Ada & Co", "Asia/Tokyo", "JPY")


def test_days_that_can_be_read_two_ways_are_asked_about_and_the_answer_decides(files, capsys):
    """1/2/2026 read the wrong way moves a lead by a month, and nobody would see it."""
    folder = files(leads="lead_id,created_at\nada,1/2/2026\nbob,3/4/2026\n")

    assert loaded(folder, leads="leads.csv") == 2
    assert "created_at" in capsys.readouterr().err
    assert loaded(folder, "--dates", "dmy", leads="leads.csv") == 0

    with duckdb.connect(folder / "accord.duckdb") as connection:
        (day,) = connection.execute("select cast(min(created_at) as date) from leads").fetchone()
    assert day.isoformat() == "2026-02-01"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--leads", "nowhere.csv"], "There is no file"),
        ([], "There is nothing to load"),
        (["--leads", "leads.csv", "--dates", "ymd"], "--dates needs one of"),
        (["--leads", "leads.csv", "--time-zone", "Mars/Base"], "no time zone"),
        (["--leads", "leads.csv", "--mapping", "nowhere.toml"], "There is no mapping file"),
    ],
    ids=["no such file", "no file", "no such order", "no such zone", "no such mapping"],
)
def test_bad_input_is_one_clear_line_and_exit_code_2(files, monkeypatch, capsys, arguments, says):
    """A scheduler reads the code, a person the line; neither reads a traceback."""
    monkeypatch.chdir(files(leads=LEADS))

    assert main(["import", *arguments, "--into", "accord.duckdb"]) == 2

    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert says in said[0]


def test_a_load_that_fails_leaves_what_was_loaded_before(files):
    """The meeting goes on with yesterday's figures, not with none."""
    folder = files(leads=LEADS, broken="name\nada\n")
    loaded(folder, leads="leads.csv")
    before = (folder / "accord.duckdb").read_bytes()

    assert loaded(folder, leads="broken.csv") == 2

    assert (folder / "accord.duckdb").read_bytes() == before


def test_a_file_that_accord_did_not_write_is_never_overwritten(files, capsys):
    """Whoever names their own database as the target must still have it afterwards."""
    folder = files(leads=LEADS)
    with duckdb.connect(folder / "accord.duckdb") as connection:
        connection.execute("create table leads as select 'mine' as lead_id, now() as created_at")
    before = (folder / "accord.duckdb").read_bytes()

    assert loaded(folder, leads="leads.csv") == 2

    assert "no file that Accord wrote" in capsys.readouterr().err
    assert (folder / "accord.duckdb").read_bytes() == before


def test_the_command_works_as_a_program(files):
    """What a scheduler starts is the program, not the function."""
    folder = files(leads=LEADS)
    command = [sys.executable, "-m", "alignment", "import", "--leads", str(folder / "leads.csv")]

    done = subprocess.run(
        [*command, "--into", str(folder / "a.duckdb")], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "3 rows read, 3 loaded, none set aside" in done.stdout


@pytest.mark.parametrize("is_terminal", [True, False])
def test_progress_is_told_at_a_terminal_alone(files, capsys, monkeypatch, is_terminal):
    """A scheduler mails whatever it finds on stderr: that should be what went wrong."""
    folder = files(leads=LEADS)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    monkeypatch.setattr("alignment.commands.load.TELL_EVERY_S", 0.0)

    assert loaded(folder, leads="leads.csv") == 0

    assert ("%  " in capsys.readouterr().err) is is_terminal


def test_the_sheet_and_the_header_s_row_are_kept_with_the_mapping(files):
    """The next load by a scheduler has nobody to ask."""
    folder = files(leads="made by Ada,in July\nKundennummer,angelegt\nada,2026-07-02\n")
    by_hand = '[leads.columns]\nlead_id = "Kundennummer"\ncreated_at = "angelegt"\n'
    (folder / "by_hand.toml").write_text(by_hand, encoding="utf-8")
    mapped = ("--mapping", str(folder / "by_hand.toml"))
    assert loaded(folder, *mapped, "--header", "leads=2", leads="leads.csv") == 0

    assert loaded(folder, "--mapping", str(folder / "accord.mapping.toml"), leads="leads.csv") == 0


def test_several_files_of_one_table_are_given_one_after_the_other(files, capsys):
    """Exports come by the month."""
    folder = files(july=LEADS, august=LEADS.replace("ada", "dot").replace("bob", "eve").replace("cem", "fay"))

    loaded(folder, "--leads", str(folder / "august.csv"), leads="july.csv")

    assert "leads from july.csv and august.csv: 6 rows read, 6 loaded" in capsys.readouterr().out


def test_a_file_without_header_is_loaded_by_its_places(files):
    """`--header none` answers the question."""
    folder = files(leads="ada,2026-07-02\nbob,2026-07-03\n")
    by_hand = '[leads.columns]\nlead_id = "column_1"\ncreated_at = "column_2"\n'
    (folder / "by_hand.toml").write_text(by_hand, encoding="utf-8")

    assert loaded(folder, "--mapping", str(folder / "by_hand.toml"), leads="leads.csv") == 2
    assert (
        loaded(folder, "--mapping", str(folder / "by_hand.toml"), "--header", "none", leads="leads.csv") == 0
    )


@pytest.mark.parametrize("word", ["first", "-1", "0", "leads=x"])
def test_a_header_that_is_no_row_is_one_clear_line(files, capsys, word):
    """A number, or none."""
    folder = files(leads=LEADS)

    assert loaded(folder, "--header", word, leads="leads.csv") == 2
    assert "--header needs the number of a row, or none" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("leads", "more", "why"),
    [
        ("lead_id,created_at\n", (), "has a header but no rows"),
        ("lead_id,created_at\nada,1/2/2026\n", (), "may be day first or month first"),
        (LEADS, ("--mapping", "nowhere.toml"), "There is no mapping file"),
    ],
    ids=["a file that can't be loaded", "a question with nobody to answer", "no mapping"],
)
def test_a_load_that_fails_by_itself_is_known_to_the_app(files, leads, more, why):
    """A scheduler's log is read by nobody; the people at the screen have to know that it is old."""
    folder = files(leads=leads)

    assert loaded(folder, *more, leads="leads.csv") == 2

    failure = imports.failed(folder / "accord.duckdb")
    assert why in failure.why
    assert failure.files == ("leads.csv",)


def test_the_next_good_load_ends_the_failure(files):
    """What is shown is new again."""
    folder = files(leads=LEADS, broken="lead_id,created_at\n")
    loaded(folder, leads="broken.csv")

    loaded(folder, leads="leads.csv")

    assert imports.failed(folder / "accord.duckdb") is None


def test_nothing_is_noted_beside_a_file_that_accord_did_not_write(files):
    """No load ever comes in there, so the note would stand for ever."""
    folder = files(leads=LEADS)
    with duckdb.connect(folder / "accord.duckdb") as connection:
        connection.execute("create table mine as select 1")

    assert loaded(folder, leads="leads.csv") == 2

    assert imports.failed(folder / "accord.duckdb") is None


def test_a_load_while_another_runs_is_refused_in_one_line(files, capsys):
    """It is no failure either: the other one may well come in."""
    folder = files(leads=LEADS)

    with only_load(folder / "accord.duckdb"):
        assert loaded(folder, leads="leads.csv") == 2

    (said,) = capsys.readouterr().err.splitlines()
    assert said == (
        "Another load into accord.duckdb is under way. Wait until it has ended, then try again; "
        "--wait SECONDS waits for it."
    )
    assert imports.failed(folder / "accord.duckdb") is None


def test_a_load_told_to_wait_comes_in_after_the_other(files):
    """Two schedulers at one minute must not lose a load."""
    folder, go_on = files(leads=LEADS), Event()

    def hold():
        with only_load(folder / "accord.duckdb"):
            go_on.wait(20)

    first = Thread(target=hold)
    first.start()
    while not is_under_way(folder / "accord.duckdb"):
        go_on.wait(0.01)
    second = Thread(target=lambda: loaded(folder, "--wait", "20", leads="leads.csv"))
    second.start()
    go_on.set()
    first.join()
    second.join()

    assert Warehouse(folder / "accord.duckdb").snapshot().has("leads", "source")


def test_ctrl_c_leaves_what_was_loaded_before_and_nothing_else(files):
    """Somebody thought better of it; that is no failure."""
    folder = files(leads=LEADS)
    loaded(folder, leads="leads.csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    many = folder / "many.csv"
    rows = (f"{row},2026-07-01 10:0{row % 10}\n" for row in range(300_000))
    many.write_text("lead_id,created_at\n" + "".join(rows), encoding="utf-8")
    given = ["import", "--leads", many, "--into", folder / "accord.duckdb"]
    with subprocess.Popen(
        [sys.executable, "-c", HEARS_CTRL_C, *given], stderr=subprocess.PIPE, text=True
    ) as load:
        while not (folder / ".accord.duckdb.begun").exists():
            assert load.poll() is None
        load.send_signal(signal.SIGINT)
        _, said = load.communicate()
    many.unlink()

    assert load.returncode == 130
    assert said.splitlines()[-1] == "The load was cancelled. What was loaded before is still there."
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("leads.csv", "would write over what is read"),
        ("accord.duckdb", "would write over what is read"),
        ("other.sqlite", "is a database"),
        ("nowhere/aside.csv", "a folder that is there"),
    ],
)
def test_what_is_set_aside_is_written_over_nothing_else(files, capsys, place, says):
    """The file that was exported is often the only one."""
    folder = files(leads=LEADS + "dot,no day,web,3\n")
    (folder / "other.sqlite").write_bytes(b"SQLite format 3\0 and so on")
    loaded(folder, leads="leads.csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert loaded(folder, "--set-aside", str(folder / place), leads="leads.csv") == 2
    assert says in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_where_the_rows_set_aside_are_is_said(files, capsys):
    """Of two tables they come in two files."""
    folder = files(leads=LEADS + "dot,no day,web,3\n", deals=DEALS + "d9,ada,no day,2026-07-20,3,true\n")

    loaded(folder, "--set-aside", str(folder / "aside.csv"), leads="leads.csv", deals="deals.csv")

    said = capsys.readouterr().out
    assert f"{folder / 'aside-leads.csv'} and {folder / 'aside-deals.csv'}." in said
