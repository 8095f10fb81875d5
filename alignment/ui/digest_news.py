"""What changed since the reader last looked: what the data brought, and what people put on record."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from alignment.domain.agreement import Version
from alignment.domain.decision import Decision
from alignment.domain.digest import Came, Digest, Record
from alignment.domain.goal import Goal
from alignment.domain.plan import Plan
from alignment.domain.promise import Promise
from alignment.domain.refusal import Refusal
from alignment.domain.review import Review
from alignment.domain.routing import Routing
from alignment.domain.stage import Stage
from alignment.ui import promise_card, restated_words, words
from alignment.ui.digest_parts import Block, Teller
from alignment.ui.shapes import SHAPES
from alignment.ui.words import Words

CHANGED = "What changed since"
MOST_LINES = 8
"""So many changes are listed, the newest; how many more there are is said."""


def changed(found: Digest, teller: Teller) -> Block:
    """Return what the data brought and what people put on record since, the newest first."""
    data = _came(found, teller.say)
    restated = restated_words.lines(found.restated, teller.say, teller.zone, since=found.moment)
    news = [line for _, line in sorted(_news(found, teller), reverse=True)]
    rest = len(news) - MOST_LINES
    if rest > 0:
        news = [*news[:MOST_LINES], f"and {rest} more, on the history page"]
    lines = (*data, *restated, *(news or ["Nobody put anything on record."]))
    return Block(f"{CHANGED} {words.day(found.since)}", lines)


def _came(found: Digest, say: Words) -> list[str]:
    if found.came is None:
        return [f"The data ends on {words.day(found.today)}: no later day has come in."]
    if isinstance(found.came, Refusal):
        return [str(found.came)]
    return [line for line in (_deals(found.came, say), _leads(found.came, say)) if line]


def _deals(came: Came, say: Words) -> str:
    if came.won_count is None or came.lost_count is None:
        return ""
    worth = f" for {say.short_money(came.won)}" if came.won and came.won_count else ""
    return f"{_counted(came.won_count, 'deal', say)} won{worth}, {say.count(came.lost_count)} lost."


def _leads(came: Came, say: Words) -> str:
    if not came.stages:
        return ""
    names = {Stage.LEAD: "lead", Stage.MQL: "MQL", Stage.SQL: "SQL"}
    parts = [_counted(count, names[stage], say) for stage, count in came.stages.items()]
    return f"New: {', '.join(parts)}."


def _counted(count: int, noun: str, say: Words) -> str:
    return f"{say.count(count)} {noun}{'' if count == 1 else 's'}"


def _news(found: Digest, teller: Teller) -> Iterable[tuple[datetime, str]]:
    """Return each thing that people put on record since, with its moment."""
    news, whole = found.news, found.record
    yield from ((each.at, _goal(each, whole, teller)) for each in news.goals)
    yield from ((each.at, _version(each, teller)) for each in news.versions if each.at)
    yield from ((each.at, _promised(each, whole, teller)) for each in news.promises)
    yield from ((each.at, _routing(each, teller)) for each in news.routings)
    yield from ((each.at, _decision(each, teller)) for each in news.decisions)
    yield from ((each.at, _review(each, teller)) for each in news.reviews)
    for (at, who), group in groupby(news.plans, key=lambda plan: (plan.at, plan.who)):
        yield at, f"{teller.day(at)}: {SHAPES[who.side]} {who.name} {_plans(list(group), teller.say)}"
    edits = whole.edits_since(found.moment)
    if edits:
        people = ", ".join(dict.fromkeys(f"{SHAPES[edit.who.side]} {edit.who.name}" for edit in edits))
        number = whole.draft.base.number if whole.draft else 0
        moved = f"{_counted(len(edits), 'change', teller.say)} suggested to version {number} by {people}"
        yield edits[-1].at, f"{teller.day(edits[-1].at)}: {moved}, not signed yet."


def _by(record: Goal | Promise | Routing | Decision | Review, teller: Teller) -> str:
    return f"{teller.day(record.at)}: {SHAPES[record.who.side]} {record.who.name}"


def _why(reason: str) -> str:
    return f" Why: {reason}" if reason else ""


def _goal(goal: Goal, record: Record, teller: Teller) -> str:
    period, amount = words.period(goal.period), teller.say.short_money(goal.amount)
    former = [each for each in record.goals if each.period == goal.period and each.at < goal.at]
    was = f"{teller.say.short_money(former[-1].amount)} → " if former else ""
    deed = "changed" if former else "set"
    return f"{_by(goal, teller)} {deed} our goal for {period}: {was}{amount}.{_why(goal.reason)}"


def _version(version: Version, teller: Teller) -> str:
    day = version.terms.effective_on
    holds = f" It holds from {words.day(day)}." if day else ""
    at = teller.day(version.at) if version.at else ""
    return f"{at}: version {version.number} was signed by both sides.{holds}{_why(version.terms.reason)}"


def _promised(promise: Promise, record: Record, teller: Teller) -> str:
    alike = [
        each
        for each in record.promises
        if (each.side, each.period) == (promise.side, promise.period) and each.at < promise.at
    ]
    deed = "changed the promise" if alike else "promised"
    what = promise_card.what(promise.promised, teller.say)
    period = words.period(promise.period)
    return f"{_by(promise, teller)} {deed}: {what}, {period}.{_why(promise.reason)}"


def _routing(routing: Routing, teller: Teller) -> str:
    if routing.undoes is not None:
        return f"{_by(routing, teller)} took a routing back.{_why(routing.reason)}"
    leads = _counted(len(routing.leads), "lead", teller.say)
    return f"{_by(routing, teller)} routed {leads} to {routing.route.label}.{_why(routing.reason)}"


def _decision(decision: Decision, teller: Teller) -> str:
    about = f"{decision.about.called}, {words.period(decision.about.period)}"
    if decision.is_done:
        return f"{_by(decision, teller)}: what we decided on {about} is done."
    sees_to = f"{decision.owner} sees to it until {words.day(decision.due_on)}"
    choice = f"{about}: {decision.choice.meaning}, {sees_to}"
    return f"{_by(decision, teller)} put on record: {choice}.{_why(decision.reason)}"


def _review(review: Review, teller: Teller) -> str:
    note = f" {review.note}" if review.note else ""
    return f"{_by(review, teller)}: we held the review of {words.period(review.period)}.{note}"


def _plans(plans: list[Plan], say: Words) -> str:
    first, last = plans[0], plans[-1]
    months = f"{first.month:%b %Y}" if first is last else f"{first.month:%b} – {last.month:%b %Y}"
    numbers = f"{_counted(first.mqls, 'MQL', say)} and {_counted(first.sqls, 'SQL', say)} a month"
    return f"planned {months}: {numbers}.{_why(first.reason)}"
