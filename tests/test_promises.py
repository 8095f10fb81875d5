"""Rules of promises: each side makes its own, a change says why, and nothing is forgotten."""

from datetime import date
from types import SimpleNamespace

import pytest

from alignment import agreement
from alignment.domain.agreement import Person, Side
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import AnswerPromise, ValuePromise
from alignment.domain.refusal import Refusal
from alignment.errors import NotAllowedError

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
JULY, AUGUST = Period(date(2026, 7, 1), date(2026, 8, 1)), Period(date(2026, 8, 1), date(2026, 9, 1))
VALUE = ValuePromise(Money(800_00, "EUR"), {"fair": 416_67, None: 250_00})
LESS = ValuePromise(Money(700_00, "EUR"))
ANSWERS = AnswerPromise(90, 10)


@pytest.fixture
def opened(tmp_path, given):
    """Return a function that opens the ledger: every time it is another process."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of="2026-07-02 00:00:00")
    warehouse = SimpleNamespace(snapshot=lambda: snapshot)
    return lambda: agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)


def test_both_promises_are_on_record_as_they_were_made(opened):
    """With what an MQL of each source was expected to bring, the missing source too, after the next start."""
    made = [
        opened().promises.make(ADA, JULY, VALUE, " our best year "),
        opened().promises.make(BO, JULY, ANSWERS),
    ]

    assert opened().promises.every() == tuple(made)
    assert (made[0].reason, made[0].promised.worth[None]) == ("our best year", 250_00)


def test_a_promise_is_of_one_side_and_one_period(opened):
    """Another month has none yet."""
    ours = opened().promises
    ours.make(ADA, JULY, VALUE)

    assert ours.of(Side.MARKETING, JULY).promised == VALUE
    assert ours.of(Side.SALES, JULY) is None
    assert ours.of(Side.MARKETING, AUGUST) is None


def test_a_change_needs_a_reason_and_the_old_promise_stays_on_record(opened):
    """Whoever lowers a promise on its last day is seen to have done so."""
    ours = opened().promises
    ours.make(ADA, JULY, VALUE)

    with pytest.raises(
        Refusal, match="Ada made the promise of marketing for 1 Jul 2026 – 31 Jul 2026 before"
    ):
        ours.make(Person("Eve", Side.MARKETING), JULY, LESS, "  ")
    ours.make(Person("Eve", Side.MARKETING), JULY, LESS, "the fair is off")

    assert ours.of(Side.MARKETING, JULY).promised == LESS
    assert [(each.promised, each.reason) for each in ours.every()] == [(VALUE, ""), (LESS, "the fair is off")]


@pytest.mark.parametrize(("who", "promised"), [(ADA, ANSWERS), (BO, VALUE), (OLA, VALUE), (OLA, ANSWERS)])
def test_nobody_promises_for_another_side(opened, who, promised):
    """The side is checked at every write, whatever the screen allowed; nothing is kept."""
    ours = opened()
    with pytest.raises(NotAllowedError):
        ours.promises.make(who, JULY, promised)
    assert ours.promises.every() == ()


def test_everybody_hears_of_a_promise(opened):
    """The revision rises with each, so that every screen looks again."""
    ours, told = opened(), []
    ours.subscribe(lambda change: told.append((change.revision, change.screen)))
    before = ours.revision()

    ours.promises.make(BO, JULY, ANSWERS, screen="bos")

    assert told == [(before + 1, "bos")]
