"""What changed in a period that a review talks about: read off what people put on record."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alignment.domain.agreement import Version
from alignment.domain.decision import Because, Decision, standing
from alignment.domain.goal import Goal
from alignment.domain.period import Period
from alignment.domain.plan import Plan
from alignment.domain.promise import Promise
from alignment.domain.review import Topic
from alignment.domain.routing import Routing
from alignment.domain.routing import standing as standing_routings
from alignment.domain.strategy import Strategies


@dataclass(frozen=True)
class Span:
    """The period as instants (naive UTC): what was put on record from `start` on, before `end`."""

    period: Period
    start: datetime
    end: datetime

    def holds(self, at: datetime | None) -> bool:
        """Tell whether something was put on record within it."""
        return at is not None and self.start <= at < self.end


def versions(span: Span, every: Iterable[Version]) -> Topic:
    """Return the definitions that both sides signed in the period, or that came into force in it."""
    return Topic(
        "The definition",
        tuple(
            f"Version {version.number}{_from(version.terms.effective_on)}"
            f"{f': {version.terms.reason}' if version.terms.reason else ''}"
            for version in every
            if span.holds(version.at)
            or (version.terms.effective_on and span.period.contains(version.terms.effective_on))
        ),
        "No new version: the definition stands as it was.",
    )


def goals(span: Span, every: Iterable[Goal], reached: tuple[str, ...] = ()) -> Topic:
    """Return what was reached of the period's goal, and the goals set or changed in it."""
    return Topic(
        "Our goal",
        reached
        + tuple(
            f"Goal of {goal.amount.amount:,.0f} {goal.amount.currency} for {goal.period},"
            f" set by {goal.who.name}{_because(goal.reason)}"
            for goal in every
            if span.holds(goal.at) or goal.period == span.period
        ),
        "No goal was set, for this period or in it.",
    )


def plans(span: Span, every: Iterable[Plan]) -> Topic:
    """Return the plans of months set or changed in the period."""
    return Topic(
        "Plans changed",
        tuple(
            f"{plan.month:%b %Y}: {plan.mqls:,} MQLs and {plan.sqls:,} SQLs, set by {plan.who.name}"
            f"{_because(plan.reason)}"
            for plan in every
            if span.holds(plan.at)
        ),
        "No plan was set or changed.",
    )


def promises_changed(span: Span, every: Iterable[Promise]) -> tuple[str, ...]:
    """Return who made or changed a promise in the period, and why."""
    return tuple(
        f"{promise.who.name} promised for {promise.side}, {promise.period}{_because(promise.reason)}"
        for promise in every
        if span.holds(promise.at)
    )


def routings(span: Span, every: Iterable[Routing]) -> Topic:
    """Return how many leads were sent where by hand in the period, taken back ones left out."""
    sent = Counter[str]()
    for routing in standing_routings(every):
        if span.holds(routing.at):
            sent[routing.route.label] += len(routing.leads)
    return Topic(
        "Leads routed by hand",
        tuple(f"{leads:,} to {route}" for route, leads in sorted(sent.items())),
        "No lead was routed by hand.",
    )


def decisions_due(every: Iterable[Decision], today: date) -> Topic:
    """Return the decisions that nobody has seen to yet, the first due first."""
    return Topic(
        "Decisions to see to",
        tuple(
            f"{each.about.called} ({each.about.period}): {each.choice.meaning}, {each.owner}, "
            f"{'overdue since' if each.is_overdue(today) else 'due'} {each.due_on:%-d %b %Y}"
            for each in standing(every)
        ),
        "Every decision has been seen to.",
    )


def unexplained(found: Strategies, span: Span, every: Iterable[Because]) -> Topic:
    """Return the strategies that money was spent on and nobody has said why."""
    said = {
        each.about.name for each in every if (each.about.period, each.about.by) == (span.period, found.by)
    }
    return Topic(
        "Spend without a because",
        tuple(
            f"{found.called(row.name)}: {row.spend.amount:,.0f} {row.spend.currency}"
            for row in found.rows
            if row.spend and row.spend.cents and row.name not in said
        ),
        "All that was spent has its because.",
    )


def _from(day: date | None) -> str:
    return f", in force from {day:%-d %b %Y}" if day else ""


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""
