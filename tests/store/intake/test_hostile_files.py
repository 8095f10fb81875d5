"""Rules of files that mean harm: refused in a sentence, or data; nothing is run, fetched or swollen."""

import json
from zipfile import ZipFile

import duckdb
import pytest
from openpyxl import Workbook

from alignment.errors import UnreadableFileError
from alignment.store.intake import Sources, load
from alignment.store.intake.dialect import LONGEST_CELL, LONGEST_LINE

SHEET = "xl/worksheets/sheet1.xml"
LONG = "x" * (LONGEST_CELL + 1)


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook of one lead; `workbook(part, old, new)` changes the text of one of its parts."""

    def written(part, old, new, before=b""):
        plain, path = tmp_path / "plain.xlsx", tmp_path / "leads.xlsx"
        book = Workbook()
        for row in (["lead_id", "created_at"], ["ada", "2026-07-01"]):
            book.active.append(row)
        book.save(plain)
        with ZipFile(plain) as source, ZipFile(path, "w") as target:
            for name in source.namelist():
                content = source.read(name)
                if name == part:
                    content = before + content.replace(old, new)
                target.writestr(name, content)
        return path

    return written


def refused(path, tmp_path):
    """Return the sentence with which a file is refused."""
    with pytest.raises(UnreadableFileError) as refusal:
        load(Sources(path), tmp_path / "accord.duckdb")
    return str(refusal.value)


def test_a_workbook_of_entities_that_multiply_is_refused(workbook, tmp_path):
    """A thousand letters that become a billion."""
    nested = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    before = f'<!DOCTYPE x [<!ENTITY a "ha">{nested}]>'.encode()
    path = workbook(SHEET, b"ada", b"&j;", before)

    assert refused(path, tmp_path) == (
        "leads.xlsx is damaged: its rows can't be read to their end. Save it again."
    )


def test_a_workbook_can_not_bring_in_a_file_of_the_server(workbook, tmp_path):
    """An entity that names a file is not followed."""
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    before = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt">]>'.encode()
    path = workbook(SHEET, b"ada", b"&a;", before)

    assert refused(path, tmp_path).startswith("leads.xlsx is damaged")


def test_a_damaged_row_of_a_workbook_is_a_sentence(workbook, tmp_path):
    """Not a traceback."""
    path = workbook(SHEET, b"</sheetData>", b"</sheet")

    assert refused(path, tmp_path) == (
        "leads.xlsx is damaged: its rows can't be read to their end. Save it again."
    )


def test_a_value_of_more_than_a_megabyte_is_refused_in_every_format(workbook, tmp_path):
    """Nobody reads it, and every screen would have to carry it."""
    parquet, lines = tmp_path / "leads.parquet", tmp_path / "leads.jsonl"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select 'ada' as lead_id, '2026-07-01' as created_at, '{LONG}' as note) to '{parquet}'"
        )
    lead = {"lead_id": "ada", "created_at": "2026-07-01", "note": "x" * LONGEST_LINE}
    lines.write_text(json.dumps(lead) + "\n", encoding="utf-8")
    excel = workbook(SHEET, b"ada", LONG.encode())
    csv = tmp_path / "leads.csv"
    csv.write_text(f"lead_id,created_at,note\nada,2026-07-01,{LONG}\n", encoding="utf-8")

    assert "leads.csv holds a value longer than 1 MB" in refused(csv, tmp_path)
    assert "leads.parquet holds a value longer than 1 MB" in refused(parquet, tmp_path)
    assert "leads.jsonl has a line longer than 8 MB" in refused(lines, tmp_path)
    assert "leads.xlsx, row 2 holds a value longer than 1 MB" in refused(excel, tmp_path)


def test_a_small_parquet_file_of_endless_rows_is_refused(tmp_path):
    """Sixty kilobytes that say they are twenty million leads: each has a key of its own, so they are none."""
    path = tmp_path / "leads.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"copy (select 'ada' as lead_id from range(21_000_000)) to '{path}'")

    assert refused(path, tmp_path) == (
        "leads.parquet says that it holds 21,000,000 rows, too many for its size. Export it again."
    )


def test_an_endless_line_is_refused_without_reading_it(tmp_path):
    """A gigabyte of one field takes neither a gigabyte of memory nor a second."""
    path = tmp_path / "leads.csv"
    with path.open("wb") as file:
        file.write(b"lead_id,created_at,note\nada,2026-07-01,")
        file.seek(1 << 30)  # a hole: it takes no room on the disk
        file.write(b"\n")

    assert "has a line longer than 8 MB" in refused(path, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f600",
        "\u202eadA",
        "../../etc/passwd",
        "=1+1",
        "<img src=x onerror=alert(1)>",
        '"; drop table leads; --',
        "%n\\x00",
    ],
)
def test_a_hostile_text_is_loaded_letter_by_letter_as_name_and_as_value(tmp_path, text, loaded):
    """It is somebody's data until somebody shows it, and then it is plain text."""
    path = tmp_path / "leads.jsonl"
    path.write_text(json.dumps({"lead_id": text, "created_at": "2026-07-01", text: text}), encoding="utf-8")

    result = loaded(leads=path)

    assert result.values("select lead_id from leads") == [text]
    quoted = text.replace("\u202e", " ").strip().replace('"', '""')
    assert result.values(f'select "{quoted}" from leads') == [text]
