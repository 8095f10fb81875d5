"""Numbers in the reader's own notation, and the sentences that the screen says about them."""

from dataclasses import dataclass
from datetime import date, datetime
from math import floor, log10
from typing import Self
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, numbers

from alignment.config import settings
from alignment.domain.conversion import ConversionPath
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage

LEAST_PERCENT = 0.005
UNKNOWN = "not known"
SIGNIFICANT_DIGITS = 3
THOUSAND = 1000
HOUR_MINUTES = 60
SURE = 0.95
"""From here on a chance is said as "almost sure": ten in ten would promise too much."""


@dataclass(frozen=True)
class Words:
    """How numbers are written for one reader."""

    locale: Locale

    @classmethod
    def of(cls, browser_locale: str | None) -> Self:
        """Return the notation of a browser's locale such as `de-DE`; English where it is not known."""
        try:
            return cls(Locale.parse((browser_locale or "en").replace("-", "_")))
        except (UnknownLocaleError, ValueError):
            return cls(Locale("en"))

    def count(self, number: float) -> str:
        """Return a whole number with its separators."""
        return numbers.format_decimal(round(number), locale=self.locale)

    def counted(self, number: float, noun: str) -> str:
        """Return a whole number of things that one word names: `1 lead`, `1,200 leads`."""
        return f"{self.count(number)} {noun}{'' if round(number) == 1 else 's'}"

    def signed(self, number: int) -> str:
        """Return a whole number that was added or taken away: `+150`, `−18`, `0`."""
        sign = {True: "+", False: "−"}[number > 0] if number else ""
        return f"{sign}{self.count(abs(number))}"

    def decimal(self, number: float | None) -> str:
        """Return a number with one digit after the point at most."""
        return UNKNOWN if number is None else numbers.format_decimal(number, "#,##0.#", locale=self.locale)

    def hundredths(self, number: float) -> str:
        """Return a number with two digits after the point and a real minus, where the second one tells."""
        return numbers.format_decimal(number, "0.00", locale=self.locale).replace("-", "−")

    def percent(self, share: float | None) -> str:
        """Return a share as a percentage without digits after the point."""
        if share is None:
            return UNKNOWN
        if 0 < share < LEAST_PERCENT:
            return f"< {numbers.format_percent(0.01, locale=self.locale)}"
        if 1 - LEAST_PERCENT < share < 1:
            return f"> {numbers.format_percent(0.99, locale=self.locale)}"
        return numbers.format_percent(share, locale=self.locale)

    def exact_percent(self, share: float) -> str:
        """Return a share as a percentage with one digit after the point, cut off: never more than it is."""
        return numbers.format_percent(floor(share * THOUSAND) / THOUSAND, "#,##0.0%", locale=self.locale)

    def money(self, amount: Money | None) -> str:
        """Return an amount to the cent, for tables and tooltips."""
        return (
            UNKNOWN
            if amount is None
            else numbers.format_currency(amount.amount, amount.currency, locale=self.locale)
        )

    def signed_money(self, amount: Money) -> str:
        """Return an amount that was added or taken away: `+€1.2M`, `−€300K`, `€0`."""
        sign = {True: "+", False: "−"}[amount.cents > 0] if amount.cents else ""
        return f"{sign}{self.short_money(Money(abs(amount.cents), amount.currency))}"

    def short_money(self, amount: Money | None) -> str:
        """Return an amount with three digits that matter, for the wall: `€1.24M`."""
        if amount is None:
            return UNKNOWN
        size = abs(amount.amount)
        digits = SIGNIFICANT_DIGITS - 1 - floor(log10(size)) % 3 if size >= THOUSAND else 0
        return numbers.format_compact_currency(
            amount.amount, amount.currency, locale=self.locale, fraction_digits=digits
        )

    def interval(self, rate: Rate) -> str:
        """Return the ends of a rate's interval, empty where nothing was counted."""
        if rate.interval is None:
            return ""
        low, high = (numbers.format_decimal(round(end * 100), locale=self.locale) for end in rate.interval)
        return self.percent(1).replace(self.count(100), f"{low}–{high}")

    def rate(self, rate: Rate) -> str:
        """Return a rate with what it was counted from: `38% (3 of 8, 14–69%)`."""
        if rate.is_too_small:
            return f"n too small ({self.of_counts(rate)})"
        return f"{self.percent(rate.value)} ({self.of_counts(rate)}, {self.interval(rate)})"

    def short_rate(self, rate: Rate) -> str:
        """Return a rate with its interval alone, for a picture that shows the counts: `38% (14–69%)`."""
        if rate.is_too_small:
            return f"n too small ({self.count(rate.denominator)})"
        return f"{self.percent(rate.value)} ({self.interval(rate)})"

    def of_counts(self, rate: Rate) -> str:
        """Return `k of n`."""
        return f"{self.count(rate.numerator)} of {self.count(rate.denominator)}"

    def handed_over(self, path: ConversionPath, *, is_young: bool = False) -> str:
        """Say what lies between the leads handed over and those accepted: what there is to talk about."""
        counts = {step.stage: step.count for step in path.known_steps}
        if Stage.MQL not in counts or Stage.SAL not in counts:
            return ""
        handed, accepted = counts[Stage.MQL], counts[Stage.SAL]
        opening = f"Marketing hands over {self.count(handed)}, sales accepts {self.count(accepted)}"
        if is_young:
            return f"{opening} so far: too young to judge."
        return (
            f"{opening}: {self.count(handed - accepted)} to talk about."
            if handed > accepted
            else f"{opening}."
        )


def wait(minutes: float, day_minutes: float, say: Words) -> str:
    """Say how long something waited in business time: `40 min`, `1.5 h`, `3.2 business days`."""
    if minutes < HOUR_MINUTES:
        return f"{say.count(minutes)} min"
    if minutes <= day_minutes:
        return f"{say.decimal(minutes / HOUR_MINUTES)} h"
    return f"{say.decimal(minutes / day_minutes)} business days"


def chance(share: float) -> str:
    """Say a chance as people say it: `7 in 10`."""
    if share >= SURE:
        return "almost sure"
    tenths = round(share * 10)
    return f"{tenths} in 10" if tenths else "< 1 in 10"


def day(when: date) -> str:
    """Return a day that is read the same way on both sides of an ocean: `22 Nov 2026`."""
    return f"{when.day} {when:%b %Y}"


def as_of(instant: datetime | None, zone: ZoneInfo) -> str:
    """Say up to when the data knows anything; `instant` is naive UTC."""
    if instant is None:
        return "without dates"
    local = instant.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
    return f"as of {day(local.date())}, {local:%H:%M} {zone.key}"


def period(chosen: Period | None) -> str:
    """Name a period the short way where it has a name: `Q4 2026`, `FY2026 Q3`, `2026`, `Nov 2026`."""
    if chosen is None:
        return "all time"
    return settings().calendar.name(chosen) or f"{day(chosen.start)} – {day(chosen.last)}"


def window(days: int | None) -> str:
    """Say how long each lead is given."""
    return "ever" if days is None else f"within {days} days"


def sources(chosen: tuple[str | None, ...]) -> str:
    """Say which sources are counted."""
    return ", ".join(source or "no source" for source in chosen) if chosen else "all sources"
