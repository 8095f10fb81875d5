"""What a digest in words is made of: figures, lines under headings, a bar."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from alignment.ui import words
from alignment.ui.figure import Figure
from alignment.ui.words import Words


@dataclass(frozen=True)
class Bar:
    """Cents for a bar: won, with what it might end (P10, P50, P90; None: not known), the goal."""

    won: int
    might: tuple[int, int, int] | None
    goal: int


@dataclass(frozen=True)
class Block:
    """Lines under a heading; `quiet` stands below them, smaller."""

    title: str
    lines: tuple[str, ...]
    quiet: str = ""


@dataclass(frozen=True)
class Said:
    """All of a digest in words; no text in it is markup."""

    company: str
    title: str
    headline: Figure
    figures: tuple[Figure, ...]
    blocks: tuple[Block, ...]
    as_of: str
    bar: Bar | None = None


@dataclass(frozen=True)
class Teller:
    """How a reader writes numbers, and the zone in which we tell the time."""

    say: Words
    zone: ZoneInfo

    def day(self, at: datetime) -> str:
        """Return the business day of an instant of the ledger: `5 Nov 2026`."""
        return words.day(at.replace(tzinfo=UTC).astimezone(self.zone).date())
