"""What ranks leads and what a cutoff brings, worked out lead by lead: what suggestions are held against."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

from alignment.domain.definition import HIGHEST_SCORE, Definition, Value
from tests import drawn

FIRST, AS_OF = datetime(2026, 1, 5, 12), datetime(2026, 9, 30, 12)


@dataclass(frozen=True)
class Lead:
    """A lead that came on a day of 2026, whether sales touched it, and whether it became an SQL."""

    day: int
    attributes: dict[str, Value]
    is_touched: bool = True
    is_success: bool = False

    @property
    def is_judged(self) -> bool:
        """Tell whether anything is known of what came of it."""
        return self.is_touched or self.is_success


def auc(pairs):
    """Return the share of pairs, success and failure, in which the success scores higher; a tie is half."""
    successes = [score for score, is_success in pairs if is_success]
    failures = [score for score, is_success in pairs if not is_success]
    if not (successes and failures):
        return None
    wins = [(a > b) + (a == b) / 2 for a, b in product(successes, failures)]
    return sum(wins) / len(wins)


def scores(leads, definition: Definition):
    """Return the scores of the leads that have one, with the leads."""
    return [(score, lead) for lead in leads if (score := definition.score(lead.attributes)) is not None]


def from_cutoff(leads, definition: Definition, cutoff: int):
    """Return the leads that score at least the cutoff."""
    return [lead for score, lead in scores(leads, definition) if score >= cutoff]


def cutoffs(definition: Definition, at: int) -> range:
    """Return the cutoffs that the level at that place can have: each other level keeps a point of its own."""
    return range(at, HIGHEST_SCORE + 2 - len(definition.levels) + at)


def opened(leads, folder, attributes):
    """Return the leads as a warehouse with dates, decisions and these attributes."""
    lines = [" ".join(["lead_id created_at first_touch_at sql_at", *attributes])]
    for number, lead in enumerate(leads):
        came = FIRST + timedelta(days=lead.day)
        touched = came + timedelta(hours=3) if lead.is_touched else None
        became = came + timedelta(hours=9) if lead.is_success else None
        values = (lead.attributes.get(name) for name in attributes)
        lines.append(" ".join(map(_said, (f"L{number:04}", came, touched, became, *values))))
    return drawn.warehouse(
        Path(folder) / "leads.duckdb", {"leads": "\n".join(lines)}, {"as_of": AS_OF.isoformat()}
    )


def _said(value) -> str:
    if value is None or isinstance(value, bool):
        return {None: "-", True: "true", False: "false"}[value]
    return str(value).replace(" ", "_")


def came_on(lead: Lead):
    """Return the day the lead came."""
    return (FIRST + timedelta(days=lead.day)).date()
