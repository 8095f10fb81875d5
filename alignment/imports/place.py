"""What stands where a load would be written, and who may replace it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from alignment.domain.agreement import Person
from alignment.domain.contract import META_TABLE
from alignment.errors import (
    NotAllowedError,
    WarehouseError,
)
from alignment.store.intake import (
    Receipt,
)
from alignment.store.warehouse import Warehouse


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


def refuse_foreign(warehouse: Path) -> None:
    """Raise WarehouseError where a load would overwrite a file that Accord did not write."""
    if present(Warehouse(warehouse)).held is Held.FOREIGN:
        raise WarehouseError(
            f"{warehouse.name} is no file that Accord wrote, so nothing is ever loaded into it. "
            "Name another file: ACCORD_WAREHOUSE for the app, --into on the command line."
        )


def refuse_observer(who: Person) -> None:
    """Raise NotAllowedError for an observer."""
    if not who.side.may_edit:
        raise NotAllowedError(
            f"{who.name} is here as an observer and can't import. "
            "Come in for marketing or sales to bring in data."
        )
