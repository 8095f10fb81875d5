"""What the operator decides: where the data is, the business's time zone and currency."""

from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """The operator's settings, read from the environment (`ACCORD_WAREHOUSE=…`) or a file `.env`."""

    model_config = SettingsConfigDict(env_prefix="ACCORD_", env_file=".env", extra="ignore")

    warehouse: Path = ROOT / "data" / "accord.duckdb"
    ledger: str | None = None
    time_zone: str = "UTC"
    currency: str = "EUR"
    secret: SecretStr | None = None
    sides: str = ""
    memory_limit: str = "2GB"

    @field_validator("time_zone")
    @classmethod
    def known_zone(cls, name: str) -> str:
        """Refuse a time zone that the system doesn't know."""
        if name not in available_timezones():
            message = f"“{name}” is no time zone; write it as in Europe/Berlin."
            raise ValueError(message)
        return name

    def ledger_url(self, *, is_sample: bool) -> str:
        """Return where the agreement is kept; unless told, the sample company's own is kept apart."""
        name = "sample-ledger.sqlite" if is_sample else "ledger.sqlite"
        return self.ledger or f"sqlite:///{ROOT / 'data' / name}"

    @property
    def zone(self) -> ZoneInfo:
        """Return the business time zone, for data that doesn't name its own."""
        return ZoneInfo(self.time_zone)


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
