"""Promises: the sales value of MQLs, and hand-offs answered in time; one rule for both sides."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from alignment import report
from alignment.domain.agreement import Person, Side
from alignment.domain.definition import Definition
from alignment.domain.judged import Judged, Span
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import AnswerPromise, Promise, ValuePromise
from alignment.domain.promise_kept import Answer, PromiseStatus
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError

ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)
JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
MADE = datetime(2026, 6, 30, 12)
MONDAY = "2026-07-06T10:00:00"
"""With the usual SLA of 8 business hours, due on Tuesday the 7th at 10:00."""


def value(euros, worth=None):
    """Return marketing's promise for July in whole euros; `worth` in euros by source as it was then."""
    then = {source: amount * 100 for source, amount in (worth or {}).items()}
    return Promise(JULY, ValuePromise(Money(euros * 100, "EUR"), then), ADA, MADE)


def answers(percent, days=14):
    """Return the promise of sales for July."""
    return Promise(JULY, AnswerPromise(percent, days), BO, MADE)


def past(source, leads, won, amount):
    """Draw MQLs of January from one source and the deals that the first of them won, of one amount."""
    named = [f"{source}{number}" for number in range(leads)]
    drawn = [f"{lead} 2026-01-05 2026-01-06 {source}" for lead in named]
    deals = [f"d{lead} {lead} 2026-01-10 2026-01-20 true true {amount}" for lead in named[:won]]
    return drawn, deals


@pytest.fixture
def company(given):
    """Return a function that draws a company: half of 60 fair MQLs brought 1,000, none of 60 web ones did.

    `july` is the lines of the leads that become MQL in July: late in it they are too young to judge.
    """

    def drawn(july, as_of="2026-08-01 00:00:00", extra=()):
        fair, won = past("fair", 60, 30, 1000)
        web, _ = past("web", 60, 0, 0)
        leads = "\n".join(["lead_id created_at mql_at source", *fair, *web, *july])
        deals = "\n".join(["deal_id lead_id created_at closed_at is_won is_closed amount", *won, *extra])
        return given(leads=leads, deals=deals, as_of=as_of)

    return drawn


# Marketing: the value of MQLs.


def test_the_promise_is_of_value_and_not_of_heads(company):
    """Two fair MQLs bring more than five of the web: what counts is what they might bring.

    All: 30 of 120 won, mean 1,000. Fair: (30 + 30 × ¼) ÷ (60 + 30) = 0.41667; web: 7.5 ÷ 90 = 0.08333.
    """
    two_fair = [f"f{number} 2026-07-01 2026-07-28 fair" for number in range(2)]
    found = report.value_of_mqls(company(two_fair), JULY, value(800))

    assert (found.mqls, found.reached) == (2, Money(833_34, "EUR"))
    assert found.status is PromiseStatus.KEPT


def test_heads_without_value_keep_no_promise(company):
    """Five of the web: 5 × 83.33."""
    five_web = [f"w{number} 2026-07-01 2026-07-28 web" for number in range(5)]
    found = report.value_of_mqls(company(five_web), JULY, value(800))

    assert (found.mqls, found.reached) == (5, Money(416_65, "EUR"))
    assert found.status is PromiseStatus.NOT_KEPT


@pytest.mark.parametrize(
    ("cents", "status"), [(833_34, PromiseStatus.KEPT), (833_35, PromiseStatus.NOT_KEPT)]
)
def test_a_cent_decides(company, cents, status):
    """At or above what was promised, without rounding."""
    promise = Promise(JULY, ValuePromise(Money(cents, "EUR")), ADA, MADE)
    two_fair = [f"f{number} 2026-07-01 2026-07-28 fair" for number in range(2)]

    assert report.value_of_mqls(company(two_fair), JULY, promise).status is status


def test_only_those_that_became_mql_in_the_period_count(company):
    """On its first and last day, not the day before nor the one after; when they were created is nothing."""
    july = [
        "before 2026-06-01 2026-06-30T23:59:59 fair",
        "first 2026-06-01 2026-07-01T00:00:00 fair",
        "last 2026-06-01 2026-07-31T23:59:59 fair",
        "after 2026-06-01 2026-08-01T00:00:00 fair",
    ]
    assert report.value_of_mqls(company(july, "2026-08-20 00:00:00"), JULY).mqls == 2


def test_credits_make_no_mql_worth_more(company):
    """Ten of −50, won by fair leads too: they are in no mean, and no weight of it."""
    negative = [f"c{number} fair0 2026-01-10 2026-01-20 true true -50" for number in range(10)]
    two_fair = [f"f{number} 2026-07-01 2026-07-28 fair" for number in range(2)]
    found = report.value_of_mqls(company(two_fair, extra=negative), JULY, value(800))
    assert found.reached == Money(833_34, "EUR")


def test_an_mql_without_a_source_counts_with_the_value_of_all(company):
    """30 of 120 × 1,000, and it is said."""
    found = report.value_of_mqls(company(["x 2026-07-01 2026-07-28 -"]), JULY)

    assert (found.reached, found.unsourced) == (Money(250_00, "EUR"), 1)
    assert ("MQLs without a source: counted at the expected value of MQLs without one", 1) in (
        found.passport.left_out
    )


@pytest.mark.parametrize(
    ("as_of", "status", "due"),
    [
        ("2026-06-30 12:00:00", PromiseStatus.NOT_BEGUN, 0),
        ("2026-07-16 18:00:00", PromiseStatus.ON_THE_WAY, 1200_00),
        ("2026-07-31 23:59:58", PromiseStatus.ON_THE_WAY, 2300_00),
        ("2026-08-01 00:00:00", PromiseStatus.NOT_KEPT, 2300_00),
    ],
)
def test_until_the_period_is_over_a_promise_is_on_the_way(company, as_of, status, due):
    """2,300 for the 23 business days of July: 12 have passed on the evening of the 16th."""
    found = report.value_of_mqls(company(["f 2026-07-01 2026-07-06 fair"], as_of), JULY, value(2300))

    assert (found.status, found.due) == (status, Money(due, "EUR"))


def test_the_last_day_asked_for_is_the_whole_day(company):
    """`as_of` 31 July means its evening: the period is over."""
    snapshot = company(["f 2026-07-01 2026-07-28 fair"], "2026-09-01 00:00:00")

    assert (
        report.value_of_mqls(snapshot, JULY, value(9), as_of=date(2026, 7, 31)).status is PromiseStatus.KEPT
    )


def test_reached_over_promised_is_said_on_the_way(company):
    """416.67 of 833.34."""
    found = report.value_of_mqls(
        company(["f 2026-07-01 2026-07-06 fair"], "2026-07-16 18:00:00"), JULY, value(1000)
    )
    assert found.share == pytest.approx(0.41667)


def test_what_was_expected_when_the_promise_was_made_stays_beside_it(company):
    """A fair MQL was worth 600 then and is worth 416.67 now; of the web nobody had heard, so as today."""
    july = ["f 2026-07-01 2026-07-28 fair", "w 2026-07-01 2026-07-28 web"]
    found = report.value_of_mqls(company(july), JULY, value(500, {"fair": 600}))

    assert (found.reached, found.as_made) == (Money(500_00, "EUR"), Money(683_33, "EUR"))
    assert found.status is PromiseStatus.KEPT
    assert any("not known when the promise was made" in why for why, _ in found.passport.left_out)


def test_without_a_promise_the_value_is_told_all_the_same(company):
    """It is what a promise starts from."""
    found = report.value_of_mqls(company(["f 2026-07-01 2026-07-28 fair"]), JULY)

    assert (found.reached, found.status, found.share, found.due, found.as_made) == (
        Money(416_67, "EUR"),
        None,
        None,
        None,
        None,
    )


LEADS = "lead_id created_at mql_at\nada 2026-07-01 2026-07-02"
DEALS = (
    "deal_id lead_id created_at closed_at is_won is_closed amount\nd ada 2026-07-03 2026-07-04 true true 10"
)


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({"leads": "lead_id created_at\nada 2026-07-01"}, r"leads\.mql_at"),
        ({"leads": LEADS}, r"deals\.is_won. With it you would see the sales value of MQLs"),
        ({"leads": LEADS, "deals": DEALS.replace("amount", "owner")}, r"deals\.amount"),
        ({"leads": LEADS, "deals": DEALS.replace("is_won", "stage")}, r"deals\.is_won"),
        ({"leads": LEADS, "deals": DEALS}, "No MQL is old enough to judge yet"),
    ],
    ids=["no MQLs", "no deals", "no amounts", "no wins", "too young"],
)
def test_a_value_that_nobody_can_know_is_no_zero(given, tables, sentence):
    """It names the column that it needs."""
    with pytest.raises(Refusal, match=sentence):
        report.value_of_mqls(given(**tables, as_of="2026-07-05 00:00:00"), JULY, value(1))


def test_where_no_mql_has_won_yet_none_has_a_value(given):
    """Not even zero: the deal that was won is another lead's."""
    leads = "lead_id created_at mql_at\nada 2026-01-01 2026-01-02\nbob 2026-01-01 -"
    snapshot = given(leads=leads, deals=DEALS.replace("ada", "bob"), as_of="2026-07-05 00:00:00")
    with pytest.raises(Refusal, match="No MQL old enough to judge has won yet"):
        report.value_of_mqls(snapshot, JULY)


def test_a_period_without_mqls_reached_nothing(company):
    """That is known, and is zero."""
    found = report.value_of_mqls(company([]), JULY, value(1))
    assert (found.reached, found.status) == (Money(0, "EUR"), PromiseStatus.NOT_KEPT)


def test_a_promise_in_another_currency_is_not_compared(company):
    """800 dollars are not 800 euros."""
    promise = Promise(JULY, ValuePromise(Money(800_00, "USD")), ADA, MADE)
    with pytest.raises(Refusal, match="The promise is in USD, this data counts in EUR"):
        report.value_of_mqls(company([]), JULY, promise)


# Sales: hand-offs answered.

HEADER = "lead_id created_at mql_at first_touch_at sal_at sql_at rejected_at rejection_reason"


def handed(*lines):
    """Draw hand-offs of Monday, 6 July, 10:00; each line is lead, touch, SAL, SQL, rejection and reason."""
    drawn = (line.split(maxsplit=1) for line in lines)
    return "\n".join([HEADER, *(f"{lead} 2026-07-01 {MONDAY} {rest}" for lead, rest in drawn)])


def counts(snapshot, days=14, **asked):
    """Return what became of the hand-offs, by the promise of sales."""
    return report.answered(snapshot, JULY, answers(90, days), **asked).answers


LATER = "2026-09-30 00:00:00"
TOUCHED = "2026-07-06T11:00:00"


def test_a_touch_on_the_due_second_and_a_decision_answer_a_hand_off(given):
    """Due on Tuesday at 10:00:00: that second is in time, the next one is not."""
    snapshot = given(
        leads=handed(
            "ada 2026-07-07T10:00:00 2026-07-08 - - -",
            "bob 2026-07-07T10:00:01 2026-07-08 - - -",
        ),
        as_of=LATER,
    )
    assert counts(snapshot) == {Answer.ANSWERED: 1, Answer.UNTOUCHED: 1}


def test_sent_back_counts_with_a_reason_and_not_without(given):
    """Marketing learns from a reason alone; blanks are none."""
    snapshot = given(
        leads=handed(
            f"ada {TOUCHED} - - 2026-07-08 Role",
            f"bob {TOUCHED} - - 2026-07-08 -",
            f"eve {TOUCHED} - - 2026-07-08 _",
        ),
        as_of=LATER,
    )
    assert counts(snapshot) == {Answer.ANSWERED: 1, Answer.UNEXPLAINED: 2}


def test_a_lead_sent_back_without_a_reason_and_accepted_in_time_is_answered(given):
    """There is a decision after all; accepted on the 21st it came too late."""
    snapshot = given(
        leads=handed(
            f"ada {TOUCHED} 2026-07-15 - 2026-07-08 -",
            f"bob {TOUCHED} 2026-07-21 - 2026-07-08 -",
        ),
        as_of=LATER,
    )
    assert counts(snapshot) == {Answer.ANSWERED: 1, Answer.UNEXPLAINED: 1}


def test_a_decision_is_in_time_until_the_end_of_the_last_day(given):
    """Fourteen days from the 6th end with the 20th; an SQL accepts as a SAL does."""
    snapshot = given(
        leads=handed(
            f"ada {TOUCHED} 2026-07-20T23:59:59 - - -",
            f"bob {TOUCHED} 2026-07-21T00:00:00 - - -",
            f"cyd {TOUCHED} - 2026-07-20T23:59:59 - -",
            f"dee {TOUCHED} - - 2026-07-21T00:00:00 Role",
        ),
        as_of=LATER,
    )
    assert counts(snapshot) == {Answer.ANSWERED: 2, Answer.UNDECIDED: 2}


def test_the_days_are_those_of_the_business(given):
    """In Berlin the 20th ends at 22:00 UTC."""
    snapshot = given(
        leads=handed(
            f"ada {TOUCHED} 2026-07-20T21:59:59 - - -",
            f"bob {TOUCHED} 2026-07-20T22:00:00 - - -",
        ),
        as_of=LATER,
        time_zone="Europe/Berlin",
    )
    assert counts(snapshot) == {Answer.ANSWERED: 1, Answer.UNDECIDED: 1}


def test_the_days_are_part_of_the_promise(given):
    """A decision after nine days keeps a promise of fourteen, not one of seven."""
    snapshot = given(leads=handed(f"ada {TOUCHED} 2026-07-15 - - -"), as_of=LATER)

    assert (counts(snapshot), counts(snapshot, 7)) == ({Answer.ANSWERED: 1}, {Answer.UNDECIDED: 1})


@pytest.mark.parametrize(
    ("as_of", "touched", "answer"),
    [
        ("2026-07-07 10:00:00", "-", Answer.PENDING),
        ("2026-07-07 10:00:01", "-", Answer.LATE),
        ("2026-07-20 23:59:59", TOUCHED, Answer.PENDING),
        ("2026-07-21 00:00:00", TOUCHED, Answer.UNDECIDED),
        ("2026-07-20 23:59:59", "2026-07-09T10:00:00", Answer.LATE),
        ("2026-07-21 00:00:00", "-", Answer.UNTOUCHED),
    ],
)
def test_a_hand_off_is_pending_until_it_is_old_enough(given, as_of, touched, answer):
    """Until its SLA is due, and until it is decided on or the fourteen days are over."""
    snapshot = given(leads=handed(f"ada {touched} - - - -"), as_of=as_of)
    found = report.answered(snapshot, JULY, answers(90))

    assert found.answers == {answer: 1}
    is_pending = answer in {Answer.PENDING, Answer.LATE}
    assert (found.pending, found.rate.denominator) == (int(is_pending), int(not is_pending))


def test_what_nobody_can_judge_is_apart(given):
    """Decided on without a touch; accepted at an unknown time; touched or decided on before the hand-off."""
    lines = handed(
        "untold - 2026-07-08 - - -",
        f"undated {TOUCHED} - - - -",
        "before 2026-07-05T10:00:00 2026-07-08 - - -",
        f"turned {TOUCHED} 2026-07-05 - - -",
    )
    flags = dict.fromkeys(("untold", "before", "turned"), "false") | {"undated": "true"}
    header, *rows = lines.splitlines()
    leads = "\n".join([f"{header} is_converted", *(f"{row} {flags[row.split()[0]]}" for row in rows)])
    found = report.answered(given(leads=leads, as_of=LATER), JULY, answers(90))

    assert found.answers == {Answer.UNTOLD: 1, Answer.UNDATED: 1, Answer.REVERSED: 2}
    assert (found.rate.denominator, found.hand_offs) == (0, 4)
    assert sum(count for _, count in found.passport.left_out) == 4


def test_accepted_at_an_unknown_time_was_in_time_while_the_days_are_not_over(given):
    """It can't have been later than now."""
    lines = handed(f"ada {TOUCHED} - - - -").splitlines()
    leads = f"{lines[0]} is_converted\n{lines[1]} true"

    assert counts(given(leads=leads, as_of="2026-07-20 12:00:00")) == {Answer.ANSWERED: 1}


def test_a_level_without_an_sla_promises_no_touch(given):
    """No time was agreed that could be kept."""
    levels = tuple(replace(level, sla_hours=None) for level in Definition().levels)
    terms = Judged("1", (Span(None, "version 1", Definition(levels=levels)),))
    snapshot = given(leads=handed(f"ada {TOUCHED} 2026-07-08 - - -"), as_of=LATER)

    assert counts(snapshot, terms=terms) == {Answer.UNPROMISED: 1}


@pytest.mark.parametrize(
    ("column", "named"),
    [
        ("mql_at", r"leads\.mql_at"),
        ("first_touch_at", r"leads\.first_touch_at"),
        ("rejected_at", r"leads\.rejected_at"),
        ("rejection_reason", r"leads\.rejection_reason"),
    ],
)
def test_a_share_that_nobody_can_know_names_the_column(given, column, named):
    """Neither 0 % nor 100 %."""
    leads = handed(f"ada {TOUCHED} 2026-07-08 - - -").replace(column, f"my_{column}")
    with pytest.raises(MissingColumnError, match=named):
        report.answered(given(leads=leads, as_of=LATER), JULY, answers(90))


def test_without_acceptance_nobody_knows_what_was_decided(given):
    """SAL or SQL, one of them."""
    leads = handed(f"ada {TOUCHED} - - - -").replace("sal_at sql_at", "my_sal my_sql")
    with pytest.raises(MissingColumnError, match=r"leads\.sal_at or leads\.sql_at"):
        report.answered(given(leads=leads, as_of=LATER), JULY)
