"""To load files, and to note why a load has failed."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from babel.numbers import is_currency

from alignment.domain.agreement import Person
from alignment.domain.mapping import DateOrder, Mapping
from alignment.domain.refusal import Refusal
from alignment.errors import (
    HeaderQuestionError,
    LoadUnderWayError,
    SheetQuestionError,
    UndecidedError,
    UnknownTermError,
)
from alignment.imports.kept import mapping_path
from alignment.imports.place import Company, Held, present, refuse_foreign, refuse_observer
from alignment.store import intake
from alignment.store.apart import Apart, CancelledError, OnProgress
from alignment.store.intake import (
    FailedLoad,
    Receipt,
    Sources,
    save_mapping,
)
from alignment.store.warehouse import Warehouse

UnderWay = Apart[Receipt]

_QUESTIONS = (UndecidedError, HeaderQuestionError, SheetQuestionError)
"""What a person who is there answers, and loads again."""


@dataclass(frozen=True)
class Load:
    """A load to be done: the files, how their columns become ours, whose data it is."""

    files: Sources
    mapping: Mapping = field(default_factory=Mapping)
    company: Company = field(default_factory=Company)
    dates: DateOrder | None = None


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


def start(asked: Load, into: Path, who: Person, afterwards: Callable[[], None]) -> UnderWay:
    """Start a load in a process of its own; raise NotAllowedError for an observer, else as `load`."""
    refuse_observer(who)
    refuse_foreign(into)
    return Apart(partial(_attended, asked, into.resolve()), afterwards)


def _attended(asked: Load, into: Path, on_progress: OnProgress) -> Receipt:
    with noted(into, asked.files.names, is_attended=True):
        return load(asked, into, on_progress)


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


def _whole(asked: Load) -> Mapping:
    """Return the mapping, completed by what is suggested for the files that it leaves out."""
    whole = replace(asked.mapping, dates=asked.dates or asked.mapping.dates)
    asked.files.refuse_doubles(whole)
    for table, paths in asked.files.given().items():
        if whole.of(table) is None:
            whole = whole.with_table(intake.preview(paths[0], table, whole.reading(table)).mapping)
    return whole
