"""Rules of decisions on strategies, of why money was spent, and of reviews: on record, by either side."""

from datetime import date
from types import SimpleNamespace

import pytest

from alignment import agreement
from alignment.agreement.decisions import Task
from alignment.domain.agreement import Person, Side
from alignment.domain.decision import About, Choice, decided, explained, standing
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.errors import NotAllowedError

ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
FAIR, NONE = About(Q3, "campaign", "<b>Fair"), About(Q3, "campaign", None)
YEAR = agreement.now().year
STOP = Task(Choice.STOP, " Ada ", date(YEAR, 12, 1))


@pytest.fixture
def opened(tmp_path, given):
    """Return a function that opens the ledger: every time it is another process."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of="2026-07-02 00:00:00")
    warehouse = SimpleNamespace(snapshot=lambda: snapshot)
    return lambda: agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)


@pytest.mark.parametrize("who", [ADA, BO])
@pytest.mark.parametrize("about", [FAIR, NONE])
def test_either_side_records_a_decision_and_it_is_there_for_the_next_process(opened, who, about):
    """Also one on what belongs to no campaign."""
    opened().decisions.record(who, about, STOP, " too dear ")

    kept = decided(opened().decisions.every())[about]

    assert (kept.choice, kept.owner, kept.due_on, kept.reason, kept.who) == (
        Choice.STOP,
        "Ada",
        STOP.due_on,
        "too dear",
        who,
    )


def test_a_change_needs_a_reason_and_keeps_what_was(opened):
    """Nobody turns a stop into more without saying why."""
    ours, more = opened(), Task(Choice.MORE, "Bo", STOP.due_on)
    ours.decisions.record(ADA, FAIR, STOP)

    with pytest.raises(Refusal, match="Ada recorded “stop” for <b>Fair before: please say why"):
        ours.decisions.record(BO, FAIR, more)
    ours.decisions.record(BO, FAIR, more, "two deals came after all")

    assert [each.choice for each in ours.decisions.every()] == [Choice.STOP, Choice.MORE]
    assert decided(ours.decisions.every())[FAIR].who == BO


def test_what_has_been_seen_to_is_due_no_more(opened):
    """And can't be seen to twice."""
    ours = opened()
    ours.decisions.record(ADA, FAIR, STOP)
    assert [each.about for each in standing(ours.decisions.every())] == [FAIR]

    ours.decisions.finish(BO, FAIR)

    assert standing(ours.decisions.every()) == ()
    with pytest.raises(Refusal, match="no open decision on “<b>Fair”"):
        ours.decisions.finish(ADA, FAIR)


@pytest.mark.parametrize(
    ("task", "says"),
    [
        (Task(Choice.KEEP, "  ", STOP.due_on), "Who sees to “<b>Fair”"),
        (Task(Choice.KEEP, "Ada", date(YEAR + 40, 1, 1)), "Please check the year"),
        (Task(Choice.KEEP, "A" * 61, STOP.due_on), "please shorten"),
    ],
)
def test_a_decision_without_an_owner_or_a_day_is_none(opened, task, says):
    """Nobody would see to it."""
    with pytest.raises(Refusal, match=says):
        opened().decisions.record(ADA, FAIR, task)


def test_observers_read_and_record_nothing(opened):
    """In each of the three books."""
    ours = opened()
    for write in (
        lambda: ours.decisions.record(OLA, FAIR, STOP),
        lambda: ours.decisions.finish(OLA, FAIR),
        lambda: ours.spend_reasons.give(OLA, FAIR, ("a", "b", "c")),
        lambda: ours.reviews.hold(OLA, Q3),
    ):
        with pytest.raises(NotAllowedError, match="Ola is here as an observer"):
            write()
    assert (ours.decisions.every(), ours.spend_reasons.every(), ours.reviews.every()) == ((), (), ())


def test_why_we_spent_is_said_first_and_what_came_later(opened):
    """The reason stands alone until there is something to tell; the newest words hold."""
    ours = opened()
    ours.spend_reasons.give(ADA, FAIR, ("we know the hall", "20 MQLs", ""))
    ours.spend_reasons.give(BO, FAIR, ("we know the hall", "20 MQLs", "12, and two deals"))

    kept = explained(opened().spend_reasons.every())[FAIR]

    assert (kept.reason, kept.expected, kept.came, kept.who) == (
        "we know the hall",
        "20 MQLs",
        "12, and two deals",
        BO,
    )
    with pytest.raises(Refusal, match="on record already"):
        ours.spend_reasons.give(ADA, FAIR, ("we know the hall", "20 MQLs", "12, and two deals"))
    with pytest.raises(Refusal, match="Why did we spend on"):
        ours.spend_reasons.give(ADA, NONE, (" ", "20 MQLs", ""))


def test_a_review_is_held_once_a_period(opened):
    """Whoever puts it on record second is told who did."""
    ours = opened()
    ours.reviews.hold(ADA, Q3, "in the small room")

    with pytest.raises(Refusal, match="Ada put the review of 1 Jul 2026 – 30 Sep 2026 on record"):
        ours.reviews.hold(BO, Q3)
    assert [(each.period, each.note) for each in opened().reviews.every()] == [(Q3, "in the small room")]


def test_all_screens_hear_of_a_decision(opened):
    """One ring each, told with the screen that it came from."""
    ours, heard = opened(), []
    ours.subscribe(lambda change: heard.append(change.screen))

    ours.decisions.record(ADA, FAIR, STOP, screen="a")
    ours.spend_reasons.give(ADA, FAIR, ("why", "", ""), screen="b")
    ours.reviews.hold(ADA, Q3, screen="c")

    assert heard == ["a", "b", "c"]
