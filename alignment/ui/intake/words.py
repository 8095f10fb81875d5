"""What the import page says: about tables, columns, what is replaced, and what a load brought."""

import re
from collections.abc import Sequence
from datetime import datetime

from alignment.domain.contract import TABLES, Kind, Table
from alignment.imports import Held, Present, Receipt
from alignment.ui.intake.choice import TABLE_WORDS, Chosen
from alignment.ui.words import Words, day

KIND_WORDS = {
    Kind.KEY: "key",
    Kind.TEXT: "text",
    Kind.INSTANT: "date and time",
    Kind.DAY: "day",
    Kind.MONEY: "money",
    Kind.NUMBER: "number",
    Kind.FLAG: "yes or no",
}
FOREIGN = (
    "Import is off: ACCORD_WAREHOUSE names a database that Accord did not write. "
    "It is opened in place, read-only, and never overwritten. "
    "To load files here, let ACCORD_WAREHOUSE name another file."
)
_NO_WORDS = re.compile(r"[^\w.-]+")
READ = {
    "Leads": "A key, and the day each lead became known. Without days, whether it became an opportunity.",
    "Deals": "A key, and a day. With amounts we see revenue, with the lead's key what became of it.",
    "More, if there is": "Touches, spend, exchange rates, stage history, holidays: each brings panels.",
}
"""What to bring, before any file is there."""


def spoken(name: str) -> str:
    """Return a name for a label that is only read out: words and points, nothing that could be markup."""
    return _NO_WORDS.sub(" ", name).strip()


def table(name: str | None) -> str:
    """Name a table as people do."""
    return TABLE_WORDS[name] if name else "None: leave this file out"


def why_table(likely: str | None, by_values: str | None = None) -> str:
    """Say why a table was suggested: for its columns' names, or only for what stands in them."""
    if likely is None and by_values:
        return f"Its names fit none of our tables; by its values it may be {TABLE_WORDS[by_values].lower()}."
    if likely is None:
        return "Its columns fit none of our tables: choose one, or leave it out."
    needs = " and ".join(" or ".join(group) for group in TABLES[likely].needs)
    return f"Looks like {TABLE_WORDS[likely].lower()}: it has {needs}."


def our_column(table: Table, name: str | None) -> str:
    """Name one of our columns with its meaning."""
    if name is None:
        return "Keep as an attribute" if table.keeps_other_columns else "Leave out"
    column = table.column(name)
    return f"{name}: {column.meaning}" if column else name


def replaces(present: Present, chosen: Sequence[Chosen], say: Words) -> str:
    """Say what a load would replace, before anybody loads."""
    match present.held:
        case Held.NOTHING | Held.FOREIGN:
            return "Nothing is loaded yet."
        case Held.SAMPLE:
            return "This replaces the sample company on every open screen. If the load fails, it stays."
        case Held.OWN:
            return f"{_own(present, say)}{_gone(present, chosen, say)} If the load fails, all of it stays."


def _own(present: Present, say: Words) -> str:
    whose = f" of {present.company.name}" if present.company.name else ""
    if present.receipt is None:
        return f"This replaces the data{whose} on every open screen."
    tables = ", ".join(f"{say.count(table.loaded)} {table.table}" for table in present.receipt.tables)
    return f"This replaces the data{whose} ({tables}) on every open screen."


def _gone(present: Present, chosen: Sequence[Chosen], say: Words) -> str:
    if present.receipt is None:
        return ""
    coming = {file.table.name for file in chosen}
    gone = [table for table in present.receipt.tables if table.table not in coming]
    if not gone:
        return ""
    parts = " and ".join(f"{say.count(table.loaded)} {table.table}" for table in gone)
    return f" Your files hold nothing for {parts}: those would no longer be there."


def headline(receipt: Receipt, say: Words) -> str:
    """Say in one line what a load brought."""
    read, loaded = (sum(getattr(table, name) for table in receipt.tables) for name in ("read", "loaded"))
    if read == loaded:
        return f"All {say.count(read)} rows are in."
    return f"{say.count(loaded)} of {say.count(read)} rows are in."


def up_to(as_of: datetime | None) -> str:
    """Say up to when the loaded data knows anything."""
    return f"The newest event is of {day(as_of.date())}." if as_of else "The data has no dates."
