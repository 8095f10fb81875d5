"""`import`: one's own files into a warehouse file."""

import sys
import time
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from alignment import agreement as agreements
from alignment import imports, report
from alignment.commands.places import refuse_unwritable
from alignment.commands.readings import with_readings
from alignment.config import settings
from alignment.domain.contract import TABLES
from alignment.domain.mapping import DateOrder, Mapping
from alignment.domain.progress import time_left
from alignment.domain.refusal import Refusal
from alignment.errors import UnknownTermError
from alignment.store.warehouse import Warehouse

TELL_EVERY_S = 1.0
CANCELLED = 130  # as every program that Ctrl-C ends

TableFile = Annotated[
    list[Path] | None, typer.Option(metavar="FILE", help="or a folder; several times for parts of one table")
]


def load(
    into: Annotated[Path, typer.Option(metavar="FILE.duckdb", help="the warehouse file to write or replace")],
    leads: TableFile = None,
    deals: TableFile = None,
    deal_leads: TableFile = None,
    touches: TableFile = None,
    spend: TableFile = None,
    exchange_rates: TableFile = None,
    stage_history: TableFile = None,
    holidays: TableFile = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="postgresql://…|FILE.duckdb",
            envvar="ACCORD_SOURCE",
            help="a database to read, PostgreSQL or a DuckDB file",
        ),
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(metavar="TABLE=NAME", help="which of its tables is which, as in leads=crm.contacts"),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE.toml", help="how the columns become ours; else suggested")
    ] = None,
    set_aside: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="where to write the rows set aside, to be mended")
    ] = None,
    dates: Annotated[
        str | None, typer.Option(metavar="dmy|mdy|iso", help="the order of day and month, where unclear")
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option(metavar="[TABLE=]NAME", help="the sheet of a workbook, as in leads=Contacts"),
    ] = None,
    header: Annotated[
        list[str] | None,
        typer.Option(metavar="[TABLE=]ROW|none", help="the row of the columns' names; none: there is none"),
    ] = None,
    time_zone: Annotated[str | None, typer.Option(metavar="ZONE", help="as in Europe/Berlin")] = None,
    currency: Annotated[str | None, typer.Option(metavar="ISO", help="as in EUR")] = None,
    company: Annotated[str, typer.Option(metavar="NAME", help="whose data it is")] = "",
    wait: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="how long to wait for another load to end")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="print the receipt as JSON")] = False,
) -> None:
    """Load files or tables of a database; what was loaded before is replaced once all of it is in."""
    given = dict(
        zip(
            TABLES,
            (leads, deals, deal_leads, touches, spend, exchange_rates, stage_history, holidays),
            strict=True,
        )
    )
    if set_aside:
        read = [path for paths in given.values() for path in paths or []]
        refuse_unwritable(set_aside, "--set-aside", [into, mapping, *read])
    whose = imports.Company(company, time_zone or settings().time_zone, currency or settings().currency)
    named = [path.name for paths in given.values() for path in paths or []] + (table or [])
    with imports.noted(into, tuple(named)), _cancelled_by_hand(), _fetched(source, table or []) as more:
        known = imports.load_mapping(mapping) if mapping else Mapping()
        files = _together(given, more)
        known = with_readings(known, tuple(files.given()), sheet or [], header or [])
        asked = imports.Load(files, known, whose, _order(dates))
        receipt = imports.load(asked, into, _Teller(), wait_s=wait)
        _note(into)
    written = _write_set_aside(receipt, into, set_aside) if set_aside else []
    typer.echo(receipt.as_json() if as_json else receipt)
    if written and not as_json:
        typer.echo(f"What was set aside is in {' and '.join(map(str, written))}.")


def _note(into: Path) -> None:
    """Put on record what this load tells of quarters that are over, where it is the app's own data."""
    if into.resolve() != settings().warehouse.resolve():
        return
    tables = Warehouse(into)
    try:
        snapshot = tables.snapshot()
        if told := report.closed_periods(snapshot, settings().calendar):
            agreements.opened(settings().ledger_url(is_sample=False), tables).loads.note(told)
    except Refusal as refusal:
        typer.echo(f"The load is in; what it tells of past quarters was not kept: {refusal}", err=True)


@contextmanager
def _cancelled_by_hand() -> Generator[None]:
    """End with one line where somebody pressed Ctrl-C; the load has tidied up behind itself by then."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("The load was cancelled. What was loaded before is still there.", err=True)
        raise typer.Exit(CANCELLED) from None


def _fetched(source: str | None, named: list[str]) -> AbstractContextManager[dict[str, Path]]:
    """Fetch the named tables of the database, where there is one."""
    chosen = {}
    for text in named:
        ours, equals, theirs = text.partition("=")
        if not equals or not theirs.strip():
            raise UnknownTermError(f"--table needs our table and theirs, as in leads=contacts, got “{text}”.")
        chosen[ours.strip()] = theirs.strip()
    if source is None:
        if chosen:
            raise UnknownTermError("--table names a table of a database. Say which one: --from ADDRESS.")
        return nullcontext({})
    return imports.fetched(source, chosen, _Teller())


def _together(given: dict[str, list[Path] | None], more: dict[str, Path]) -> imports.Sources:
    """Return the files and what was fetched; raise UnknownTermError for a table given both ways."""
    for name in more:
        if given[name]:
            raise UnknownTermError(f"{name} are given as a file and as a table of the database. Keep one.")
    return imports.Sources(**{**given, **more})


def _write_set_aside(receipt: imports.Receipt, into: Path, path: Path) -> list[Path]:
    """Write the rows set aside, a file a table: the file that was named, or one named like it for each.

    Return the files that hold any.
    """
    tables = [table.table for table in receipt.tables if table.rows_set_aside]
    apart = [path.with_name(f"{path.stem}-{table}{path.suffix}") for table in tables]
    names = apart if len(apart) > 1 else [path][: len(apart)]
    for table, out in zip(tables or [receipt.tables[0].table], names or [path], strict=True):
        out.write_bytes(imports.set_aside(into, table))
    return names


class _Teller:
    """Says at a terminal how far a long load is, once a second at most; a scheduler's log is spared it."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._next = self._began + TELL_EVERY_S

    def __call__(self, share: float, words: str) -> None:
        """Say it, when there was nothing to read for a while."""
        if time.monotonic() >= self._next and sys.stderr.isatty():
            left = time_left(share, time.monotonic() - self._began)
            typer.echo(f"{share:4.0%}  {words}{left and f', {left}'}", err=True)
            self._next = time.monotonic() + TELL_EVERY_S


def _order(word: str | None) -> DateOrder | None:
    if word is None:
        return None
    try:
        return DateOrder(word.strip().lower())
    except ValueError:
        orders = ", ".join(f"{order} ({order.words})" for order in DateOrder)
        raise UnknownTermError(f"--dates needs one of {orders}, got “{word}”.") from None
