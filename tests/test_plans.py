"""Rules of setting the plan: either side may, on record; a change needs a reason; everybody hears of it."""

from datetime import date
from types import SimpleNamespace

import pytest

from alignment import agreement
from alignment.domain.agreement import Person, Side
from alignment.domain.plan import in_force
from alignment.domain.refusal import Refusal
from alignment.errors import NotAllowedError

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def opened(tmp_path, given):
    """Return a function that opens the ledger: every time it is another process."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of="2026-07-02 00:00:00")
    warehouse = SimpleNamespace(snapshot=lambda: snapshot)
    return lambda: agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)


@pytest.mark.parametrize("who", [ADA, BO])
def test_either_side_sets_the_plan_and_it_is_on_record(opened, who):
    """And still is after the next start."""
    opened().plans.set(who, JULY, (130, 40), " more of the same ", months=2)

    kept = opened().plans.every()

    assert [(plan.month, plan.mqls, plan.sqls, plan.who) for plan in kept] == [
        (JULY, 130, 40, who),
        (AUGUST, 130, 40, who),
    ]
    assert {plan.reason for plan in kept} == {"more of the same"}


def test_a_change_needs_a_reason_and_keeps_what_was(opened):
    """Bo is told what Ada planned; with a reason his plan holds, and hers stays on record."""
    ours = opened()
    ours.plans.set(ADA, JULY, (130, 40))

    with pytest.raises(
        Refusal, match="Ada planned Jul 2026 with 130 MQLs and 40 SQLs before: please say why"
    ):
        ours.plans.set(BO, JULY, (100, 40))
    ours.plans.set(BO, JULY, (100, 40), "the fair was cancelled")

    assert len(ours.plans.every()) == 2
    assert in_force(ours.plans.every())[JULY].who == BO


def test_of_several_months_none_is_changed_when_one_may_not_be(opened):
    """Half a plan would be nobody's."""
    ours = opened()
    ours.plans.set(ADA, AUGUST, (130, 40))

    with pytest.raises(Refusal, match="Aug 2026"):
        ours.plans.set(BO, JULY, (100, 40), months=3)

    assert len(ours.plans.every()) == 1


def test_months_that_stay_as_they_are_need_no_reason(opened):
    """To plan three months with what one has already adds the other two."""
    ours = opened()
    ours.plans.set(ADA, JULY, (130, 40))

    added = ours.plans.set(BO, JULY, (130, 40), months=3)

    assert [plan.month for plan in added] == [AUGUST, date(2026, 9, 1)]
    with pytest.raises(Refusal, match="the plan already"):
        ours.plans.set(BO, JULY, (130, 40))


def test_observers_plan_nothing(opened):
    """They look on."""
    with pytest.raises(NotAllowedError, match="can't set the plan"):
        opened().plans.set(OLA, JULY, (130, 40))


def test_everybody_hears_of_a_plan(opened):
    """The revision rises, so that every screen looks again."""
    ours, told = opened(), []
    ours.subscribe(lambda change: told.append((change.revision, change.screen)))
    before = ours.revision()

    ours.plans.set(ADA, JULY, (130, 40), screen="adas")

    assert told == [(before + 1, "adas")]
