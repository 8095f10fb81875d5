"""Columns staged as what they are (times, days, whole numbers, flags), beside the few texts that are none.

A text is staged as its value only where it comes back from it letter by letter; any other stays as it is, in
`rest`. So nothing is lost or guessed: a column counts as native where no text of it is left over.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from alignment.metrics.query import literal

REST = "rest"
"""The texts that are not what their column looked like: a JSON object of cells, null in most rows."""


class Native(StrEnum):
    """What the values of a column are, as the database calls it."""

    TIME = "timestamp"
    DAY = "date"
    WHOLE = "bigint"
    FLAG = "boolean"


Natives = Mapping[str, Native]
"""By cell (`c5`), what all its values are; they stand in a column beside it (`n5`)."""

_LOOKS = {
    Native.TIME: re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"),
    Native.DAY: re.compile(r"\d{4}-\d\d-\d\d"),
    Native.WHOLE: re.compile(r"0|-?[1-9]\d{0,17}"),
    Native.FLAG: re.compile("true|false"),
}
_MAY_LOOK = {
    Native.TIME: re.compile(r"\d{4}-\d\d-\d\d "),
    Native.DAY: re.compile(r"\d{4}-\d\d-\d\d$"),
    Native.WHOLE: re.compile(r"-?\d+$"),
    Native.FLAG: re.compile("(true|false)$"),
}
YEARS = {
    Native.TIME: "between timestamp '0001-01-01' and timestamp '9999-12-31 23:59:59.999999'",
    Native.DAY: "between date '0001-01-01' and date '9999-12-31'",
}
_PLACES = 24
_BYTES_A_PLACE = 1 << 14


def native_cell(cell: str) -> str:
    """Return the identifier of the column that holds a cell's values."""
    return f"n{cell[1:]}"


def natives_in(records: Iterable[Sequence[str]], width: int) -> dict[str, Native]:
    """Return what each column of these records looks like; a column without values looks like nothing."""
    seen: list[set[str]] = [set() for _ in range(width)]
    for record in records:
        if len(record) == width:
            for texts, text in zip(seen, record, strict=True):
                texts.add(text)
    return {f"c{place}": native for place, texts in enumerate(seen) if (native := _native(texts - {""}))}


def records_within(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Yield records from places all over a file; one that a quoted line end cuts in two may be among them."""
    size = path.stat().st_size
    with path.open("rb") as file:
        for place in range(1, _PLACES):
            file.seek(size * place // _PLACES)
            block = file.read(_BYTES_A_PLACE).decode(encoding, errors="replace")
            lines = block.splitlines()[1:-1]
            try:
                yield from csv.reader(lines, delimiter=delimiter)
            except csv.Error:
                continue


def native_value(cell: str, native: Native) -> str:
    """Return the query text of a cell's value, null where the text is not exactly that value's own."""
    if native is Native.FLAG:
        return f"case {cell} when 'true' then true when 'false' then false end"
    value = f"try_cast({cell} as {native})"
    fits = f"cast({value} as varchar) = {cell}"
    if native in YEARS:
        fits += f" and {value} {YEARS[native]}"
    return f"case when {fits} then {value} end"


def rest_of(texts: Mapping[str, str]) -> str:
    """Return the query text of the texts left over in a row; `texts` are those of the cells, by cell."""
    lost = " or ".join(f"({cell} is not null and {native_cell(cell)} is null)" for cell in texts)
    kept = ", ".join(
        f"{literal(cell)}, case when {native_cell(cell)} is null then {text} end"
        for cell, text in texts.items()
    )
    return f"case when {lost} then json_object({kept}) end"


def left_over(cell: str) -> str:
    """Return the query text of the text that was left over in a cell."""
    return f"json_extract_string({REST}, {literal(cell)})"


def text_of(cell: str, *, is_whole: bool) -> str:
    """Return the query text of a natively staged cell's text; `is_whole` where no text was left over."""
    text = f"cast({native_cell(cell)} as varchar)"
    return text if is_whole else f"coalesce({text}, {left_over(cell)})"


def may_hold(native: Native, text: str) -> bool:
    """Tell whether a native column may hold that text."""
    return bool(_MAY_LOOK[native].match(text))


def nothing_in(cells: Iterable[str], natives: Natives) -> str:
    """Return the query text that tells whether a staged row has no value at all."""
    empty = [f"{native_cell(cell) if cell in natives else cell} is null" for cell in cells]
    if natives:
        lost = " and ".join(f"{left_over(cell)} is null" for cell in natives)
        empty.append(f"({REST} is null or ({lost}))")
    return " and ".join(empty)


def _native(texts: set[str]) -> Native | None:
    if not texts:
        return None
    return next((native for native, looks in _LOOKS.items() if all(map(looks.fullmatch, texts))), None)
