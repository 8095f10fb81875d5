"""Spellings of one value: found and proposed for merging, never merged unasked."""

import unicodedata
from collections import defaultdict
from dataclasses import replace

from alignment.metrics.query import literal, quoted
from alignment.store.intake.receipt import ColumnReceipt, Spelling, TableReceipt, Twins
from alignment.store.intake.workbench import Workbench

_MOST_VALUES = 1_000
_FEW_VALUES = 20
_SAME_AS = {
    **dict.fromkeys(("us", "usa", "unitedstatesofamerica"), "unitedstates"),
    **dict.fromkeys(("uk", "gb", "greatbritain"), "unitedkingdom"),
    "deutschland": "germany",
    "brasil": "brazil",
    "espana": "spain",
    "osterreich": "austria",
    "schweiz": "switzerland",
    "nederland": "netherlands",
    "italia": "italy",
    "uae": "unitedarabemirates",
}
"""Names of one country, without case, spaces, punctuation and accents."""


def with_twins(bench: Workbench, table: TableReceipt) -> TableReceipt:
    """Return a table's receipt with the spellings of its categories that look like one value."""
    found = [
        twins for column in table.columns if _is_category(column) for twins in _twins(bench, table, column)
    ]
    return replace(table, twins=tuple(found))


def _is_category(column: ColumnReceipt) -> bool:
    return column.kind == "text" and column.rule == "columns" and 1 < (column.distinct or 0) <= _MOST_VALUES


def _twins(bench: Workbench, table: TableReceipt, column: ColumnReceipt) -> list[Twins]:
    name = quoted(column.name)
    rows = bench.run(
        f"select {name}, count(*) from target.{table.table} where {name} is not null "
        f"group by 1 order by 2 desc, 1 limit {2 * _MOST_VALUES}"
    )
    if len(rows) > max(
        _FEW_VALUES, sum(count for _text, count in rows) / 2
    ):  # names of people and companies, no categories
        return []
    alike: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for text, count in rows:
        alike[_bare(text)].append((text, count))
    several = [group for key, group in alike.items() if key and len(group) > 1]
    amounts = _amounts(bench, table.table, name, [text for group in several for text, _count in group])
    return [
        Twins(
            column.name,
            column.origin,
            tuple(Spelling(text, count, amounts.get(text)) for text, count in group),
        )
        for group in several
    ]


def _bare(text: str) -> str:
    """Return a value without case, spaces, punctuation and accents, countries by one name."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in letters if letter.isalnum())
    return _SAME_AS.get(bare, bare)


def _amounts(bench: Workbench, table: str, name: str, texts: list[str]) -> dict[str, float]:
    """Return the sum of the amounts of the deals behind each spelling, where there are deals with amounts."""
    deals = bench.columns("target", "deals")
    if not texts or "amount" not in deals or "currency" in deals:
        return {}
    if table == "deals":
        source = f"select {name} as text, amount from target.deals"
    elif table == "leads" and bench.columns("target", "deal_leads"):
        source = (
            f"select leads.{name} as text, deals.amount from target.leads "
            "join target.deal_leads using (lead_id) join target.deals using (deal_id)"
        )
    else:
        return {}
    known = ", ".join(map(literal, texts))
    found = bench.run(f"select text, sum(amount) from ({source}) where text in ({known}) group by 1")
    return {text: float(amount) for text, amount in found if amount is not None}
