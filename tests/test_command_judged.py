"""The command line on judged MQLs and the bridge: by the ledger's versions, else one clear line."""

import json
from datetime import date, datetime

import pytest

from alignment.__main__ import main
from alignment.domain.agreement import Person, Side, Signature, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.store.ledger import Ledger

LEVELS = (Level("raw", 0), Level("hot", 50, enters_hand_off=True))
OWN = """lead_id,created_at,mql_at,sql_at,company_size
ada,2026-05-01,2026-05-02,2026-05-20,50
bob,2026-08-05,2026-08-06,,500
eve,2026-08-05,2026-08-06,,50
"""


def version(number, size, day):
    """A version that asks for a company of that size."""
    definition = Definition((Criterion("s", "company_size", Comparison.AT_LEAST, size, 50),), LEVELS)
    signed = tuple(
        Signature(Person(side, Side(side)), datetime(2026, 1, 1), 0) for side in ("marketing", "sales")
    )
    return Version(number, definition, Terms("why", day), signed)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Import a company of one's own, with two versions in its ledger; reports only read."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "leads.csv").write_text(OWN)
    warehouse, ledger = folder / "own.duckdb", f"sqlite:///{folder / 'ledger.sqlite'}"
    assert main(["import", "--leads", str(folder / "leads.csv"), "--into", str(warehouse)]) == 0
    Ledger(ledger, lambda: (version(1, 10, date(2026, 1, 1)), version(2, 100, date(2026, 8, 1)))).close()
    return "--warehouse", str(warehouse), "--ledger", ledger


@pytest.fixture
def told(own, capsys):
    """Return a function that asks for a report as JSON."""
    capsys.readouterr()

    def asked(*words):
        assert main(["report", *words, *own, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return asked


@pytest.mark.parametrize(("judged", "mqls"), [("recorded", 3), ("as-was", 2), ("2", 1), ("version 1", 3)])
def test_mqls_are_judged_as_asked(told, judged, mqls):
    """And each row says by what."""
    (row,) = told("conversion", "--from", "mql", "--to", "sql", "--within", "ever", "--judged", judged)

    assert row["denominator"] == mqls
    assert row["judged"] == judged.removeprefix("version ")


def test_without_the_option_the_record_counts(told):
    """As it always did."""
    (row,) = told("conversion", "--from", "mql", "--to", "sql", "--within", "ever")

    assert (row["denominator"], row["judged"]) == (3, "recorded")


def test_a_bridge_is_told_with_its_parts(told):
    """Between any two periods, and they sum."""
    found = told(
        "bridge",
        *("--start", "2026-07-01", "--end", "2026-10-01"),
        *("--before-start", "2026-04-01", "--before-end", "2026-07-01"),
    )

    assert (found["before"]["mqls"], found["now"]["mqls"]) == (1, 2)
    assert (found["demand"], found["definition"], found["data"]) == (1, -1, 1)
    assert (found["version_before"], found["other_versions"]) == ("version 1", ["version 2"])


def test_a_bridge_is_printed_a_line_a_part(own, capsys):
    """Before, three parts, now, under one header."""
    capsys.readouterr()
    assert main(["report", "bridge", *own]) == 0

    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()][2:5] == [
        "demand",
        "definition",
        "data",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["conversion", "--from", "mql", "--to", "sql", "--judged", "7"], "one of recorded, as-was, 2, 1"),
        (["bridge", "--start", "2026-07-01"], "give --start and --end"),
        (["bridge", "--before-end", "2026-07-01"], "give --before-start and --before-end"),
    ],
)
def test_bad_input_ends_with_one_clear_line(own, capsys, words, sentence):
    """Exit code 2, and what there is to choose."""
    capsys.readouterr()
    assert main(["report", *words, *own]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "words", [["bridge"], ["conversion", "--from", "mql", "--to", "sql", "--judged", "as-was"]]
)
def test_without_a_ledger_none_is_begun_and_the_way_to_one_is_named(own, tmp_path, capsys, words):
    """A report writes nothing."""
    missing = tmp_path / "none.sqlite"
    capsys.readouterr()
    assert main(["report", *words, *own[:2], "--ledger", f"sqlite:///{missing}"]) == 2
    assert "There is no ledger at" in capsys.readouterr().err
    assert not missing.exists()
