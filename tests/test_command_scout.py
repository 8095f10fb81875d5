"""Rules of `python -m alignment definition scout`: drawn into a file for the CRM, kept, and told."""

import csv
import json

import pytest

from alignment.__main__ import main
from alignment.sample import company

ADA = ("--name", "Ada", "--side", "marketing")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """Write a small sample company once."""
    path = tmp_path_factory.mktemp("warehouse") / "accord.duckdb"
    company.write(path, leads=500)
    return path


@pytest.fixture
def scout(warehouse, tmp_path, capsys):
    """Run `definition scout …` on a ledger of its own; return exit code, output and complaint."""

    def run(*words):
        ledger = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
        where = ("--ledger", ledger, "--warehouse", str(warehouse))
        code = main(["definition", "scout", *map(str, words), *where])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_sample_is_written_for_the_crm_and_told_from_then_on(scout, tmp_path):
    """The file holds whom the ledger holds; nobody of them has been worked."""
    file = tmp_path / "scouts.csv"
    before = json.loads(scout("--json")[1])

    code, _, said = scout("--into", file, "--share", "0.5", *ADA)

    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    after = json.loads(scout("--json")[1])
    assert code == 0
    assert said.startswith(f"Scout sample 1: {len(rows)} leads are in {file}")
    assert len(rows) == round(before["could_be_drawn"] * 0.5)
    assert {row["level"] for row in rows} == {"scout"}
    assert (after["drawn"], after["unworked"], after["judged"]) == (len(rows), len(rows), 0)
    assert after["could_be_drawn"] == before["could_be_drawn"] - len(rows)


def test_without_a_sample_it_says_so_and_how_many_could_be_drawn(scout):
    """Looking draws nothing."""
    code, out, _ = scout()

    assert code == 0
    assert out.startswith("No scout sample has been drawn yet.\n")
    assert "more leads could be drawn." in out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--into", "scouts.csv"), "--side needs one of marketing, sales"),
        (("--into", "scouts.txt", *ADA), "ending in .csv or .parquet"),
        (("--into", "nowhere/scouts.csv", *ADA), "needs a file in a folder that is there"),
        (("--into", "scouts.csv", "--share", "1.5", *ADA), "at most 100 %"),
        (("--into", "scouts.csv", "--side", "sales"), "Please give your name"),
    ],
)
def test_what_cannot_be_written_draws_nobody(scout, tmp_path, words, complaint):
    """One line says what to change, and no sample is kept."""
    words = [tmp_path / word if "scouts" in word else word for word in words]

    code, _, said = scout(*words)

    assert code == 2
    assert complaint in said
    assert json.loads(scout("--json")[1])["drawn"] == 0
