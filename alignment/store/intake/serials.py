"""Days that a workbook holds as plain numbers: read as days where the column proves that they are."""

import re
from datetime import datetime

from alignment.domain.contract import TABLES, Kind
from alignment.domain.known_names import folded, known_names
from alignment.metrics.query import literal
from alignment.store.intake.headers import Headers
from alignment.store.intake.staged import cells_of
from alignment.store.intake.workbench import Workbench

_SERIAL = r"[2-7][0-9]{4}(\.[0-9]+)?"
_FIRST, _LAST = 25_569, 73_050  # 1970 to 2099
_DAY = r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}( [0-9:.]+)?"
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_DATE_WORDS = frozenset({"date", "datum", "fecha", "data"})


def read_serials(bench: Workbench, name: str, headers: Headers, first_day: datetime) -> tuple[str, ...]:
    """Write the days of columns that prove it as days; return what was done, a sentence a column.

    The proof: other values of the column are days, or all are such numbers and the name is one of a date.
    """
    lines = f"scratch.{name}_lines"
    counts = iter(bench.one(f"select {', '.join(_counts(cell) for cell in cells_of(headers))} from {lines}"))
    notes = []
    for header, cell in zip(headers.names, cells_of(headers), strict=True):
        serials, days, values = next(counts), next(counts), next(counts)
        by_others = bool(days) and serials + days == values
        if serials and (by_others or (serials == values and _is_date_name(header))):
            seconds = f"cast(round(cast({cell} as double) * 86400) as bigint)"
            moment = f"timestamp '{first_day}' + to_microseconds({seconds} * 1000000)"
            text = f"strftime({moment}, '%Y-%m-%d %H:%M:%S')"
            bench.run(f"update {lines} set {cell} = {text} where {_is_serial(cell)}")
            notes.append(f"{header}: {serials:,} plain numbers were read as the days that Excel counts")
    return tuple(notes)


def _counts(cell: str) -> str:
    is_day = f"regexp_full_match({cell}, {literal(_DAY)})"
    return f"count(*) filter ({_is_serial(cell)}), count(*) filter ({is_day}), count({cell})"


def _is_serial(cell: str) -> str:
    fits = f"regexp_full_match({cell}, {literal(_SERIAL)})"
    return f"(case when {fits} then cast({cell} as double) between {_FIRST} and {_LAST} else false end)"


def _is_date_name(header: str) -> bool:
    words = {word.lower() for word in _WORDS.findall(header)}
    return bool(words & _DATE_WORDS) or folded(header) in _NAMES


_NAMES = frozenset(
    folded(name.name)
    for table in TABLES.values()
    for name in known_names(table.name, table.column_names)
    if (column := table.column(name.column)) and column.kind in {Kind.INSTANT, Kind.DAY}
)
