"""Rules of routing: on record with who did it; the newest holds; it can be taken back."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from alignment import agreement
from alignment.domain.agreement import Person, Side
from alignment.domain.definition import Route
from alignment.domain.refusal import Refusal
from alignment.domain.routing import MOST_ROUTED, routes_of, standing
from alignment.errors import NotAllowedError

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)


@pytest.fixture
def opened(tmp_path, given):
    """Return a function that opens the ledger: every time it is another process."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of="2026-07-02 00:00:00")
    warehouse = SimpleNamespace(snapshot=lambda: snapshot)
    return lambda: agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)


def test_a_routing_is_on_record_with_who_when_and_why(opened):
    """And still is after the next start."""
    opened().routings.route(ADA, Route.SDR, ["l1", "l2", "l1"], " in the hole ")

    (kept,) = opened().routings.every()

    assert (kept.who, kept.route, kept.leads, kept.reason) == (ADA, Route.SDR, ("l1", "l2"), "in the hole")
    assert isinstance(kept.at, datetime)


def test_the_newest_routing_of_a_lead_holds(opened):
    """It was sent to a drip first, then somebody calls."""
    ours = opened()
    ours.routings.route(ADA, Route.NURTURE, ["l1", "l2"])
    ours.routings.route(BO, Route.SDR, ["l2"])

    assert routes_of(ours.routings.every()) == {"l1": Route.NURTURE, "l2": Route.SDR}


def test_what_is_taken_back_is_as_if_it_never_was_and_stays_on_record(opened):
    """The lead goes back to where it was routed before; both rows are kept."""
    ours = opened()
    ours.routings.route(ADA, Route.NURTURE, ["l1"])
    second = ours.routings.route(BO, Route.SDR, ["l1"])
    ours.routings.take_back(ADA, second.number)

    assert routes_of(ours.routings.every()) == {"l1": Route.NURTURE}
    assert [routing.number for routing in standing(ours.routings.every())] == [1]
    assert [routing.undoes for routing in ours.routings.every()] == [None, None, 2]


def test_nobody_takes_back_twice(opened):
    """Two people press at once: the second one is told who was first."""
    ours = opened()
    ours.routings.route(ADA, Route.SDR, ["l1"])
    ours.routings.take_back(ADA, 1)

    with pytest.raises(Refusal, match="Routing 1 was taken back by Ada meanwhile"):
        ours.routings.take_back(BO, 1)
    with pytest.raises(Refusal, match="no routing 2 to take back"):
        ours.routings.take_back(BO, 2)


def test_observers_route_nobody(opened):
    """They look on."""
    with pytest.raises(NotAllowedError):
        opened().routings.route(OLA, Route.SDR, ["l1"])
    with pytest.raises(NotAllowedError):
        opened().routings.take_back(OLA, 1)


@pytest.mark.parametrize(
    ("route", "leads", "sentence"),
    [
        (Route.SDR, [], "nobody to route"),
        (Route.SALES, ["l1"], "not to sales"),
        (Route.BOTH, [str(number) for number in range(MOST_ROUTED + 1)], "At most 10,000"),
    ],
)
def test_a_routing_that_makes_no_sense_is_refused(opened, route, leads, sentence):
    """In one sentence."""
    with pytest.raises(Refusal, match=sentence):
        opened().routings.route(ADA, route, leads)


def test_everybody_hears_of_a_routing(opened):
    """The revision rises with each, so that every screen looks again."""
    ours, told = opened(), []
    ours.subscribe(lambda change: told.append((change.revision, change.screen)))
    before = ours.revision()

    ours.routings.route(ADA, Route.SDR, ["l1"], screen="adas")
    ours.routings.take_back(ADA, 1, screen="adas")

    assert told == [(before + 1, "adas"), (before + 2, "adas")]
