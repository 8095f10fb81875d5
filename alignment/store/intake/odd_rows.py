"""Rows that are no data, found by evidence and set aside: the header again, totals, a footer."""

import re
from collections.abc import Iterator, Sequence

from alignment.metrics.query import literal
from alignment.store.intake.header_row import HeaderRow
from alignment.store.intake.staged import PROBLEM, ROW, SPILT, WRONG_WIDTH, cells_of, problem
from alignment.store.intake.workbench import Workbench

HEADER_AGAIN = problem("the header again", "it repeats the names of the columns")
TOTAL = problem("a total", "it sums up other rows")
FOOTER = problem("a footer", "it says something about the whole file")

_TOTAL_TEXT = (
    r"(?i)(?:grand |sub|sub-|sub )?(?:totals?|totale|total geral)\b.{0,40}"
    r"|(?:summe|zwischensumme|gesamt(?:summe)?|somme|suma|sum|count|anzahl)\b.{0,20}"
)
_TOTAL_BEGINNINGS = ("gra", "sub", "tot", "sum", "zwi", "ges", "som", "cou", "anz")
_TOTAL = re.compile(_TOTAL_TEXT)
_SUM = re.compile(r"[-+(]?[^\w\s]{0,2} ?\d[\d.,' \u00a0]*[^\w\s]?\)?(?: ?[A-Z]{3})?")
_FOOTER = re.compile(
    r"(?i)(?:©|\(c\)|copyright|confidential|generated|created|exported|printed|report|filter|as of|source:"
    r"|page \d|end of|erstellt|exportiert|vertraulich|stand:|bericht|seite \d|quelle:"
    r"|\d[\d,.]* (?:rows|records)\b"
    r"|rows?:|records?:).*",
    re.DOTALL,
)
_LAST_ROWS = 12
_MOST_TOTALS = 100_000
_MANY_COLUMNS = 3


def with_odd_rows(bench: Workbench, name: str, header: HeaderRow) -> None:
    """Create the view `name` of the view `name_rows`, each row that is no data with its problem."""
    found = {**_headers_again(bench, name, header), **_totals(bench, name, header)}
    found |= _footers(bench, name, header)
    if not found:
        bench.run(f"create view scratch.{name} as from scratch.{name}_rows")
        return
    bench.run(f"create table scratch.{name}_odd ({ROW} bigint, what varchar)")
    rows = [f"({row}, {literal(what)})" for row, what in found.items()]
    bench.run(f"insert into scratch.{name}_odd values {', '.join(rows)}")
    bench.run(
        f"create view scratch.{name} as select whole.* replace "
        f"(coalesce(what, {PROBLEM}) as {PROBLEM}) "
        f"from scratch.{name}_rows as whole left join scratch.{name}_odd as odd using ({ROW})"
    )


def _headers_again(bench: Workbench, name: str, header: HeaderRow) -> dict[int, str]:
    """Return the rows that are the header once more, cell by cell."""
    if not any(header.written):
        return {}
    cells = cells_of(header.headers)
    filled = [place for place, text in enumerate(header.written) if text]
    ordered = [*filled, *(place for place in range(len(cells)) if place not in filled)]
    same = " and ".join(
        f"{cells[place]} = {literal(text)}" if (text := header.written[place]) else f"{cells[place]} is null"
        for place in ordered
    )
    rows = bench.run(f"select {ROW} from scratch.{name}_rows where {same} limit {_MOST_TOTALS}")
    return {row: HEADER_AGAIN for (row,) in rows}


def _totals(bench: Workbench, name: str, header: HeaderRow) -> dict[int, str]:
    """Return the rows that begin with a word for a total and hold nothing else but numbers."""
    cells = cells_of(header.headers)
    if len(cells) == 1:
        return {}
    # Patterns are dear: the first letters tell of nearly all rows that they are no totals.
    begins = f"case when lower(left({cells[0]}, 3)) in {_TOTAL_BEGINNINGS!r} "
    begins += f"then regexp_full_match({cells[0]}, {literal(_TOTAL_TEXT)}) else false end"
    likely = bench.run(
        f"select {ROW} from scratch.{name}_rows where {begins} limit {_MOST_TOTALS}", "Looking for totals"
    )
    if not likely:
        return {}
    rows = bench.run(
        f"select {ROW}, {', '.join(cells)} from scratch.{name}_rows "
        f"where {ROW} in ({', '.join(str(row) for (row,) in likely)})"
    )
    return {row: TOTAL for row, *texts in rows if _is_total(texts)}


def _footers(bench: Workbench, name: str, header: HeaderRow) -> dict[int, str]:
    """Return the rows at the file's end that are totals, or a sentence about the file."""
    cells = cells_of(header.headers)
    if len(cells) < _MANY_COLUMNS:
        return {}
    rows = bench.run(
        f"select {ROW}, {PROBLEM}, {SPILT}, {', '.join(cells)} from scratch.{name}_rows "
        f"order by {ROW} desc limit {_LAST_ROWS}"
    )
    return dict(_from_the_end(rows))


def _from_the_end(
    rows: Sequence[tuple[int, str | None, str | None, *tuple[str | None, ...]]],
) -> Iterator[tuple[int, str]]:
    """Yield what the last rows are, from the last one upwards, until one is data."""
    for row, wrong, spilt, *cells in rows:
        is_ragged = bool(wrong) and wrong.startswith(WRONG_WIDTH)
        texts = [spilt] if is_ragged else cells
        if _is_total(texts):
            yield row, TOTAL
        elif _is_footer(texts):
            yield row, FOOTER
        elif not wrong:
            return


def _is_total(cells: Sequence[str | None]) -> bool:
    first, *others = [cell for cell in cells if cell] or [""]
    return bool(_TOTAL.fullmatch(first)) and all(_SUM.fullmatch(cell) for cell in others)


def _is_footer(cells: Sequence[str | None]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) == 1 and bool(_FOOTER.fullmatch(filled[0]))
