"""What is looked at, as a value: period, window, sources, MQLs; written in the address and read back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from alignment.config import settings
from alignment.domain.cohort import Cohort
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Grain, Period, months_later
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.report import USUAL, Window
from alignment.ui import words

WINDOWS: Mapping[str, Window] = {"usual": USUAL, "30": 30, "60": 60, "90": 90, "ever": None}
NO_SOURCE = "~none"
"""How the leads without a source are written in an address."""

MOST_SAID = 60
"""As much of a part of an address is said back when it means nothing."""

YEARS = range(1900, 2201)
"""The years that an address may name: the periods before and after them can be counted too."""
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Choice:
    """What both halves of the board, and the pages behind them, look at."""

    period: Period | None
    window: Window = USUAL
    sources: tuple[str | None, ...] = ()
    is_room: bool = False
    judged: Judged = AS_RECORDED

    def cohort(self, entered: Stage = Stage.LEAD) -> Cohort:
        """Return the leads that entered the stage in the period, from the sources."""
        return Cohort(entered, self.period, self.sources, judged=self.judged)

    def year_of_cohorts(self, entered: Stage, today: date) -> Cohort:
        """Return the leads of the twelve months that end with the period, without months to come."""
        if self.period is None:
            return self.cohort(entered)
        end = min(months_later(self.period.last, 1), months_later(today, 1))
        start = min(self.period.start.replace(day=1), months_later(end, -12))
        return replace(self.cohort(entered), period=Period(start, end) if start < end else self.period)


def named_periods(today: date) -> dict[str, Period]:
    """Return the periods that have a name, seen from the data's own today."""
    calendar = settings().calendar
    quarter = calendar.bucket_of(today, Grain.QUARTER)
    return {
        "This month": calendar.bucket_of(today, Grain.MONTH),
        "This quarter": quarter,
        "Last quarter": quarter.previous(),
        "Next quarter": calendar.bucket_of(quarter.end, Grain.QUARTER),
        "This year": calendar.bucket_of(today, Grain.YEAR),
        "Last 12 months": Period(months_later(today, -11), months_later(today, 1)),
    }


def as_address(choice: Choice) -> dict[str, list[str]]:
    """Return the choice as the parameters of a link that reopens the same view."""
    written = {
        "period": [period_token(choice.period)] if choice.period else [],
        "window": [window_token(choice.window)],
        "source": [NO_SOURCE if source is None else source for source in choice.sources],
        "room": ["1"] if choice.is_room else [],
        "judged": [choice.judged.token][choice.judged.is_recorded :],
    }
    return {name: values for name, values in written.items() if values}


def from_address(
    address: Mapping[str, Sequence[str]],
    today: date | None,
    known_sources: Sequence[str | None],
    judgements: Sequence[Judged] = (AS_RECORDED,),
) -> tuple[Choice, list[str]]:
    """Read a choice from an address; return it with one sentence for each part that meant nothing.

    Such a part falls back to its default: this quarter, the usual window, all sources, the first of
    `judgements`. `today` is the data's newest day, None for data without dates: such leads have
    for ever.
    """
    complaints: list[str] = []
    window = _window(_first(address, "window"), complaints)
    return Choice(
        _period(_first(address, "period"), today, complaints),
        window if today else None,
        _sources(address.get("source", ()), known_sources, complaints),
        _first(address, "room") == "1",
        _judged(_first(address, "judged"), judgements, complaints),
    ), complaints


def in_other_data(choice: Choice, known: Period | None) -> tuple[Choice, list[str]]:
    """Return a choice made on other data for data that reaches over `known`, and what had to give way.

    A period wholly outside would leave every panel empty: the quarter of the newest day stands in for it.
    """
    chosen = choice.period
    if known is None or chosen is None or (chosen.start < known.end and known.start < chosen.end):
        return choice, []
    newest = settings().calendar.bucket_of(known.last, Grain.QUARTER)
    said = (
        f"Other data was loaded, and it has nothing in {words.period(chosen)}: it reaches from {known}. "
        f"Showing {words.period(newest)} instead."
    )
    return replace(choice, period=newest), [said]


def period_token(period: Period) -> str:
    """Return how an address writes a period: `2026Q4`, `FY2026Q3`, `2026-07`, or its first and last day."""
    return settings().calendar.token(period) or f"{period.start}..{period.last}"


def read_period(token: str) -> Period:
    """Return the period that an address names; raise Refusal when it names none."""
    try:
        found = _period_of(token)
    except (ValueError, OverflowError):
        found = None
    if found and found.start.year in YEARS and found.last.year in YEARS:
        return found
    message = f"“{_short(token)}” is no period; write it as 2026Q4, 2026, 2026-07 or 2026-07-01..2026-07-15."
    raise Refusal(message)


def _period_of(token: str) -> Period | None:
    if days := _DAYS.fullmatch(token):
        return Period(date.fromisoformat(days[1]), date.fromisoformat(days[2]) + timedelta(days=1))
    return settings().calendar.read(token)


def window_token(window: Window) -> str:
    """Return how an address writes a window."""
    return "ever" if window is None else str(window)


def _first(address: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(address.get(name, ())), "")


def _short(token: str) -> str:
    """Return what an address says, no longer than it is worth on a screen."""
    return token if len(token) <= MOST_SAID else f"{token[:MOST_SAID]}…"


def _period(token: str, today: date | None, complaints: list[str]) -> Period | None:
    if today is None:
        if token:
            complaints.append("The data has no dates, so no period can be chosen; all of it is shown.")
        return None
    default = settings().calendar.bucket_of(today, Grain.QUARTER)
    if not token:
        return default
    try:
        return read_period(token)
    except Refusal as refusal:
        complaints.append(f"{refusal} Showing this quarter instead.")
        return default


def _window(token: str, complaints: list[str]) -> Window:
    if not token:
        return USUAL
    if token in WINDOWS:
        return WINDOWS[token]
    complaints.append(
        f"“{_short(token)}” is no cohort window; choose one of {', '.join(WINDOWS)}."
        " Showing the usual one instead."
    )
    return USUAL


def _judged(token: str, offered: Sequence[Judged], complaints: list[str]) -> Judged:
    for judged in offered:
        if token in ("", judged.token):
            return judged
    there = ", ".join(judged.token for judged in offered)
    complaints.append(
        f"MQLs can't be judged by “{_short(token)}” here; choose one of {there}."
        f" Showing MQLs {offered[0]} instead."
    )
    return offered[0]


def _sources(
    tokens: Sequence[str], known: Sequence[str | None], complaints: list[str]
) -> tuple[str | None, ...]:
    wanted = [None if token == NO_SOURCE else token for token in dict.fromkeys(tokens)]
    unknown = [source or "no source" for source in wanted if source not in known]
    if unknown:
        rest = "Showing the others." if len(unknown) < len(wanted) else "Showing all sources instead."
        complaints.append(f"The data has no source “{'”, “'.join(map(_short, unknown))}”. {rest}")
    return tuple(source for source in wanted if source in known)
