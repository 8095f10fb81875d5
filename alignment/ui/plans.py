"""How much of the agreed goals falls on a month: a goal is spread over the business days of its period."""

from collections.abc import Iterable

from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.revenue import business_days


def part_of_goals(month: Period, goals: Iterable[Goal]) -> Money | None:
    """Return the month's part of the shortest goal that covers it, as last set; None without one."""
    newest = {goal.period: goal for goal in goals}
    covering = [
        goal for goal in newest.values() if goal.period.start <= month.start and month.end <= goal.period.end
    ]
    if not covering:
        return None
    goal = min(covering, key=lambda each: each.period.days)
    days = business_days(goal.period.start, goal.period.end)
    share = business_days(month.start, month.end) / days if days else 0
    return Money(round(goal.amount.cents * share), goal.amount.currency)
