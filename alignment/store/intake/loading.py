"""A load: files in, one new warehouse file, a receipt."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb

from alignment.domain.contract import META_TABLE, TABLES, Kind
from alignment.domain.mapping import DateOrder, Mapping
from alignment.errors import MissingColumnError, UnknownTermError, UnreadableFileError, WarehouseError
from alignment.metrics.query import quoted
from alignment.store.intake.changes import read_before, with_changes
from alignment.store.intake.deal_leads import deals_without_lead, derive_deal_leads
from alignment.store.intake.failure import forget_failed, mark_begun, mark_ended
from alignment.store.intake.links import create_pairs, pair_short_keys
from alignment.store.intake.reading import files_in
from alignment.store.intake.receipt import Receipt, TableReceipt
from alignment.store.intake.set_aside import create_set_aside
from alignment.store.intake.swap import only_load, swap_in
from alignment.store.intake.tables import TableLoad
from alignment.store.intake.twins import with_twins
from alignment.store.intake.workbench import OnProgress, Workbench, silent

Given: TypeAlias = Path | Sequence[Path] | None
"""The files of one table: one, several, or a folder of them; None where there is none."""


@dataclass(frozen=True)
class Sources:
    """The files of a load by canonical table; leads or deals at least."""

    leads: Given = None
    deals: Given = None
    deal_leads: Given = None
    touches: Given = None
    spend: Given = None
    exchange_rates: Given = None
    stage_history: Given = None
    holidays: Given = None

    def __post_init__(self) -> None:
        """Refuse a load without leads and deals."""
        if not _listed(self.leads) and not _listed(self.deals):
            raise MissingColumnError("There is nothing to load. Give a file of leads, of deals, or both.")

    def given(self) -> dict[str, tuple[Path, ...]]:
        """Return the files that were given, by table, leads and deals first; a folder is its files.

        Raises UnreadableFileError for a folder without files.
        """
        listed = {field.name: _listed(getattr(self, field.name)) for field in fields(self)}
        return {
            table: tuple(path for given in paths for path in files_in(given))
            for table, paths in listed.items()
            if paths
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Return how the files and folders are called, as they were given."""
        listed = (_listed(getattr(self, field.name)) for field in fields(self))
        return tuple(path.name for paths in listed for path in paths)

    def refuse_doubles(self, whole: Mapping) -> None:
        """Raise UnreadableFileError where one file is given twice, unless as sheets of one workbook."""
        seen: dict[tuple[Path, str | None], str] = {}
        for table, paths in self.given().items():
            for path in paths:
                other = seen.setdefault((path.resolve(), whole.reading(table).sheet), table)
                if other != table:
                    raise UnreadableFileError(
                        f"{path.name} is given for {other} and for {table}. One file holds one table."
                    )
            if len({path.resolve() for path in paths}) < len(paths):
                raise UnreadableFileError(f"A file of {table} is given twice. Its rows would count twice.")


def _listed(given: Given) -> tuple[Path, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, Path) else tuple(given)


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
    wait_s: float = 0.0,
) -> Receipt:
    """Load the files into a new warehouse file and put it in the place of `into`; return the receipt.

    What the mapping leaves out is suggested from the columns' names. A failed, cancelled or killed load
    changes nothing. Raises an AccordError with a sentence a person can act on, LoadUnderWayError where
    another load has not ended after `wait_s` seconds; what `on_progress` raises cancels the load.
    """
    _refuse_unknown_zone(time_zone)
    whole = mapping or Mapping()
    whole = replace(whole, dates=dates or whole.dates)
    target = into.resolve()
    if target.is_dir():
        raise UnreadableFileError(
            f"{into} is a folder. Name the file that the load should write, such as accord.duckdb."
        )
    files.refuse_doubles(whole)
    paths = [path for given in files.given().values() for path in given]
    tell = on_progress or silent
    try:
        with (
            only_load(target, wait_s, lambda: tell(0.0, f"Waiting for another load into {target.name}")),
            _marked(target, paths),
            Workbench.beside(target, [*paths, *read_before(target)], tell) as bench,
        ):
            receipt = _build(bench, files, whole, time_zone, currency.upper(), company, target)
            bench.tell("Putting the new tables in place", 0.99)
            swap_in(bench.built, target)
            forget_failed(target)
    except (duckdb.Error, OSError) as error:  # no memory, no space: nothing about the files
        why = str(error).splitlines()[0]
        raise WarehouseError(f"The load broke off: {why}. What was loaded before is still there.") from error
    return receipt


@contextmanager
def _marked(target: Path, paths: Sequence[Path]) -> Generator[None]:
    """Leave a mark as long as the load runs; one that is killed can't take it away."""
    try:  # Ctrl-C may come as soon as the mark is there
        mark_begun(target, tuple(path.name for path in paths))
        yield
    finally:
        mark_ended(target)


def _build(
    bench: Workbench,
    files: Sources,
    whole: Mapping,
    zone: str,
    currency: str,
    company: str,
    before: Path,
) -> Receipt:
    loaded_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    create_set_aside(bench)
    create_pairs(bench)
    given = files.given()
    receipts: list[TableReceipt] = []
    for place, (name, paths) in enumerate(given.items()):
        bench.part = (place / (len(given) + 0.1), (place + 1) / (len(given) + 0.1))
        receipts.append(TableLoad(bench, TABLES[name], paths, whole, zone, currency).run())
    bench.tell("Joining deals and leads", 0.95)
    receipts = pair_short_keys(bench, receipts)
    pairs = derive_deal_leads(bench)
    receipts = with_changes(bench, before, [with_twins(bench, table) for table in receipts])
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
    newest: list[datetime | None] = []
    for table in TABLES.values():
        there = bench.columns("target", table.name)
        instants = [
            f"max(case when {quoted(column.name)} <= timestamp '{loaded_at}' then {quoted(column.name)} end)"
            for column in table.columns
            if column.kind is Kind.INSTANT and not column.name.startswith("expected") and column.name in there
        ]
        if instants:
            newest += bench.one(f"select {', '.join(instants)} from target.{table.name}")
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
