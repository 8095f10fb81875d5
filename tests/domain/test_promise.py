"""Promises: each of one side, for one period, judged by one rule."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import AnswerPromise, Promise, ValuePromise, newest
from alignment.domain.promise_kept import Answer, Answered, Moment, PromiseStatus, ValueReached
from alignment.domain.refusal import Refusal

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))
AT = datetime(2026, 6, 30, 12)
VALUE, ANSWERS = ValuePromise(Money(1000, "EUR")), AnswerPromise(90)
BEFORE = Moment(is_begun=False, is_over=False, elapsed_share=0.0)
UNDER_WAY = Moment(is_begun=True, is_over=False, elapsed_share=0.5)
OVER = Moment(is_begun=True, is_over=True, elapsed_share=1.0)
NOTHING = Passport("", "", "")


def reached(cents, moment=OVER):
    """Return where marketing's promise of 10 euros stands with so much value."""
    promise = Promise(JULY, VALUE, ADA, AT)
    return ValueReached(JULY, promise, Money(cents, "EUR"), 1, 0, {}, moment, NOTHING)


def answered(yes, no, pending=0, late=0, moment=OVER):
    """Return where the promise of sales to answer 90 % stands with so many hand-offs."""
    counts = {Answer.ANSWERED: yes, Answer.UNTOUCHED: no, Answer.PENDING: pending, Answer.LATE: late}
    return Answered(JULY, Promise(JULY, ANSWERS, BO, AT), 14, counts, moment, NOTHING)


@pytest.mark.parametrize(("who", "promised"), [(ADA, ANSWERS), (BO, VALUE), (OLA, VALUE), (OLA, ANSWERS)])
def test_nobody_promises_for_another_side(who, promised):
    """Marketing its value, sales its answers, observers nothing."""
    with pytest.raises(Refusal, match=f"can't promise for {promised.side}"):
        Promise(JULY, promised, who, AT)


@pytest.mark.parametrize(
    "made",
    [
        lambda: ValuePromise(Money(0, "EUR")),
        lambda: ValuePromise(Money(10**15, "EUR")),
        lambda: AnswerPromise(0),
        lambda: AnswerPromise(101),
        lambda: AnswerPromise(90, -1),
        lambda: AnswerPromise(90, 366),
    ],
    ids=["nothing", "too much", "0 %", "101 %", "before the hand-off", "over a year"],
)
def test_a_promise_that_nobody_can_mean_is_refused(made):
    """In one sentence."""
    with pytest.raises(Refusal):
        made()


def test_the_newest_promise_of_a_side_and_period_holds():
    """The other side's and other periods' are others."""
    ten, twenty = (Promise(JULY, ValuePromise(Money(cents, "EUR")), ADA, AT) for cents in (1000, 2000))
    others = [Promise(JUNE, VALUE, ADA, AT), Promise(JULY, ANSWERS, BO, AT)]

    assert newest([ten, twenty, *others], Side.MARKETING, JULY) is twenty
    assert newest([others[1]], Side.MARKETING, JULY) is None


@pytest.mark.parametrize(
    ("moment", "status"), [(BEFORE, PromiseStatus.NOT_BEGUN), (UNDER_WAY, PromiseStatus.ON_THE_WAY)]
)
def test_before_the_end_neither_side_is_kept_or_not(moment, status):
    """Whatever was reached: the rule is the same for both."""
    assert {reached(cents, moment).status for cents in (0, 5000)} == {status}
    assert {answered(yes, 10 - yes, moment=moment).status for yes in (0, 10)} == {status}


@pytest.mark.parametrize(("cents", "status"), [(1000, PromiseStatus.KEPT), (999, PromiseStatus.NOT_KEPT)])
def test_at_the_end_value_is_kept_from_the_very_cent(cents, status):
    """No rounding."""
    assert reached(cents).status is status


@pytest.mark.parametrize(
    ("yes", "no", "pending", "late", "status"),
    [
        (90, 10, 0, 0, PromiseStatus.KEPT),
        (899, 101, 0, 0, PromiseStatus.NOT_KEPT),  # 89.9 % is not 90
        (95, 0, 5, 0, PromiseStatus.KEPT),  # even if none of the five is answered
        (90, 9, 5, 0, PromiseStatus.KEPT_SO_FAR),  # 90 of 99, with five answered late 90 of 104
        (80, 10, 20, 0, PromiseStatus.OPEN),  # 80 of 90, with all twenty 100 of 110
        (80, 20, 20, 0, PromiseStatus.NOT_KEPT),  # with all twenty 100 of 120
        (80, 10, 0, 20, PromiseStatus.NOT_KEPT),  # late ones can't be answered in time any more
        (2, 2, 0, 0, PromiseStatus.TOO_FEW),  # under five there is no percentage
        (0, 0, 0, 0, PromiseStatus.TOO_FEW),
        (3, 0, 3, 0, PromiseStatus.OPEN),  # three are no share to say that it is kept so far
    ],
)
def test_at_the_end_answers_are_judged_with_what_is_pending(yes, no, pending, late, status):
    """Kept or not only where the pending ones can't change it."""
    assert answered(yes, no, pending, late).status is status


def test_reached_over_promised_is_said_for_both():
    """45 of 50 is all of 90 %; three hand-offs have no share."""
    assert reached(500).share == 0.5
    assert answered(45, 5).share == pytest.approx(1)
    assert answered(3, 0).share is None
