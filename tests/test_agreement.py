"""Rules of the agreement as people use it: who may write, and who hears of it."""

from datetime import date, datetime
from threading import Thread

import pytest

from alignment.agreement import Agreement, Change
from alignment.domain.agreement import Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.errors import NotAllowedError, StaleEditError
from alignment.store.ledger import Ledger

ADA = Person("Ada", Side.MARKETING)
BO = Person("Bo", Side.SALES)
OLA = Person("Ola", Side.OBSERVER)
NOON = datetime(2026, 7, 1, 12)
POINTS = "criteria.employees.points"
QUARTER = Period(date(2026, 7, 1), date(2026, 10, 1))
GOAL = Money(1_000_00, "EUR")


@pytest.fixture
def url(tmp_path):
    """Name a ledger file of its own."""
    return f"sqlite:///{tmp_path / 'ledger.sqlite'}"


def opened(url):
    """Open the agreement as one process does."""
    definition = Definition(criteria=(Criterion("employees", "employees", Comparison.AT_LEAST, 50, 15),))
    return Agreement(Ledger(url, lambda: [Version(1, definition, Terms("start"))]), clock=lambda: NOON)


@pytest.fixture
def agreement(url):
    """Open a fresh agreement."""
    made = opened(url)
    yield made
    made.ledger.close()


@pytest.mark.parametrize(
    "deed",
    [
        lambda agreement: agreement.edit(OLA, POINTS, 20, 0),
        lambda agreement: agreement.undo(OLA),
        lambda agreement: agreement.sign(OLA, 0, {}),
        lambda agreement: agreement.goals.set(OLA, QUARTER, GOAL),
    ],
    ids=["edit", "undo", "sign", "set the goal"],
)
def test_an_observer_changes_nothing(agreement, deed):
    """The side is checked at every write, whatever the screen allowed."""
    before = agreement.revision()

    with pytest.raises(NotAllowedError, match="Ola is here as an observer"):
        deed(agreement)

    assert agreement.revision() == before


def test_an_edit_returns_the_draft_with_it(agreement):
    """The screen that made the change shows it without asking again."""
    draft = agreement.edit(ADA, POINTS, 20, 0)

    assert (draft.value_of(POINTS), draft.edits[-1].at) == (20, NOON)


def test_the_draft_is_read_once_until_somebody_writes(agreement):
    """Ten screens that look at one draft read the log once."""
    assert agreement.draft() is agreement.draft()


def test_the_draft_shows_what_another_process_wrote(agreement, url):
    """Two processes share one ledger."""
    agreement.draft()
    elsewhere = opened(url)
    elsewhere.edit(BO, POINTS, 25, 0)
    elsewhere.ledger.close()

    assert agreement.draft().value_of(POINTS) == 25


def test_each_write_is_told_once_with_its_screen(agreement):
    """Subscribers learn the revision and where it came from, after the commit."""
    heard = []
    agreement.subscribe(lambda change: heard.append((change, agreement.draft().seq)))

    agreement.edit(ADA, POINTS, 20, 0, screen="wall")

    assert heard == [(Change(agreement.revision(), "wall"), 1)]


def test_an_edit_that_changes_nothing_rings_nobody(agreement):
    """An echo is no news."""
    heard = []
    agreement.subscribe(heard.append)

    agreement.edit(ADA, POINTS, 15, 0)

    assert heard == []


def test_a_refused_edit_rings_nobody(agreement):
    """What was not written is not told."""
    agreement.edit(ADA, POINTS, 20, 0)
    heard = []
    agreement.subscribe(heard.append)

    with pytest.raises(StaleEditError, match="Ada set points of employees to 20 meanwhile"):
        agreement.edit(BO, POINTS, 30, 0)

    assert heard == []


def test_who_unsubscribed_hears_no_more(agreement):
    """A closed screen is not rung."""
    heard = []
    unsubscribe = agreement.subscribe(heard.append)
    unsubscribe()

    agreement.edit(ADA, POINTS, 20, 0)

    assert heard == []


def test_of_many_edits_on_one_seen_value_exactly_one_is_taken(agreement):
    """Eight people release one slider at the same moment."""
    taken, refused = [], []

    def release(points):
        try:
            agreement.edit(Person(f"P{points}", Side.SALES), POINTS, points, 0)
            taken.append(points)
        except Refusal as refusal:
            refused.append(str(refusal))

    threads = [Thread(target=release, args=(points,)) for points in range(20, 28)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(taken), len(refused)) == (1, 7)
    assert all(f"P{taken[0]} set points of employees to {taken[0]}" in sentence for sentence in refused)


def test_a_goal_is_kept_with_who_set_it_when_and_why(agreement):
    """The goal of a period is part of the agreement."""
    agreement.goals.set(ADA, QUARTER, GOAL)
    goal = agreement.goals.set(BO, QUARTER, Money(900_00, "EUR"), " a large deal moved to winter ")

    assert agreement.goals.of(QUARTER) == goal
    assert (goal.who, goal.at, goal.reason) == (BO, NOON, "a large deal moved to winter")
    assert len(agreement.goals.every()) == 2


def test_a_goal_is_not_changed_without_a_reason(agreement):
    """The first goal needs none, every change does."""
    agreement.goals.set(ADA, QUARTER, GOAL)

    with pytest.raises(Refusal, match="say why"):
        agreement.goals.set(BO, QUARTER, Money(900_00, "EUR"), " ")


def test_a_period_without_a_goal_has_none(agreement):
    """No goal is not a goal of zero."""
    assert agreement.goals.of(QUARTER) is None


def test_a_goal_of_nothing_is_refused(agreement):
    """Zero is not something to work for together."""
    with pytest.raises(Refusal, match="must be over 0"):
        agreement.goals.set(ADA, QUARTER, Money(0, "EUR"))


def test_a_definition_never_begins_before_the_one_it_follows(agreement):
    """Two versions would hold on the same day."""
    edit = agreement.edit(ADA, "levels.2.cutoff", 70, agreement.draft().seq)
    edit = agreement.edit(ADA, "terms.reason", "fewer, better", edit.seq)
    edit = agreement.edit(ADA, "terms.effective_on", "2026-12-01", edit.seq)
    agreement.sign(ADA, edit.seq, {})
    agreement.sign(BO, edit.seq, {})
    edit = agreement.edit(ADA, "levels.2.cutoff", 65, agreement.draft().seq)
    edit = agreement.edit(ADA, "terms.reason", "more again", edit.seq)
    edit = agreement.edit(ADA, "terms.effective_on", "2026-11-30", edit.seq)
    with pytest.raises(Refusal, match="holds from 2026-12-01"):
        agreement.sign(ADA, edit.seq, {})
