"""What the two sides promised each other, beside what came: sales value of MQLs, hand-offs answered."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from alignment.domain.cohort import Cohort
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import USUAL_DAYS, AnswerPromise, Promise, ValuePromise
from alignment.domain.promise_kept import APART, NOT_OLD_ENOUGH, Answer, Answered, Moment, ValueReached
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import elapsed_share
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.metrics import promise as metric
from alignment.metrics.hand_offs import HandOffs
from alignment.metrics.journeys import Clock
from alignment.report.answer import Words, clock_of, need, passport
from alignment.report.follow_up import USUAL_TERMS, agreed
from alignment.report.forecast import holidays_of
from alignment.report.judged import kinds_of, missing_for
from alignment.report.value import SHRINKS, VALUE_SHOWS, Worth, worth_per_mql
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import end_of_day

ANSWER_SHOWS = "the hand-offs answered in time beside what sales promised"
SAME_RULE = (
    "Both promises are judged by one rule at the same as-of: on the way until the period is over, then kept"
    " at or above what was promised, without rounding"
)


def value_of_mqls(
    snapshot: Snapshot,
    period: Period,
    promise: Promise | None = None,
    judged: Judged = AS_RECORDED,
    *,
    worth: Worth | None = None,
    as_of: date | None = None,
) -> ValueReached:
    """Return what the leads that became MQL in the period are expected to bring, beside marketing's promise.

    `worth` is what one MQL of each source is expected to bring, where that was asked before.
    Raises MissingColumnError, naming the column, or Refusal when the data can't tell what an MQL might bring.
    """
    cohort = _cohort(snapshot, Cohort(Stage.MQL, period, as_of=as_of, judged=judged), VALUE_SHOWS)
    worth = worth or worth_per_mql(snapshot, as_of, judged)
    then = _worth_when_made(promise, snapshot.currency)
    clock = clock_of(snapshot, as_of)
    by = "source" if snapshot.has("leads", "source") else None
    query = metric.mqls_by(clock, cohort, kinds_of(snapshot), by)
    mqls = {row["group_value"]: row["mqls"] for row in snapshot.ask(query).to_pylist()}
    total, unsourced = sum(mqls.values()), mqls.get(None, 0) if by else 0
    new = sum(count for source, count in mqls.items() if source not in then) if then else 0
    return ValueReached(
        period,
        promise,
        _sum_of(mqls, worth, snapshot.currency),
        total,
        unsourced,
        worth,
        _moment(snapshot, clock, period),
        passport(clock, _value_words(cohort, total, unsourced, new), query),
        _sum_of(mqls, {**worth, **then}, snapshot.currency) if then else None,
    )


def _worth_when_made(promise: Promise | None, currency: str) -> Worth:
    """Return what an MQL of each source was expected to bring when the promise was made; nothing without it.

    Raises Refusal for a promise in another currency than the data's.
    """
    if promise is None or not isinstance(promise.promised, ValuePromise):
        return {}
    _refuse_other_currency(promise.promised.amount, currency)
    return {source: Money(cents, currency) for source, cents in promise.promised.worth.items()}


def _sum_of(mqls: Mapping[str | None, int], worth: Worth, currency: str) -> Money:
    return Money(sum(worth[source].cents * count for source, count in mqls.items()), currency)


def answered(
    snapshot: Snapshot,
    period: Period,
    promise: Promise | None = None,
    terms: Judged | None = None,
    judged: Judged = AS_RECORDED,
    *,
    as_of: date | None = None,
) -> Answered:
    """Return how the hand-offs of the period were answered, beside the promise of sales.

    `terms` are the definitions whose SLAs hold. Raises MissingColumnError when the data can't tell.
    """
    terms = terms or USUAL_TERMS
    cohort = _cohort(snapshot, Cohort(Stage.MQL, period, as_of=as_of, judged=judged), ANSWER_SHOWS)
    for columns in (("first_touch_at",), ("sal_at", "sql_at"), ("rejected_at",), ("rejection_reason",)):
        need(snapshot, "leads", *columns, shows=ANSWER_SHOWS)
    promised = promise.promised if promise else None
    days = promised.days if isinstance(promised, AnswerPromise) else USUAL_DAYS
    clock = clock_of(snapshot, as_of)
    asked = HandOffs(clock, cohort, terms, snapshot.business_hours, kinds_of(snapshot))
    query = metric.answers(asked, days)
    answers = {Answer(row["answer"]): row["hand_offs"] for row in snapshot.ask(query).to_pylist()}
    moment = _moment(snapshot, clock, period)
    blank = Answered(period, promise, days, answers, moment, passport(clock, Words("", "", "")))
    words = _answer_words(cohort, terms, blank)
    return Answered(period, promise, days, answers, moment, passport(clock, words, query))


def _cohort(snapshot: Snapshot, cohort: Cohort, shows: str) -> Cohort:
    if lacks := missing_for(snapshot, cohort.judged, is_dated=True):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {shows}.")
    return cohort


def _refuse_other_currency(promised: Money, currency: str) -> None:
    if promised.currency != currency:
        message = (
            f"The promise is in {promised.currency}, this data counts in {currency}."
            f" Promise again in {currency}."
        )
        raise Refusal(message)


def _moment(snapshot: Snapshot, clock: Clock, period: Period) -> Moment:
    return Moment(
        clock.today >= period.start,
        clock.as_of >= end_of_day(period.last, ZoneInfo(clock.zone)),
        elapsed_share(period, clock.today, holidays_of(snapshot)),
    )


def _value_words(cohort: Cohort, mqls: int, unsourced: int, new: int) -> Words:
    return Words(
        f"Sales value of MQLs, {cohort.period}",
        f"sum over the leads that {cohort} of what one MQL of its source is expected to bring: the chance of"
        f" MQL → won × the mean deal won of the source; {SHRINKS}. Due by now = promise × share of the"
        f" period's business days passed. {SAME_RULE}. What an MQL might bring moves as deals come in: the"
        " promise is judged by what we know today, as every figure here is, and what each source was expected"
        " to bring when the promise was made is kept with it, so that both can be seen."
        f" {cohort.judged.explained}",
        f"{mqls:,} MQLs, each at the expected value of its source",
        left_out={
            "MQLs without a source: counted at the expected value of MQLs without one": unsourced,
            "MQLs of a source not known when the promise was made: by then's values counted as today": new,
        },
    )


def _answer_words(cohort: Cohort, terms: Judged, found: Answered) -> Words:
    return Words(
        f"Hand-offs answered, {cohort.period}",
        f"answered ÷ (answered + not answered), of leads that {cohort}. Answered: first touch within the SLA"
        f" ({agreed(terms)}), and within {found.days} days of the hand-off accepted (SAL or more) or sent"
        " back with a reason. Not old enough to judge, and in neither: the SLA not due, or not decided on"
        f" while these days are not over. {SAME_RULE}; while hand-offs are pending after the end it is kept"
        f" or not kept only where they can't change that. {cohort.judged.explained}",
        f"{found.rate.numerator:,} answered",
        f"{found.rate.denominator:,} hand-offs old enough",
        {answer.meaning: found.count(answer) for answer in (*NOT_OLD_ENOUGH, *APART)},
    )
