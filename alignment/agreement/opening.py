"""Opening the agreement: the ledger at its address, begun with what suits the data."""

from alignment.agreement.shared import Agreement
from alignment.domain.agreement import Terms, Version
from alignment.domain.definition import Definition
from alignment.domain.goal import Goal
from alignment.domain.money import CENTS, Money
from alignment.domain.period import Period
from alignment.domain.plan import Plan
from alignment.sample import agreement as sample
from alignment.sample import decisions, plan
from alignment.sample.goal import suggested_goal
from alignment.sample.promises import promises
from alignment.store import (
    ledger_decisions,
    ledger_goals,
    ledger_plans,
    ledger_promises,
    ledger_reviews,
    ledger_spend_reasons,
)
from alignment.store.ledger import Ledger
from alignment.store.warehouse import Warehouse


def opened(url: str, warehouse: Warehouse) -> Agreement:
    """Open the agreement in the ledger at `url`; a new ledger begins with what suits the warehouse's data.

    For the sample company these are its two versions, a goal, plans and both sides' promises, else an empty
    definition to start from.
    """
    ledger = Ledger(url, lambda: first_versions(warehouse))
    agreement = Agreement(ledger)
    if not agreement.goals.every():
        _set_sample_goal(ledger, warehouse)
    if not agreement.promises.every():
        _make_sample_promises(ledger, warehouse)
    if not agreement.plans.every():
        _set_sample_plans(ledger, warehouse)
    if not agreement.reviews.every() and not agreement.decisions.every():
        _hold_sample_review(ledger, warehouse)
    return agreement


def first_versions(warehouse: Warehouse) -> tuple[Version, ...]:
    """Return the versions that a new ledger begins with; raise WarehouseError when there is no data yet."""
    snapshot = warehouse.snapshot()
    if snapshot.is_sample and snapshot.as_of:
        return sample.versions(snapshot.as_of.date(), warehouse.path)
    return (Version(1, Definition(), Terms("Where we begin: no criteria yet.")),)


def _set_sample_goal(ledger: Ledger, warehouse: Warehouse) -> None:
    snapshot = warehouse.snapshot()
    if snapshot.is_sample and snapshot.as_of:
        goal = suggested_goal(warehouse.path, snapshot.as_of.date())
        period, amount = Period(goal.start_on, goal.end_on), Money(goal.amount * CENTS, snapshot.currency)
        with ledger.writing() as connection:
            ledger_goals.save(connection, Goal(period, amount, sample.SALES, snapshot.as_of))


def _make_sample_promises(ledger: Ledger, warehouse: Warehouse) -> None:
    snapshot = warehouse.snapshot()
    if snapshot.is_sample and snapshot.as_of:
        with ledger.writing() as connection:
            for promise in promises(warehouse.path, snapshot.as_of.date()):
                ledger_promises.save(connection, promise)


def _set_sample_plans(ledger: Ledger, warehouse: Warehouse) -> None:
    snapshot = warehouse.snapshot()
    if snapshot.is_sample and snapshot.as_of:
        found = plan.suggested_plan(warehouse.path, snapshot.as_of.date())
        plans = [
            Plan(month, found.mqls, found.sqls, plan.WHO, found.at, plan.REASON) for month in found.months
        ]
        with ledger.writing() as connection:
            ledger_plans.save(connection, plans)


def _hold_sample_review(ledger: Ledger, warehouse: Warehouse) -> None:
    snapshot = warehouse.snapshot()
    if snapshot.is_sample and snapshot.as_of:
        held = decisions.reviewed(snapshot.as_of.date())
        with ledger.writing() as connection:
            for decision in held.decisions:
                ledger_decisions.save(connection, decision)
            for because in held.reasons:
                ledger_spend_reasons.save(connection, because)
            ledger_reviews.save(connection, held.review)
