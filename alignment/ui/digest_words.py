"""A digest in words, ready for a page, a file or a message: figures, and lines under headings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from alignment.domain.agreement import Side, Version
from alignment.domain.decision import Decision
from alignment.domain.definition_words import sentence
from alignment.domain.digest import Came, Digest, Record
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.plan import Plan
from alignment.domain.promise import Promise
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Attainment, Range
from alignment.domain.review import Review
from alignment.domain.routing import Routing
from alignment.domain.stage import Stage
from alignment.ui import promise_card, restated_words, words
from alignment.ui.ahead_words import COVERAGE, FORECAST, of_coverage, of_forecast
from alignment.ui.figure import Figure
from alignment.ui.plain import one_line
from alignment.ui.promise_card import Card
from alignment.ui.shapes import SHAPES
from alignment.ui.words import Words

DEFINITION, PROMISES, CHANGED = "What we hand over", "What we promised", "What changed since"
MOST_LINES = 8
"""So many changes are listed, the newest; how many more there are is said."""


@dataclass(frozen=True)
class Bar:
    """Cents for a bar: won, with what it might end (P10, P50, P90; None: not known), the goal."""

    won: int
    might: tuple[int, int, int] | None
    goal: int


@dataclass(frozen=True)
class Block:
    """Lines under a heading; `quiet` stands below them, smaller."""

    title: str
    lines: tuple[str, ...]
    quiet: str = ""


@dataclass(frozen=True)
class Said:
    """All of a digest in words; no text in it is markup."""

    company: str
    title: str
    headline: Figure
    figures: tuple[Figure, ...]
    blocks: tuple[Block, ...]
    as_of: str
    bar: Bar | None = None


@dataclass(frozen=True)
class Teller:
    """How a reader writes numbers, and the zone in which we tell the time."""

    say: Words
    zone: ZoneInfo

    def day(self, at: datetime) -> str:
        """Return the business day of an instant of the ledger: `5 Nov 2026`."""
        return words.day(at.replace(tzinfo=UTC).astimezone(self.zone).date())


def said(found: Digest, teller: Teller, company: str, as_of: str) -> Said:
    """Return the digest in words."""
    period = words.period(found.period)
    return Said(
        company=company,
        title=f"Our goal, {period}" if found.goal else f"What we won, {period}",
        headline=headline(found, teller.say),
        figures=(pace(found, teller.say), chance(found, teller.say), *ahead(found, teller.say)),
        blocks=(
            changed(found, teller),
            promises(found, teller.say),
            definition(found, teller),
        ),
        as_of=as_of,
        bar=_bar(found),
    )


def subject(told: Said) -> str:
    """Return the digest in one line, for the subject of a message."""
    whose = f"{told.company}: " if told.company else ""
    return one_line(f"{whose}{told.headline.value} {told.headline.name}")


def headline(found: Digest, say: Words) -> Figure:
    """Return what was won, of the goal where there is one."""
    period = words.period(found.period)
    if isinstance(found.goal, Attainment):
        goal = found.goal
        name = f"won of {say.short_money(goal.goal.amount)}, {period}"
        left = "the goal is met" if goal.is_met else f"{say.short_money(goal.remaining)} still to win"
        might = "" if goal.forecast is None else f"; might end at {say.short_money(goal.forecast[1])}"
        detail = f"{say.percent(goal.share)} of the goal; {left}{might}"
        return Figure(name, say.short_money(goal.won), detail)
    if isinstance(found.forecast, Refusal):
        return Figure(f"won, {period}", "–", str(found.forecast))
    why = str(found.goal) if isinstance(found.goal, Refusal) else "No goal is set for it yet."
    return Figure(f"won, {period}", say.short_money(found.forecast.won), why)


def pace(found: Digest, say: Words) -> Figure:
    """Return what was won beside what would be on pace."""
    if not isinstance(found.goal, Attainment):
        return Figure("Pace", "–", _without(found))
    if found.goal.pace is None:
        return Figure("Pace", "–", "no pace before the first business day")
    due = Money(round(found.goal.goal.amount.cents * found.goal.elapsed_share), found.goal.won.currency)
    return Figure("Pace", say.percent(found.goal.pace), f"on pace would be {say.short_money(due)}")


def chance(found: Digest, say: Words) -> Figure:
    """Return the chance to reach the goal, and what it was on the day before."""
    name, goal = "Chance to reach it", found.goal
    if not isinstance(goal, Attainment):
        return Figure(name, "–", _without(found))
    if goal.is_met:
        more = say.short_money(goal.won - goal.goal.amount)
        return Figure(name, "Goal met", f"{more} more than we set out for")
    if goal.chance is None:
        return Figure(name, "–", goal.unknown)
    now, before = words.chance(goal.chance), found.before.chance if found.before else None
    if before is None:
        return Figure(name, now)
    day, then = words.day(found.since - timedelta(days=1)), words.chance(before)
    if then == now:
        return Figure(name, now, f"as on {day}, by today's amounts")
    return Figure(name, f"{then} → {now}", f"{day} → now, by today's amounts")


def _without(found: Digest) -> str:
    """Say why there is no goal to hold a figure against."""
    return str(found.goal) if isinstance(found.goal, Refusal) else "needs a goal"


def ahead(found: Digest, say: Words) -> tuple[Figure, Figure]:
    """Return the forecast with how often such ranges held, and the coverage."""
    return _forecast(found, say), _coverage(found, say)


def _forecast(found: Digest, say: Words) -> Figure:
    if isinstance(found.forecast, Refusal):
        return Figure(FORECAST, "–", str(found.forecast))
    range_now: Range | None = found.forecast.range
    if isinstance(found.backtest, Refusal):
        value = _ends(range_now, say) if range_now else "–"
        return Figure(FORECAST, value, str(found.backtest))
    if range_now is None:
        return Figure(FORECAST, "–", found.forecast.unknown)
    passed = (found.today - found.period.start).days / found.period.days
    return of_forecast(found.backtest, range_now, min(max(passed, 0.0), 1.0), say)


def _ends(might: Range, say: Words) -> str:
    return f"{say.short_money(might[0])}–{say.short_money(might[2])}"


def _coverage(found: Digest, say: Words) -> Figure:
    if found.coverage is None:
        return Figure(COVERAGE, "–", _without(found))
    if isinstance(found.coverage, Refusal):
        return Figure(COVERAGE, "–", str(found.coverage))
    return of_coverage(found.coverage, say)


def definition(found: Digest, teller: Teller) -> Block:
    """Return the definition in force, who signed it, and the one that is signed for later."""
    version = found.version
    if version is None:
        return Block(DEFINITION, ("No definition is in force yet.",))
    lines = [sentence(version.definition), _signed(version, teller)]
    if later := found.next_version:
        lines.append(f"Version {later.number} is signed too: {_signed(later, teller)}")
    since = version.terms.effective_on
    name = f"{DEFINITION}: version {version.number}"
    return Block(f"{name}, since {words.day(since)}" if since else name, tuple(lines))


def _signed(version: Version, teller: Teller) -> str:
    if not version.signatures:
        return "Nobody has signed it: it is what we began with."
    who = " and ".join(
        f"{SHAPES[sign.who.side]} {sign.who.name} for {sign.who.side}, {teller.day(sign.at)}"
        for sign in version.signatures
    )
    why = f" Why: {version.terms.reason}" if version.terms.reason else ""
    return f"Signed by {who}.{why}"


def promises(found: Digest, say: Words) -> Block:
    """Return both sides' promises for the period and where each stands."""
    return Block(PROMISES, (_promise(_value_card(found, say)), _promise(_answers_card(found, say))))


def _value_card(found: Digest, say: Words) -> Card:
    came = found.marketing
    if isinstance(came, Refusal):
        return promise_card.unknown(Side.MARKETING, str(came))
    return promise_card.of_value(came, say)


def _answers_card(found: Digest, say: Words) -> Card:
    came = found.sales
    return (
        promise_card.unknown(Side.SALES, str(came))
        if isinstance(came, Refusal)
        else promise_card.of_answers(came, say)
    )


def _promise(card: Card) -> str:
    side = f"{SHAPES[card.side]} {str(card.side).capitalize()}"
    if not card.status:
        return f"{side}: {card.promised}"
    if card.figure == "–" and not card.bar:
        return f"{side}: {card.status}, {card.beside}."
    status = card.status.removeprefix("… ")
    return f"{side} {card.promised}: {status}. {card.figure} reached ({card.beside})."


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


def _bar(found: Digest) -> Bar | None:
    if not isinstance(found.goal, Attainment):
        return None
    might = found.goal.forecast
    ends = (might[0].cents, might[1].cents, might[2].cents) if might and not found.goal.is_met else None
    return Bar(found.goal.won.cents, ends, found.goal.goal.amount.cents)
