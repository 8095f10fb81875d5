"""The options that the reports share."""

import re
from pathlib import Path
from typing import Annotated

import typer

from alignment.config import settings
from alignment.errors import UnknownTermError
from alignment.store.warehouse import Warehouse

WarehousePath = Annotated[
    Path | None, typer.Option("--warehouse", help="the DuckDB file; else ACCORD_WAREHOUSE")
]
By = Annotated[str | None, typer.Option(help="a column, or week, month, quarter, year")]
Start = Annotated[str | None, typer.Option(help="first day, as 2026-01-01")]
End = Annotated[str | None, typer.Option(help="the day after the last one")]
AsOf = Annotated[str | None, typer.Option(help="what came after this day has not happened")]
Json = Annotated[bool, typer.Option("--json", help="print JSON")]
Judging = Annotated[
    str | None,
    typer.Option(
        metavar="recorded|as-was|VERSION",
        help="by what a lead counts as MQL: the CRM, the version in force that day, or one version",
    ),
]

_ADDRESS = re.compile(r"\w{2,}:/")


def tables_at(path: Path | None) -> Warehouse:
    """Return the tables of a file, else of the one that the settings name; refuse an address."""
    if path and _ADDRESS.match(str(path)):
        raise UnknownTermError("--warehouse takes a DuckDB file; `import --from` loads another database.")
    return Warehouse(path or settings().warehouse)
