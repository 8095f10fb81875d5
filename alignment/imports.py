"""What people do to bring in their data: look at files, load them, keep the mapping for the next time."""

import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from babel.numbers import is_currency

from alignment.domain.agreement import Person
from alignment.domain.contract import META_TABLE, TABLES
from alignment.domain.mapping import DateOrder, Mapping
from alignment.domain.reading import Reading
from alignment.domain.refusal import Refusal
from alignment.errors import (
    HeaderQuestionError,
    LoadUnderWayError,
    MappingError,
    NotAllowedError,
    SheetQuestionError,
    UndecidedError,
    UnknownTermError,
    WarehouseError,
)
from alignment.store import intake
from alignment.store.apart import Apart, CancelledError, OnProgress
from alignment.store.intake import (
    Changes,
    FailedLoad,
    Preview,
    PreviewColumn,
    Receipt,
    Sources,
    TableReceipt,
    Twins,
    load_mapping,
    save_mapping,
)
from alignment.store.warehouse import Warehouse

__all__ = [
    "CancelledError",
    "Changes",
    "Company",
    "FailedLoad",
    "Held",
    "Load",
    "OnProgress",
    "Present",
    "Preview",
    "PreviewColumn",
    "Receipt",
    "Sources",
    "TableReceipt",
    "Twins",
    "UnderWay",
    "failed",
    "fetched",
    "keep_merge",
    "keep_placeholder",
    "kept_mapping",
    "load",
    "load_mapping",
    "look_at",
    "mapping_path",
    "mapping_text",
    "noted",
    "present",
    "refuse_observer",
    "save_mapping",
    "set_aside",
    "start",
]

UnderWay = Apart[Receipt]

_QUESTIONS = (UndecidedError, HeaderQuestionError, SheetQuestionError)
"""What a person who is there answers, and loads again."""


class Held(StrEnum):
    """What stands where a load would be written."""

    NOTHING = "nothing"
    SAMPLE = "sample"
    OWN = "own"  # an earlier load
    FOREIGN = "foreign"  # a file that Accord did not write, and never overwrites


@dataclass(frozen=True)
class Company:
    """Whose data it is: the name, the business time zone (IANA) and currency (ISO 4217)."""

    name: str = ""
    time_zone: str = "UTC"
    currency: str = "EUR"


@dataclass(frozen=True)
class Present:
    """What a load would replace: whose data, and the receipt of the load that brought it."""

    held: Held
    company: Company
    receipt: Receipt | None = None


@dataclass(frozen=True)
class Load:
    """A load to be done: the files, how their columns become ours, whose data it is."""

    files: Sources
    mapping: Mapping = field(default_factory=Mapping)
    company: Company = field(default_factory=Company)
    dates: DateOrder | None = None


def present(warehouse: Warehouse) -> Present:
    """Say what stands at the warehouse's place; a file that can't be opened counts as somebody else's."""
    chosen = warehouse.settings
    company = Company("", chosen.time_zone, chosen.currency)
    if not warehouse.path.exists():
        return Present(Held.NOTHING, company)
    try:
        snapshot = warehouse.snapshot()
    except WarehouseError:
        return Present(Held.FOREIGN, company)
    if META_TABLE not in snapshot.columns:
        return Present(Held.FOREIGN, company)
    if snapshot.is_sample:
        return Present(Held.SAMPLE, company)
    receipt = Receipt.from_json(snapshot.facts["receipt"]) if snapshot.receipt else None
    return Present(Held.OWN, Company(snapshot.company, snapshot.zone.key, snapshot.currency), receipt)


def load(asked: Load, into: Path, on_progress: OnProgress | None = None, *, wait_s: float = 0.0) -> Receipt:
    """Load the files into the warehouse file, keep the mapping beside it, return the receipt.

    A load that fails changes nothing. Raises WarehouseError where `into` is a file that Accord did not write,
    LoadUnderWayError where another load has not ended after `wait_s` seconds, and the Refusal of a file that
    can't be loaded.
    """
    refuse_foreign(into)
    _refuse_unknown_currency(asked.company.currency)
    used = _whole(asked)
    receipt = intake.load(
        asked.files,
        into,
        mapping=used,
        time_zone=asked.company.time_zone,
        currency=asked.company.currency,
        company=asked.company.name,
        on_progress=on_progress,
        wait_s=wait_s,
    )
    save_mapping(used, mapping_path(into))
    return receipt


@contextmanager
def noted(into: Path, files: tuple[str, ...], *, is_attended: bool = False) -> Generator[None]:
    """Keep why the load within fails, for `failed`; no question, where somebody is there to answer."""
    try:
        yield
    except (LoadUnderWayError, CancelledError):
        raise
    except Refusal as refusal:
        is_asked = is_attended and isinstance(refusal, _QUESTIONS)
        if not is_asked and present(Warehouse(into)).held is not Held.FOREIGN:
            intake.note_failed(into.resolve(), files, str(refusal))
        raise


def failed(warehouse: Path) -> FailedLoad | None:
    """Return the load that failed or was killed since the last one came in, None where none did."""
    return intake.failed_load(warehouse.resolve())


def _refuse_unknown_currency(code: str) -> None:
    if not is_currency(code.upper()):
        raise UnknownTermError(f"“{code}” is no currency. Write its code of ISO 4217, as in EUR.")


@contextmanager
def fetched(
    source: str, tables: dict[str, str], on_progress: OnProgress | None = None
) -> Generator[dict[str, Path]]:
    """Fetch tables of the operator's database (our table → theirs) as files that are gone afterwards.

    `source` is the address of a PostgreSQL database or a DuckDB file. Raises WarehouseError where it can't be
    reached, UnreadableFileError for a table that is not there, UnknownTermError for a table that is not ours.
    """
    for table in tables:
        if table not in TABLES:
            raise UnknownTermError(f"“{table}” is no table. The tables are {', '.join(TABLES)}.")
    with tempfile.TemporaryDirectory(prefix="accord-") as folder:
        yield intake.fetch(source, intake.Wanted(tables), Path(folder), on_progress or _to_nobody)


def _to_nobody(_share: float, _words: str) -> None:
    """Tell nobody."""


def start(asked: Load, into: Path, who: Person, afterwards: Callable[[], None]) -> UnderWay:
    """Start a load in a process of its own; raise NotAllowedError for an observer, else as `load`."""
    refuse_observer(who)
    refuse_foreign(into)
    return Apart(partial(_attended, asked, into.resolve()), afterwards)


def _attended(asked: Load, into: Path, on_progress: OnProgress) -> Receipt:
    with noted(into, asked.files.names, is_attended=True):
        return load(asked, into, on_progress)


def look_at(files: Sequence[tuple[Path, Reading]]) -> tuple[Preview | Refusal, ...]:
    """Return a preview of each file, opened as said, or why there is none; found in a process of its own."""
    return Apart(partial(_look_at, tuple(files))).result()


def _look_at(
    files: tuple[tuple[Path, Reading], ...], _on_progress: OnProgress
) -> tuple[Preview | Refusal, ...]:
    return tuple(_preview(path, reading) for path, reading in files)


def _preview(path: Path, reading: Reading) -> Preview | Refusal:
    try:
        return intake.preview(path, reading=reading)
    except Refusal as refusal:
        return refusal


def mapping_path(warehouse: Path) -> Path:
    """Return where the mapping of the last load is kept: `accord.mapping.toml` beside `accord.duckdb`."""
    return warehouse.with_name(f"{warehouse.stem}.mapping.toml")


def kept_mapping(warehouse: Path) -> Mapping | None:
    """Return the mapping of the last load, None where none was kept; raise MappingError for a spoilt one."""
    path = mapping_path(warehouse)
    return load_mapping(path) if path.exists() else None


def keep_merge(warehouse: Path, table: str, twins: Twins, who: Person) -> None:
    """Add a merge of spellings to the mapping of the last load; the next load with it writes one of them.

    Raises NotAllowedError for an observer, MappingError where no mapping of that table was kept.
    """
    refuse_observer(who)
    kept = kept_mapping(warehouse)
    mapping = kept.of(table) if kept else None
    if kept is None or mapping is None:
        raise MappingError(
            f"No mapping of {table} was kept with the last load. Import the file again, then merge."
        )
    save_mapping(kept.with_table(mapping.with_merge(twins.origin, twins.merged)), mapping_path(warehouse))


def keep_placeholder(warehouse: Path, text: str, who: Person) -> None:
    """Add a text to those that stand for no value; the next load with the last load's mapping reads it so.

    Raises NotAllowedError for an observer, MappingError where no mapping was kept.
    """
    refuse_observer(who)
    kept = kept_mapping(warehouse)
    if kept is None:
        raise MappingError("No mapping was kept with the last load. Import the files again, then say it.")
    texts = tuple(dict.fromkeys((*kept.placeholders, text)))
    save_mapping(replace(kept, placeholders=texts), mapping_path(warehouse))


def mapping_text(mapping: Mapping) -> bytes:
    """Return a mapping as the TOML file that `load_mapping` reads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.toml"
        save_mapping(mapping, path)
        return path.read_bytes()


def set_aside(warehouse: Path, table: str) -> bytes:
    """Return the rows of a table that the last load set aside as CSV, to be mended and imported again."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "set_aside.csv"
        intake.export_set_aside(warehouse, table, out)
        return out.read_bytes()


def refuse_observer(who: Person) -> None:
    """Raise NotAllowedError for an observer."""
    if not who.side.may_edit:
        raise NotAllowedError(
            f"{who.name} is here as an observer and can't import. "
            "Come in for marketing or sales to bring in data."
        )


def refuse_foreign(warehouse: Path) -> None:
    """Raise WarehouseError where a load would overwrite a file that Accord did not write."""
    if present(Warehouse(warehouse)).held is Held.FOREIGN:
        raise WarehouseError(
            f"{warehouse.name} is no file that Accord wrote, so nothing is ever loaded into it. "
            "Name another file: ACCORD_WAREHOUSE for the app, --into on the command line."
        )


def _whole(asked: Load) -> Mapping:
    """Return the mapping, completed by what is suggested for the files that it leaves out."""
    whole = replace(asked.mapping, dates=asked.dates or asked.mapping.dates)
    asked.files.refuse_doubles(whole)
    for table, paths in asked.files.given().items():
        if whole.of(table) is None:
            whole = whole.with_table(intake.preview(paths[0], table, whole.reading(table)).mapping)
    return whole
