"""Values that stand for no value: known texts, the days of empty databases, keys of zeros."""

import re

from alignment.metrics.query import literal
from alignment.store.intake.samples import Sample, without
from alignment.store.intake.workbench import Workbench

_MOST_TOLD = 3
_MOST_SPELLINGS = 100
_MIDNIGHT = r"([T ,]{1,2}(0?0:00|12:00 ?[Aa][Mm])(:00(\.0+)?)?( ?(Z|UTC|GMT|[+-]00(:?00)?|[Aa][Mm]))?)?"
_EMPTY_DAY = (
    r"(0+|0000[-/]00[-/]00|0001[-/]01[-/]01|1899[-/]12[-/]3[01]|1900[-/]01[-/]0[01]|1970[-/]01[-/]01"
    r"|(2999|9999)[-/]12[-/]31|1/0/1900|0?0[-/.]0?0[-/.]0000|0?1[-/.]0?1[-/.](0001|1900|1970)"
    r"|3[01][-/.]12[-/.](1899|2999|9999)|12[-/.]3[01][-/.](1899|2999|9999))" + _MIDNIGHT
)
_EMPTY_KEY = "0+(AAA)?"
_YEAR_FIRST = re.compile(r"\d{4}-.*")


def empty_days(bench: Workbench, relation: str, value: str, sample: Sample) -> dict[str, int]:
    """Return the days of a column that no event has (1900-01-01, 9999-12-31 …), as written, with counts."""
    least, greatest = sample.least or "", sample.greatest or ""
    year_first = _YEAR_FIRST.fullmatch(least) and _YEAR_FIRST.fullmatch(greatest)
    if year_first and least > "1970-01-02" and greatest < "2999":
        return {}
    return _spelled(bench, relation, value, _EMPTY_DAY)


def empty_keys(bench: Workbench, relation: str, value: str, sample: Sample) -> dict[str, int]:
    """Return the keys of zeros only, which name no record, as written, with counts."""
    if not (sample.least or "").startswith("0"):
        return {}
    return _spelled(bench, relation, value, _EMPTY_KEY)


def known_texts(bench: Workbench, relation: str, cell: str, placeholders: tuple[str, ...]) -> dict[str, int]:
    """Return the placeholders that stand in a column, with counts."""
    known = ", ".join(literal(text) for text in placeholders)
    return _counted(bench, relation, cell, f"{cell} in ({known})")


def told(found: dict[str, int]) -> str:
    """Say what was read as no value, the commonest first."""
    some = [f"“{text}” in {count:,} rows" for text, count in list(found.items())[:_MOST_TOLD]]
    more = [f"{len(found) - _MOST_TOLD} more texts"] if len(found) > _MOST_TOLD else []
    return f"read as no value: {', '.join([*some, *more])}" if found else ""


def emptied(value: str, found: dict[str, int]) -> str:
    """Return the query text of a value, null where it is one of those found."""
    return without(value, tuple(found))


def _spelled(bench: Workbench, relation: str, value: str, pattern: str) -> dict[str, int]:
    return _counted(bench, relation, value, f"regexp_full_match({value}, {literal(pattern)})")


def _counted(bench: Workbench, relation: str, value: str, condition: str) -> dict[str, int]:
    return dict(
        bench.run(
            f"select {value}, count(*) from {relation} where problem is null and {condition} "
            f"group by 1 order by 2 desc, 1 limit {_MOST_SPELLINGS}"
        )
    )
