"""By what leads are judged: words of the command line, answered from the ledger."""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

from alignment import agreement as agreements
from alignment import report
from alignment.agreement import Agreement
from alignment.config import SQLITE, settings
from alignment.domain.agreement import Person, Side
from alignment.domain.aim import Aim, Measure
from alignment.domain.assumption import Assumption
from alignment.domain.goal import Goal
from alignment.domain.judged import AS_RECORDED, RECORDED, Judged
from alignment.domain.money import CENTS, Money
from alignment.domain.period import Period
from alignment.domain.plan import Plan
from alignment.domain.promise import Promise
from alignment.domain.refusal import Refusal
from alignment.domain.set_quality import ReasonGroup
from alignment.errors import LedgerError, UnknownTermError
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import Warehouse

LedgerUrl = Annotated[str | None, typer.Option("--ledger", metavar="URL", help="where the agreement is kept")]


def judged_by(word: str | None, tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> Judged:
    """Read by what a lead counts as MQL: recorded, as-was, a version's number or draft.

    Raises UnknownTermError that lists what there is, LedgerError when the ledger can't be opened.
    """
    if word is None or word.strip().lower() == RECORDED:
        return AS_RECORDED
    wanted = word.strip().lower().removeprefix("version").strip()
    agreement = _agreement(tables, snapshot, ledger)
    offered = report.judgements(snapshot, agreement.versions(), agreement.draft())
    for judged in offered:
        if judged.token == wanted:
            return judged
    there = ", ".join(judged.token for judged in offered)
    message = f"--judged takes one of {there} with this ledger and data, got “{word}”."
    raise UnknownTermError(message)


def versions_in_force(tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> Judged:
    """Return the versions in force on each day; raise Refusal when none has criteria."""
    return Judged.as_was(_agreement(tables, snapshot, ledger).versions())


def terms_in_force(tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> Judged:
    """Return the definitions whose SLAs hold; where no ledger is begun yet, what a new one begins with."""
    try:
        return report.terms_of(_agreement(tables, snapshot, ledger).versions())
    except LedgerError:
        if ledger:
            raise
        return report.USUAL_TERMS


def reasons_mapped(tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> Mapping[str, ReasonGroup]:
    """Return the group of each reason that somebody mapped; none where no ledger is begun yet."""
    try:
        return _agreement(tables, snapshot, ledger).reasons.groups()
    except LedgerError:
        if ledger:
            raise
        return {}


def goal_of(
    tables: Warehouse, snapshot: Snapshot, period: Period, amount: float | None, ledger: str | None
) -> Goal:
    """Return the goal typed in the business currency, else the one that both sides set for the period."""
    if amount is not None:
        return _typed(snapshot, period, amount)
    begun = agreement_begun(tables, snapshot, ledger)
    found = begun.goals.of(period) if begun else None
    if found is None:
        raise Refusal(f"No goal was set for {period}: set one in the app, or give one with --goal.")
    return found


def _typed(snapshot: Snapshot, period: Period, amount: float) -> Goal:
    if not isfinite(amount):
        raise UnknownTermError(f"--goal needs an amount of money, got {amount}.")
    typed = Money(round(amount * CENTS), snapshot.currency)
    return Goal(period, typed, Person("command line", Side.OBSERVER), datetime.now(UTC))


def goal_if_any(
    tables: Warehouse, snapshot: Snapshot, period: Period, amount: float | None, ledger: str | None
) -> Goal | None:
    """Return the goal typed, else the one that both sides set; None where there is none, or no ledger yet."""
    if amount is not None:
        return _typed(snapshot, period, amount)
    try:
        return _agreement(tables, snapshot, ledger).goals.of(period)
    except LedgerError:
        if ledger:
            raise
        return None


def aims_set(
    tables: Warehouse, snapshot: Snapshot, period: Period, ledger: str | None
) -> Mapping[Measure, Aim]:
    """Return the aims that both sides set beside revenue; none where no ledger is begun yet."""
    try:
        return _agreement(tables, snapshot, ledger).aims.of(period)
    except LedgerError:
        if ledger:
            raise
        return {}


def promises_made(tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> tuple[Promise, ...]:
    """Return every promise ever made, oldest first; none where no ledger is begun yet."""
    try:
        return _agreement(tables, snapshot, ledger).promises.every()
    except LedgerError:
        if ledger:
            raise
        return ()


def plans_set(tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> tuple[Plan, ...]:
    """Return every plan that somebody set, oldest first; none where no ledger is begun yet."""
    try:
        return _agreement(tables, snapshot, ledger).plans.every()
    except LedgerError:
        if ledger:
            raise
        return ()


def assumptions_made(
    tables: Warehouse, snapshot: Snapshot, period: Period, ledger: str | None
) -> Mapping[str, Assumption]:
    """Return what both sides assume in a period's backward plan; nothing where no ledger is begun yet."""
    try:
        return _agreement(tables, snapshot, ledger).backward_plans.of(period)
    except LedgerError:
        if ledger:
            raise
        return {}


def default_judged(tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> Judged:
    """Return by what a lead counts as MQL where nobody chose: as recorded, else by the versions in force."""
    if snapshot.has("leads", "mql_at"):
        return AS_RECORDED
    try:
        return report.judgements(snapshot, _agreement(tables, snapshot, ledger).versions())[0]
    except LedgerError:
        if ledger:
            raise
        return AS_RECORDED


def agreement_begun(tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> Agreement | None:
    """Return the agreement, None where no ledger is begun yet.

    Raises LedgerError for a ledger that was named and is not there, and for one that can't be read.
    """
    is_begun = ledger or _is_begun(snapshot, None)
    return _agreement(tables, snapshot, ledger) if is_begun else None


def refuse_missing_ledger(snapshot: Snapshot, ledger: str | None) -> None:
    """Raise LedgerError where there is no ledger: a typing error must begin no new one."""
    if not _is_begun(snapshot, ledger):
        url = ledger or settings().ledger_url(is_sample=snapshot.is_sample)
        message = (
            f"There is no ledger at {url}: sign a definition in the app first, or name it with --ledger."
        )
        raise LedgerError(message)


def _is_begun(snapshot: Snapshot, ledger: str | None) -> bool:
    """Tell whether there is a ledger; the sample company's own begins by itself."""
    url = ledger or settings().ledger_url(is_sample=snapshot.is_sample)
    begins_itself = snapshot.is_sample and ledger is None
    return begins_itself or not url.startswith(SQLITE) or Path(url.removeprefix(SQLITE)).exists()


def _agreement(tables: Warehouse, snapshot: Snapshot, ledger: str | None) -> Agreement:
    """Open the ledger; a report begins none, except the sample company's own."""
    refuse_missing_ledger(snapshot, ledger)
    return agreements.opened(ledger or settings().ledger_url(is_sample=snapshot.is_sample), tables)
