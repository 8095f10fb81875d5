"""Rules of recycling: left alone until a day, on record, and due again once that day has come."""

from datetime import date
from types import SimpleNamespace

import pytest

from alignment import agreement
from alignment.domain.agreement import Person, Side
from alignment.domain.definition import Route
from alignment.domain.refusal import Refusal
from alignment.domain.routing import Routing, due_again, last_day, newest_of, routes_of
from alignment.errors import NotAllowedError

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
TODAY, MARCH = date(2026, 7, 2), date(2027, 3, 1)


@pytest.fixture
def opened(tmp_path, given):
    """Return a function that opens the ledger: every time it is another process."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of="2026-07-02 00:00:00")
    warehouse = SimpleNamespace(snapshot=lambda: snapshot)
    return lambda: agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)


def test_a_recycled_lead_is_in_nurture_until_its_day(opened):
    """On record with that day, and still after the next start."""
    opened().routings.recycle(ADA, ["l1", "l1"], MARCH, TODAY, " sent back: low ")

    (kept,) = opened().routings.every()

    assert (kept.route, kept.leads, kept.not_before, kept.reason) == (
        Route.NURTURE,
        ("l1",),
        MARCH,
        "sent back: low",
    )
    assert routes_of([kept]) == {"l1": Route.NURTURE}


@pytest.mark.parametrize(("today", "due"), [(date(2027, 2, 28), {}), (MARCH, {"l1": MARCH})])
def test_a_lead_is_due_again_on_its_day_and_not_before(opened, today, due):
    """The data's own today tells."""
    ours = opened()
    ours.routings.recycle(ADA, ["l1"], MARCH, TODAY)

    assert due_again(ours.routings.every(), today) == due


def test_only_the_newest_routing_of_a_lead_makes_it_due(opened):
    """Bo put l1 off for longer, an SDR has l2, and l3 was taken back."""
    ours, later = opened(), date(2027, 9, 1)
    ours.routings.recycle(ADA, ["l1", "l2"], MARCH, TODAY)
    taken_back = ours.routings.recycle(ADA, ["l3"], MARCH, TODAY)
    ours.routings.recycle(BO, ["l1"], later, TODAY)
    ours.routings.route(BO, Route.SDR, ["l2"])
    ours.routings.take_back(BO, taken_back.number)

    every = ours.routings.every()

    assert due_again(every, MARCH) == {}
    assert due_again(every, later) == {"l1": later}
    assert set(newest_of(every)) == {"l1", "l2"}


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 7, 1), "that day is past. Choose a day from 2026-07-02 on"),
        (date(2031, 7, 3), "over five years ahead: .* Choose a day up to 2031-07-02"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(opened, day, sentence):
    """In one sentence, and nothing is on record."""
    ours = opened()

    with pytest.raises(Refusal, match=sentence):
        ours.routings.recycle(ADA, ["l1"], day, TODAY)

    assert ours.routings.every() == ()


@pytest.mark.parametrize("day", [TODAY, date(2031, 7, 2)])
def test_the_first_and_the_last_day_can_be_chosen(opened, day):
    """Today is no past, and five years are not over five."""
    assert opened().routings.recycle(ADA, ["l1"], day, TODAY).not_before == day


def test_five_years_after_a_leap_day_is_the_day_before():
    """2033 has no 29 February."""
    assert last_day(date(2028, 2, 29)) == date(2033, 2, 28)


def test_only_nurture_waits_for_a_day():
    """Nobody is called not before a day: that is what nurture is for."""
    with pytest.raises(Refusal, match="Only nurture can wait"):
        Routing(ADA, None, Route.SDR, ("l1",), not_before=MARCH)


def test_observers_recycle_nobody(opened):
    """They look on."""
    with pytest.raises(NotAllowedError):
        opened().routings.recycle(OLA, ["l1"], MARCH, TODAY)
