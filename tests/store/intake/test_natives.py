"""Rules of columns staged as what they are: it is faster, and nothing of a text is ever lost or guessed."""

import json
from datetime import datetime

import pytest

from alignment.store.intake.natives import Native, natives_in

ROWS = 400
"""So many rows that the last ones are not among those that are looked at first."""


def many(texts, last, name="seen"):
    """Draw a file of leads whose column looks like the first texts until the last row."""
    cells = [*(texts[row % len(texts)] for row in range(ROWS)), last]
    return f"lead_id,created_at,{name}\n" + "".join(
        f"l{row},2026-07-01,{cell}\n" for row, cell in enumerate(cells)
    )


@pytest.mark.parametrize(
    ("texts", "native"),
    [
        (("2026-07-01 08:00:00", ""), Native.TIME),
        (("2026-07-01",), Native.DAY),
        (("12", "-3", "0"), Native.WHOLE),
        (("true", "false"), Native.FLAG),
        (("007",), None),
        (("2026-07-01T08:00:00Z",), None),
        (("yes", "no"), None),
        (("12", "1.5"), None),
        (("",), None),
    ],
)
def test_a_column_is_native_only_where_its_text_comes_back_from_its_value(texts, native):
    """Codes, zones and words for yes are texts, read with more care."""
    assert natives_in([[text] for text in texts], 1) == ({"c0": native} if native else {})


@pytest.mark.parametrize(
    ("texts", "last", "value"),
    [
        (("12", "40"), "007", "007"),
        (("12", "40"), "about 50", "about 50"),
        (("2026-07-01",), "2026-07-32", "2026-07-32"),
        (("2026-07-01",), "12026-07-01", "12026-07-01"),
        (("2026-07-01 08:00:00",), "soon", "soon"),
        (("true", "false"), "maybe", "maybe"),
    ],
)
def test_one_text_that_does_not_fit_is_kept_as_it_is_written(loaded, texts, last, value):
    """The column is then text, every letter of it, although its first rows looked like more."""
    leads = loaded(leads=many(texts, last))

    assert leads.values(f"select seen from leads where lead_id = 'l{ROWS}'") == [value]
    assert leads.values("select seen from leads where lead_id = 'l0'") == [texts[0]]


def test_a_late_instant_with_an_offset_is_the_instant_that_it_says(loaded):
    """Read without its offset it would be two hours off, and nobody would see it."""
    leads = loaded(leads=many(("2026-07-01 08:00:00",), "2026-07-01 08:00:00+02", "mql_at"))

    assert leads.values(f"select mql_at from leads where lead_id = 'l{ROWS}'") == [datetime(2026, 7, 1, 6)]


def test_a_row_set_aside_keeps_its_cells_as_they_are_written(loaded):
    """Its owner looks for the very same text in the file."""
    leads = loaded(leads=many(("12", "40"), "41") + "zoe,soon,42\n")

    (cells,) = leads.values("select cells from set_aside")
    assert json.loads(cells) == {"lead_id": "zoe", "created_at": "soon", "seen": "42"}


def test_a_blank_row_late_in_a_file_still_counts_in_the_row_numbers(loaded):
    """Whoever goes to row 403 must find the row that is meant."""
    leads = loaded(leads=many(("12",), "13") + "\nx,soon,14\n")

    assert leads.values("select row_number from set_aside") == [ROWS + 4]


def test_a_text_column_of_the_contract_holds_what_stood_in_the_file(loaded):
    """A source that looks like a day or a number is a source all the same, letter by letter."""
    usual = ("2026-07-01 08:00:00", "2026-07-01", "12", "true")
    odd = ("2026-07-01 8:00", "01.07.2026", "+12", "TRUE")
    header = "lead_id,created_at,source,campaign,owner,stage\n"
    rows = [*([usual] * ROWS), odd]
    lines = (f"l{row},2026-07-01,{','.join(cells)}\n" for row, cells in enumerate(rows))

    leads = loaded(leads=header + "".join(lines))

    found = leads.rows("select source, campaign, owner, stage from leads order by source = '2026-07-01 8:00'")
    assert found == rows
