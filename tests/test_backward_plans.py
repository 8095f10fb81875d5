"""Rules of moving the plan backwards: both sides may, on record, live; observers look on."""

from datetime import date
from types import SimpleNamespace

import pytest

from alignment import agreement
from alignment.domain.agreement import Person, Side
from alignment.domain.aim import Measure
from alignment.domain.assumption import values_of
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.errors import NotAllowedError

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))


@pytest.fixture
def opened(tmp_path, given):
    """Return a function that opens the ledger: every time it is another process."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of="2026-07-02 00:00:00")
    warehouse = SimpleNamespace(snapshot=lambda: snapshot)
    return lambda: agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)


def test_what_either_side_assumes_holds_for_both(opened):
    """And still does after the next start; of one factor the newest counts, each period has its own."""
    ours = opened()
    ours.backward_plans.assume(ADA, Q4, "sql_won", 0.3)
    ours.backward_plans.assume(BO, Q4, "sql_won", 0.35)
    ours.backward_plans.assume(BO, Q3, "days", 60.0)

    kept = opened().backward_plans

    assert values_of(kept.of(Q4)) == {"sql_won": 0.35}
    assert kept.of(Q4)["sql_won"].who == BO
    assert len(kept.every()) == 3


def test_all_of_it_can_be_taken_back_at_once(opened):
    """The plan is as the data has it again, and who assumed what stays on record."""
    ours = opened()
    ours.backward_plans.assume(ADA, Q4, "sql_won", 0.3)
    ours.backward_plans.assume(ADA, Q4, "days", 60.0)

    ours.backward_plans.take_back(BO, Q4)

    assert ours.backward_plans.of(Q4) == {}
    assert len(ours.backward_plans.every()) == 4


def test_observers_move_nothing(opened):
    """They look on."""
    with pytest.raises(NotAllowedError, match="can't move the plan"):
        opened().backward_plans.assume(OLA, Q4, "sql_won", 0.3)


def test_everybody_hears_of_a_move(opened):
    """The revision rises, so that every screen looks again."""
    ours, told = opened(), []
    ours.subscribe(lambda change: told.append((change.revision, change.screen)))
    before = ours.revision()

    ours.backward_plans.assume(ADA, Q4, "sql_won", 0.3, "adas")

    assert told == [(before + 1, "adas")]


def test_an_aim_is_set_by_either_side_and_changed_with_a_reason(opened):
    """Bo is told who set it before; with a reason his holds, and hers stays on record."""
    ours = opened()
    ours.aims.set(ADA, Q4, Measure.SQLS, 180)

    with pytest.raises(Refusal, match=r"Ada set the goal for SQLs of .* before: please say why"):
        ours.aims.set(BO, Q4, Measure.SQLS, 150)
    ours.aims.set(BO, Q4, Measure.SQLS, 150, "the fair was cancelled")
    ours.aims.set(BO, Q4, Measure.WIN_RATE, 30)

    kept = opened().aims
    assert {measure: aim.target for measure, aim in kept.of(Q4).items()} == {
        Measure.SQLS: 150,
        Measure.WIN_RATE: 30,
    }
    assert [aim.reason for aim in kept.every()] == ["", "the fair was cancelled", ""]


@pytest.mark.parametrize(
    ("measure", "target", "said"),
    [
        (Measure.SQLS, 0, "A goal for SQLs must be over 0, got 0"),
        (Measure.WIN_RATE, 101, "A goal for Win rate can't be over 100 %, got 101"),
    ],
)
def test_an_aim_of_nothing_or_of_more_than_all_is_refused(opened, measure, target, said):
    """Nobody can mean it."""
    with pytest.raises(Refusal, match=said):
        opened().aims.set(ADA, Q4, measure, target)


def test_observers_aim_at_nothing(opened):
    """They look on."""
    with pytest.raises(NotAllowedError, match="can't set a goal"):
        opened().aims.set(OLA, Q4, Measure.SQLS, 180)
