"""How good a definition is, in sentences that people can say to each other."""

from dataclasses import dataclass

from alignment.domain.kappa import Kappa
from alignment.domain.rate import Rate, RateDifference
from alignment.domain.stage import Stage
from alignment.ui import words
from alignment.ui.words import Words
from alignment.whatif.quality import Quality, QualityImpact, ScoreBand
from alignment.whatif.ranking import Auc
from alignment.whatif.unknown_zone import Bounds, UnknownZone

BECOME = {
    Stage.MQL: "become MQLs",
    Stage.SAL: "are accepted by sales",
    Stage.SQL: "become SQLs",
    Stage.OPPORTUNITY: "become opportunities",
    Stage.WON: "are won",
}
BECAME = {
    Stage.MQL: "became MQLs",
    Stage.SAL: "were accepted by sales",
    Stage.SQL: "became SQLs",
    Stage.OPPORTUNITY: "became opportunities",
    Stage.WON: "were won",
}
IS_HONEST = "Counted with the leads' columns as they stood at hand-off."
NOT_HONEST = (
    "Counted with the leads' columns as recorded today. They may have changed after the hand-off, in "
    "successes most of all, so these shares could flatter every definition."
)
TENTHS = 10


@dataclass(frozen=True)
class Row:
    """One measure: its name, what it says, in force and in the draft, and how it changes."""

    name: str
    meaning: str
    before: str
    after: str
    change: str


def gained(found: Quality, say: Words, *, is_time_honest: bool) -> str:
    """Return of how many leads that sales would get how many succeed: `Of 100 …, 31 become SQLs`."""
    if found.outcome is None or found.precision.value is None or found.precision.is_too_small:
        return "Too few hand-offs were worked and are old enough to say how good they are."
    hundred = say.count(round(found.precision.value * 100))
    opening = "Of 100 leads" if is_time_honest else "As recorded today, of 100 leads"
    return f"{opening} we hand over, {hundred} {BECOME[found.outcome]} {words.window(found.window_days)}."


def missed(found: Quality) -> str:
    """Return how many of those that succeeded would not be handed off: `we would miss 4 of 10 that …`."""
    if found.outcome is None or found.missed.value is None or found.missed.is_too_small:
        return ""
    of_those = f"of the worked leads that {BECAME[found.outcome]}"
    tenths = round(found.missed.value * TENTHS)
    if not found.missed.numerator:
        return f"We would miss none {of_those}."
    if not tenths:
        return f"We would miss fewer than 1 in 10 {of_those}."
    about = "" if tenths * found.missed.denominator == found.missed.numerator * TENTHS else "about "
    return f"We would miss {about}{tenths} in 10 {of_those}."


def rows(found: QualityImpact, say: Words, *, is_time_honest: bool) -> list[Row]:
    """Return the measures, in force beside the draft; the usual names only where they are deserved."""
    was, now = found.in_force, found.draft
    became = BECAME[now.outcome or Stage.SQL]
    names = (
        ("Precision", "Recall")
        if is_time_honest
        else ("Success, as recorded today", "Found, as recorded today")
    )
    return [
        Row(names[0], f"of the hand-offs that were worked, those that {became}",
            say.rate(was.precision), say.rate(now.precision), difference(found.precision, say)),
        Row(names[1], f"of all worked leads that {became}, those handed off",
            say.rate(was.recall), say.rate(now.recall), difference(found.recall, say)),
        Row("Lift", "how many times as often as all worked leads", lift(was, say), lift(now, say), ""),
        Row("Yield", "of all leads, those handed off", say.rate(was.handed), say.rate(now.handed), ""),
        Row("Order (AUC)", "of 100 pairs of a success and a failure, in how many the success scores higher",
            ranking(was.auc, say), ranking(now.auc, say), ""),
    ]  # fmt: skip


def difference(change: RateDifference, say: Words) -> str:
    """Return how a rate changes, in points and in words."""
    if change.value is None:
        return change.words
    sign = "+" if change.value > 0 else "−" if change.value < 0 else "±"
    return f"{sign}{say.decimal(abs(change.value * 100))} points: {change.words}"


def lift(found: Quality, say: Words) -> str:
    """Return the lift with its interval, `1.50× (1.31–1.82×)`."""
    value, interval = found.lift.value, found.lift.interval
    if value is None:
        return "n too small"
    ends = f" ({say.hundredths(interval[0])}–{say.hundredths(interval[1])}×)" if interval else ""
    return f"{say.hundredths(value)}×{ends}"


def ranking(auc: Auc, say: Words) -> str:
    """Return the AUC as pairs of a hundred, with its interval."""
    if auc.value is None or auc.interval is None or min(auc.converted, auc.others) < TENTHS / 2:
        return f"n too small ({say.count(auc.converted)} and {say.count(auc.others)})"
    low, high = (say.count(round(end * 100)) for end in auc.interval)
    return f"{say.count(round(auc.value * 100))} ({low}–{high})"


def margin(found: Quality, say: Words) -> str:
    """Return how the leads just at the cutoff do beside the average: decisions live at the margin."""
    band = found.margin
    if band is None:
        return "No lead just at the cutoff was worked and is old enough to judge."
    average = say.percent(found.precision.value) if not found.precision.is_too_small else "n too small"
    few = ", few" if band.rate.is_small_sample else ""
    return f"Just at the cutoff, {span(band)}: {say.rate(band.rate)}{few}. The average hand-off: {average}."


def span(band: ScoreBand) -> str:
    """Return the points of a band, `60–69 points`."""
    return f"{band.low} points" if band.low == band.high else f"{band.low}–{band.high} points"


def unknown(zone: UnknownZone, say: Words) -> str:
    """Say what was never worked: it counts neither way."""
    if not zone.handed and not zone.below:
        return "Every lead that is old enough was worked: nothing is left to guess."
    told = f"{say.count(zone.below)} leads below the cutoff and {say.count(zone.handed)} hand-offs"
    return f"{told} were never worked. What they would have done is unknown; they count neither way."


def bounds(zone: UnknownZone, say: Words, *, is_time_honest: bool) -> str:
    """Say between which ends the share that we would find lies, and what a scout sample told."""
    found = zone.recall
    if found is None:
        return ""
    name = "recall" if is_time_honest else "the share found"
    scout = (
        "" if zone.scout is None else f" A scout sample narrows it: {say.rate(zone.scout)} of it succeeded."
    )
    return f"So {name} lies between {ends(found, say)}.{scout}"


def ends(found: Bounds, say: Words) -> str:
    """Return the ends of bounds, `9% and 94%`."""
    return f"{say.percent(found.least)} and {say.percent(found.most)}"


def agreement(kappa: Kappa, undecided: int, say: Words) -> str:
    """Say how far the definition and sales agree, and on how many leads sales hasn't decided."""
    open_ones = f"{say.count(undecided)} leads are undecided."
    if kappa.is_too_small:
        return f"Sales decided on {say.count(kappa.count)} of these leads: too few to compare. {open_ones}"
    alike = say.of_counts(Rate(kappa.alike, kappa.count))
    said = f"Definition and sales say the same on {alike} decided leads"
    if kappa.value is None or kappa.interval is None:
        return f"{said}; all of them are on one side, so agreement can't be told from chance. {open_ones}"
    low, high = (say.hundredths(end) for end in kappa.interval)
    few = ", few leads" if kappa.is_small_sample else ""
    value = say.hundredths(kappa.value)
    return f"{said}: they agree {kappa.words} (κ {value}, {low} to {high}{few}). {open_ones}"


def basis(found: Quality, say: Words) -> str:
    """Say on which leads this is counted."""
    when = f" created {words.period(found.period)}" if found.period else ""
    left = [
        (found.too_young, "too young to judge"),
        (found.undated, "with a success at an unknown time"),
    ]
    out = "; ".join(f"{say.count(count)} {why}" for count, why in left if count)
    unscored = f" {say.count(found.unscored)} have no score." if found.unscored else ""
    leads, within = say.count(found.handed.denominator), words.window(found.window_days)
    return (
        f"On {leads} leads{when} that are old enough; a success counts {within}."
        f"{unscored}{f' Left out: {out}.' if out else ''}"
    )
