"""What the compass says of a month, in sentences of numbers."""

from datetime import date

from alignment.domain import compass_words
from alignment.domain.compass import CompassMonth
from alignment.domain.plan import Plan
from alignment.domain.swing import FEWEST_MONTHS, Reading, Standing
from alignment.domain.traits import Trait, Traits
from alignment.ui.words import Words, day

MOST_TRAITS = 5


def name(month: date) -> str:
    """Return a month as it is read: `Sep 2026`."""
    return f"{month:%b %Y}"


def seen(month: CompassMonth) -> str:
    """Say in one sentence where the month stands."""
    is_planned = month.plan is not None
    if month.cell:
        return compass_words.said(month.cell, is_planned=is_planned).seen
    if month.mqls.standing is None:
        return "Too early to tell lack or surplus from chance."
    told = compass_words.said_of_mqls(month.mqls.standing, is_planned=is_planned)
    return f"{told} SQLs are too young to judge until {day(month.judged_on)}."


def question(month: CompassMonth, whole_months_before: int) -> str:
    """Ask both sides what goes with where the month stands; without a cell say what is missing for one."""
    if month.cell:
        return compass_words.said(month.cell, is_planned=month.plan is not None).question
    if month.mqls.standing is None:
        return (
            f"What is usual needs {FEWEST_MONTHS} whole months before it; there"
            f" {'is' if whole_months_before == 1 else 'are'} {whole_months_before}."
        )
    return "A month's last leads need their time: what could we ask before then?"


def counted(month: CompassMonth, say: Words) -> list[str]:
    """Say MQLs, SQLs and the conversion of a month, each beside what was expected."""
    lines = [f"MQLs: {_reading(month.mqls, say)}"]
    if month.is_mature:
        return [*lines, f"SQLs: {_reading(month.sqls, say)}", _conversion(month, say)]
    return [*lines, f"SQLs: {say.count(month.sqls.actual)} so far, too young to judge."]


def traits(found: Traits, say: Words) -> list[str]:
    """Say what these SQLs have more often than those of the months before, or that nothing stands out."""
    if not found.tested:
        return ["There is no attribute in the data that these SQLs could have in common."]
    if not found.found:
        values = say.count(len(found.tested))
        return [f"Nothing stands out: chance might explain each of the {values} values that we compared."]
    lines = [_trait(trait, say) for trait in found.found[:MOST_TRAITS]]
    more = len(found.found) - len(lines)
    return [*lines, f"and {say.count(more)} more, in the table"] if more else lines


def plan(found: Plan | None, month: date, *, is_of_all: bool = True) -> str:
    """Say what was planned for a month, by whom and when; plans are for all sources."""
    if found is None:
        without = f"No plan for {name(month)}" if is_of_all else "The plan is for all sources"
        return f"{without}: judged by what is usual."
    when = f"{found.who.name}, {day(found.at.date())}"
    late = ", when the month was over" if found.is_afterwards else ""
    return f"Planned for {name(month)}: {found.mqls:,} MQLs, {found.sqls:,} SQLs ({when}{late})."


def _reading(reading: Reading, say: Words) -> str:
    usual = reading.usual
    if usual is None:
        planned = f", planned {say.count(reading.plan)}" if reading.plan is not None else ""
        return f"{say.count(reading.actual)}{planned}."
    between = f"{say.count(usual.low)}–{say.count(usual.high)}"
    if reading.plan is None:
        return (
            f"{say.count(reading.actual)}, usually {say.count(usual.centre)} ({between}){_why(reading, say)}."
        )
    planned = f"{say.count(reading.actual)}, planned {say.count(reading.plan)}"
    return f"{planned}{_why(reading, say)}{_beside_usual(reading, between)}."


def _why(reading: Reading, say: Words) -> str:
    """Say what makes it a signal, or that it is none."""
    swing = say.count(reading.usual.swing) if reading.usual else ""
    if reading.is_beyond:
        return f": beyond the usual swing of ±{swing}"
    if reading.is_run:
        side = "above" if reading.run > 0 else "below"
        return f": {abs(reading.run)} months in a row {side} it"
    return f": within the usual swing of ±{swing}"


def _beside_usual(reading: Reading, between: str) -> str:
    """Say where the plan and what is usual tell two things: then the plan itself might be worth a talk."""
    if reading.standing is not Standing.EXPECTED and reading.is_usual:
        return f"; within our usual limits, though ({between}), so the plan might be worth a talk too"
    if reading.standing is Standing.EXPECTED and not reading.is_usual:
        return f"; not usual for us ({between})"
    return ""


def _conversion(month: CompassMonth, say: Words) -> str:
    rate = f"MQL → SQL: {say.rate(month.counted.rate)}"
    if month.before.is_too_small or month.counted.rate.is_too_small:
        return f"{rate}."
    told = {"no clear difference": "no clear difference to"}.get(
        month.conversion.words, f"{month.conversion.words} than in"
    )
    return f"{rate}, {told} the months before ({say.percent(month.before.value)})."


def _trait(trait: Trait, say: Words) -> str:
    counts = trait.counts
    return (
        f"{counts.attribute.replace('_', ' ')} “{counts.value}”: {say.count(counts.found)} of"
        f" {say.count(counts.leads)}, before {say.count(counts.found_before)} of"
        f" {say.count(counts.leads_before)} ({trait.words})"
    )
