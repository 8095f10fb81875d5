"""`digest`: the same words printed, as files, and sent; bad input is one clear line."""

import re
from datetime import date

import pytest

from alignment.__main__ import main
from alignment.config import settings
from alignment.sample import company

AS_OF = date(2026, 6, 30)
HIDDEN = "s3cr3t-t0ken"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """Write a small sample company."""
    path = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    company.write(path, leads=2_000, as_of=AS_OF)
    return path


@pytest.fixture
def ask(tmp_path, capsys, monkeypatch):
    """Return a function that asks for a digest, beside a ledger of its own."""
    monkeypatch.setenv("ACCORD_LEDGER", f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    settings.cache_clear()

    def answered(path, *arguments):
        capsys.readouterr()
        code = main(["digest", "--warehouse", str(path), *map(str, arguments)])
        return code, capsys.readouterr()

    yield answered
    settings.cache_clear()


def test_the_sample_company_is_told_whole_as_files_and_on_the_screen(ask, sample, tmp_path):
    """All that somebody who was away needs; in both files the same figures."""
    page, text = tmp_path / "digest.html", tmp_path / "digest.txt"
    code, said = ask(sample, "--since", "2026-06-01")
    both, told = ask(sample, "--since", "2026-06-01", "--into", page, "--text", text)

    assert (code, both, told.out.count("The digest is in")) == (0, 0, 2)
    assert said.out == text.read_text(encoding="utf-8")
    wanted = (
        "won of", "Pace:", "Chance to reach it:", "Forecast, 8 in 10:", "Coverage of the goal:",
        "WHAT CHANGED SINCE 1 JUN 2026", "WHAT WE PROMISED", "WHAT WE HAND OVER: VERSION 2", "Signed by",
        "Data as of 30 Jun 2026",
    )  # fmt: skip
    assert [each for each in wanted if each not in said.out] == []
    figures = re.findall(r"[€\d][\d.,]+[KM×%]", said.out.partition("WHAT CHANGED")[0])
    html = page.read_text(encoding="utf-8")
    assert len(figures) > 4
    assert [each for each in figures if each not in html] == []


def test_data_without_a_ledger_says_what_is_not_there_yet(ask, tmp_path):
    """A digest begins no ledger."""
    (tmp_path / "deals.csv").write_text(
        "deal_id,created_at,closed_at,amount,is_won\na,2026-07-01,2026-07-05,9,1"
    )
    own = tmp_path / "own.duckdb"
    assert main(["import", "--deals", str(tmp_path / "deals.csv"), "--into", str(own)]) == 0

    code, said = ask(own)

    assert code == 0
    assert "No goal is set" in said.out
    assert "No definition is in force yet." in said.out
    assert not (tmp_path / "ledger.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "yesterday"), "--since needs a day written as 2026-03-31"),
        (("--start", "2026-04-01"), "give --start and --end"),
        (("--into", "/no/such/folder/digest.html"), "needs a file in a folder that is there"),
        (("--send", f"nosuch://{HIDDEN}"), "Address 1 (nosuch://…) names no place"),
    ],
)
def test_bad_input_is_one_clear_line(ask, sample, arguments, said):
    """And no address is repeated; a folder that is not there is said before anything is counted."""
    code, told = ask(sample, *arguments)

    assert (code, told.out, said in told.err, HIDDEN in told.err) == (2, "", True, False)


def test_a_ledger_that_can_not_be_read_is_said_and_not_taken_for_an_empty_one(ask, sample, tmp_path):
    """To say that no goal is set would be a lie."""
    (tmp_path / "sample-ledger.sqlite").write_text("no database")

    code, told = ask(sample)

    assert (code, told.out, "ledger can't be opened" in told.err) == (2, "", True)


def test_addresses_can_come_from_the_environment(ask, sample, monkeypatch):
    """So that no list of running programs shows them."""
    monkeypatch.setenv("ACCORD_SEND", f"nosuch://{HIDDEN}")

    code, told = ask(sample)

    assert (code, "Address 1 (nosuch://…)" in told.err, HIDDEN in told.err) == (2, True, False)
