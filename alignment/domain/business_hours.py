"""When the business works: Monday to Friday between two hours of its own clock, holidays apart."""

import re
from dataclasses import dataclass
from typing import Self

from alignment.domain.refusal import Refusal

HOUR, MINUTE = 3_600, 60
DAY = 24 * HOUR
WORKDAYS = 5
"""Monday to Friday."""
_WRITTEN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class BusinessHours:
    """The hours of a business day, in seconds after midnight by the wall clock of the business zone."""

    opens: int = 9 * HOUR
    closes: int = 17 * HOUR

    def __post_init__(self) -> None:
        """Refuse a day that closes before it opens."""
        if not 0 <= self.opens < self.closes <= DAY:
            raise Refusal(f"Business hours must open before they close on the same day, got {self}.")

    def __str__(self) -> str:
        """Return the hours as people write them: `09:00-17:00`."""
        return f"{_clock(self.opens)}-{_clock(self.closes)}"

    @property
    def length(self) -> int:
        """Return the seconds of one business day."""
        return self.closes - self.opens

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read hours written as 09:00-17:00; raise Refusal that says how."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found:
            raise Refusal(f"“{text}” are no business hours; write them as 09:00-17:00.")
        opens, opens_minute, closes, closes_minute = map(int, found.groups())
        return cls(opens * HOUR + opens_minute * MINUTE, closes * HOUR + closes_minute * MINUTE)


def _clock(second: int) -> str:
    return f"{second // HOUR:02d}:{second % HOUR // MINUTE:02d}"
