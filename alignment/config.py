"""What the operator decides: where the data is, the business's time zone and currency."""

import re
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from babel.numbers import is_currency
from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from alignment.domain.business_hours import BusinessHours
from alignment.domain.fiscal import FiscalCalendar
from alignment.domain.refusal import Refusal

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data"
SQLITE = "sqlite:///"
SIZE = re.compile(r"\d+(\.\d+)? ?[KMGT]i?B")


class Settings(BaseSettings):
    """The operator's settings, read from the environment (`ACCORD_WAREHOUSE=…`) or a file `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="ACCORD_", env_file=".env", extra="ignore", env_ignore_empty=True
    )

    warehouse: Path = DATA / "accord.duckdb"
    ledger: str = f"{SQLITE}{DATA / 'ledger.sqlite'}"
    time_zone: str = "UTC"
    currency: str = "EUR"
    business_hours: str = "09:00-17:00"
    secret: SecretStr | None = None
    sides: str = ""
    memory_limit: str = "2GB"
    fiscal_year_start: int = 1

    @field_validator("time_zone")
    @classmethod
    def known_zone(cls, name: str) -> str:
        """Refuse a time zone that the system doesn't know."""
        if name not in time_zones():
            message = f"“{name}” is no time zone; write it as in Europe/Berlin."
            raise ValueError(message)
        return name

    @field_validator("business_hours")
    @classmethod
    def known_hours(cls, hours: str) -> str:
        """Refuse hours in which nobody could work."""
        try:
            return str(BusinessHours.parse(hours))
        except Refusal as refusal:
            raise ValueError(str(refusal)) from None

    @field_validator("memory_limit")
    @classmethod
    def known_size(cls, size: str) -> str:
        """Refuse an amount of memory that the engine can't read."""
        if not SIZE.fullmatch(size):
            message = f"“{size}” is no amount of memory; write it as in 2GB."
            raise ValueError(message)
        return size

    @field_validator("fiscal_year_start")
    @classmethod
    def known_month(cls, month: int) -> int:
        """Refuse a month that no year has."""
        try:
            return FiscalCalendar(month).first_month
        except Refusal as refusal:
            raise ValueError(str(refusal)) from None

    @field_validator("currency")
    @classmethod
    def known_currency(cls, code: str) -> str:
        """Refuse a currency that nobody uses."""
        if not is_currency(code.upper()):
            message = f"“{code}” is no currency; write its code of ISO 4217, as in EUR."
            raise ValueError(message)
        return code.upper()

    def ledger_url(self, *, is_sample: bool) -> str:
        """Return where the agreement is kept; the sample company's own is a file apart, always."""
        if not is_sample:
            return self.ledger
        is_file = self.ledger.startswith(SQLITE) and len(self.ledger) > len(SQLITE)
        beside = Path(self.ledger.removeprefix(SQLITE)) if is_file else DATA / "ledger.sqlite"
        return f"{SQLITE}{beside.with_name(f'sample-{beside.name}')}"

    @property
    def calendar(self) -> FiscalCalendar:
        """Return the company's fiscal calendar: goals, and the names of periods, follow it."""
        return FiscalCalendar(self.fiscal_year_start)

    @property
    def zone(self) -> ZoneInfo:
        """Return the business time zone, for data that doesn't name its own."""
        return ZoneInfo(self.time_zone)


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones, listed once: the system keeps each in a file of its own."""
    return frozenset(available_timezones())


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
