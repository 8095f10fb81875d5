"""A load: files in, one new warehouse file, a receipt."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from alignment.domain.contract import META_TABLE, TABLES, Kind
from alignment.domain.mapping import DateOrder, Mapping
from alignment.errors import MissingColumnError, UnknownTermError, UnreadableFileError, WarehouseError
from alignment.metrics.query import quoted
from alignment.store.intake.deal_leads import deals_without_lead, derive_deal_leads
from alignment.store.intake.receipt import Receipt, TableReceipt
from alignment.store.intake.set_aside import create_set_aside
from alignment.store.intake.swap import only_load, swap_in
from alignment.store.intake.tables import TableLoad
from alignment.store.intake.workbench import OnProgress, Workbench


@dataclass(frozen=True)
class Sources:
    """The files of a load, one a canonical table; leads or deals at least."""

    leads: Path | None = None
    deals: Path | None = None
    deal_leads: Path | None = None
    touches: Path | None = None
    spend: Path | None = None
    exchange_rates: Path | None = None
    stage_history: Path | None = None
    holidays: Path | None = None

    def __post_init__(self) -> None:
        """Refuse a load without leads and deals, and one file given for two tables."""
        if self.leads is None and self.deals is None:
            raise MissingColumnError("There is nothing to load. Give a file of leads, of deals, or both.")
        seen: dict[Path, str] = {}
        for table, path in self.given().items():
            other = seen.setdefault(path.resolve(), table)
            if other != table:
                raise UnreadableFileError(
                    f"{path.name} is given for {other} and for {table}. One file holds one table."
                )

    def given(self) -> dict[str, Path]:
        """Return the files that were given, by table, leads and deals first."""
        paths = {field.name: getattr(self, field.name) for field in fields(self)}
        return {table: Path(path) for table, path in paths.items() if path is not None}


def load(  # noqa: PLR0913 - a load is described by what it is given; each has a name at the call
    files: Sources,
    into: Path,
    *,
    mapping: Mapping | None = None,
    dates: DateOrder | None = None,
    time_zone: str = "UTC",
    currency: str = "EUR",
    company: str = "",
    on_progress: OnProgress | None = None,
) -> Receipt:
    """Load the files into a new warehouse file and put it in the place of `into`; return the receipt.

    What the mapping leaves out is suggested from the columns' names. A failed, cancelled or killed load
    changes nothing. Raises an AccordError with a sentence a person can act on; what `on_progress` raises
    cancels the load.
    """
    _refuse_unknown_zone(time_zone)
    whole = mapping or Mapping()
    whole = replace(whole, dates=dates or whole.dates)
    target = into.resolve()
    if target.is_dir():
        raise UnreadableFileError(
            f"{into} is a folder. Name the file that the load should write, such as accord.duckdb."
        )
    try:
        with only_load(target), Workbench.beside(target, files.given().values(), on_progress) as bench:
            receipt = _build(bench, files, whole, time_zone, currency.upper(), company)
            bench.tell("Putting the new tables in place", 0.99)
            swap_in(bench.built, target)
    except (duckdb.Error, OSError) as error:  # no memory, no space: nothing about the files
        why = str(error).splitlines()[0]
        raise WarehouseError(f"The load broke off: {why}. What was loaded before is still there.") from error
    return receipt


def _build(
    bench: Workbench, files: Sources, whole: Mapping, zone: str, currency: str, company: str
) -> Receipt:
    loaded_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    create_set_aside(bench)
    given = files.given()
    receipts: list[TableReceipt] = []
    for place, (name, path) in enumerate(given.items()):
        bench.share = place / (len(given) + 0.5)
        receipts.append(TableLoad(bench, TABLES[name], path, whole, zone).run())
    bench.tell("Joining deals and leads", 0.95)
    pairs = derive_deal_leads(bench)
    receipt = Receipt(
        tuple(receipts),
        company,
        zone,
        currency,
        loaded_at,
        _newest_event(bench, loaded_at),
        deals_without_lead(bench),
        pairs,
    )
    _write_facts(bench, receipt, whole)
    bench.finish()
    return receipt


def _newest_event(bench: Workbench, loaded_at: datetime) -> datetime | None:
    """Return the newest instant that has been: the data's own now."""
    there = set(
        bench.run("select table_name, column_name from duckdb_columns() where database_name = 'target'")
    )
    newest = [
        bench.one(f"select max({name}) from target.{table.name} where {name} <= timestamp '{loaded_at}'")[0]
        for table in TABLES.values()
        for column in table.columns
        for name in [quoted(column.name)]
        if column.kind is Kind.INSTANT
        and not column.name.startswith("expected")
        and (table.name, column.name) in there
    ]
    return max((instant for instant in newest if instant), default=None)


def _write_facts(bench: Workbench, receipt: Receipt, whole: Mapping) -> None:
    bench.run(f"create table target.{META_TABLE} (name varchar, value varchar)")
    facts = {
        "company": receipt.company,
        "is_sample": "false",
        "loaded_at": receipt.loaded_at.isoformat(),
        "time_zone": receipt.time_zone,
        "currency": receipt.currency,
        "attributes_as_of": whole.attributes_as_of.value,
        "receipt": receipt.as_json(),
    }
    if receipt.as_of:
        facts["as_of"] = receipt.as_of.isoformat()
    bench.insert(f"target.{META_TABLE}", facts.items())


def _refuse_unknown_zone(time_zone: str) -> None:
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownTermError(f"“{time_zone}” is no time zone; write it as in Europe/Berlin.") from None
