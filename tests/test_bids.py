"""Rules of two-hand bids: who may bid on what, who sees it, and when both open."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa

from alignment.agreement import Agreement
from alignment.domain.agreement import Person, Side, Terms, Version
from alignment.domain.bid import fields, limits
from alignment.domain.definition import Comparison, Criterion, Definition, Group
from alignment.domain.refusal import Refusal
from alignment.errors import NotAllowedError, StaleEditError
from alignment.store.ledger import Ledger

ADA, CLEO = Person("Ada", Side.MARKETING), Person("Cleo", Side.MARKETING)
BO, OLA = Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
NOON = datetime(2026, 7, 1, 12)
HOT, POINTS = "levels.2.cutoff", "criteria.size.points"
DEFINITION = Definition(
    criteria=(
        Criterion("size", "size", Comparison.AT_LEAST, 50, 15),
        Criterion("role", "role", Comparison.ONE_OF, ("Manager",), 10),
    ),
    caps={Group.FIT: 40},
)


@pytest.fixture
def url(tmp_path):
    """Name a ledger file of its own."""
    return f"sqlite:///{tmp_path / 'ledger.sqlite'}"


def opened(url):
    """Open the agreement as one process does."""
    return Agreement(Ledger(url, lambda: [Version(1, DEFINITION, Terms("start"))]), clock=lambda: NOON)


@pytest.fixture
def agreement(url):
    """Open a fresh agreement."""
    made = opened(url)
    yield made
    made.ledger.close()


@pytest.fixture
def both(agreement):
    """Return the agreement with both sides' bids on the cutoff of hot, Ada's 55 and Bo's 65."""
    agreement.bids.put(ADA, HOT, 55, 0, "ada's")
    agreement.bids.put(BO, HOT, 65, 0, "bo's")
    return agreement


@pytest.mark.parametrize(
    "deed",
    [
        lambda bids: bids.put(OLA, HOT, 55, 0),
        lambda bids: bids.withdraw(OLA, HOT),
        lambda bids: bids.reveal(OLA, HOT),
    ],
    ids=["bid", "withdraw", "open"],
)
def test_an_observer_neither_bids_nor_opens(both, deed):
    """The side is checked at every call, whatever the screen allowed."""
    with pytest.raises(NotAllowedError, match="Ola is here as an observer"):
        deed(both.bids)

    assert len(both.bids.ready()[HOT]) == 2


def test_everybody_sees_who_is_ready_and_nothing_more(both):
    """Sides and names, no values."""
    assert both.bids.ready() == {HOT: {Side.MARKETING: ADA, Side.SALES: BO}}


@pytest.mark.parametrize(
    ("who", "screen", "seen"),
    [
        (ADA, "ada's", 55),
        (ADA, "another", None),
        (ADA, "", None),
        (CLEO, "ada's", None),
        (BO, "ada's", None),
    ],
)
def test_a_bid_is_shown_to_the_person_who_made_it_on_that_screen_alone(both, who, screen, seen):
    """Coming in under Ada's name elsewhere shows nothing."""
    assert both.bids.own(who, HOT, screen) == seen


def test_both_bids_open_together_and_are_on_record(both, url):
    """Who, what and when are there for whoever opens the ledger next; the draft stays as it was."""
    both.bids.reveal(BO, HOT)

    elsewhere = opened(url)
    (reveal,) = elsewhere.draft().reveals
    elsewhere.ledger.close()
    assert (reveal.field, reveal.at, reveal.seq) == (HOT, NOON, 0)
    assert [(bid.who, bid.value) for bid in (reveal.marketing, reveal.sales)] == [(ADA, 55), (BO, 65)]
    assert both.draft().value_of(HOT) == 60
    assert both.bids.ready() == {}


@pytest.mark.usefixtures("both")
def test_before_that_the_ledger_holds_nothing(url):
    """No row, in no table, of a bid that nobody opened."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        tables = sa.inspect(engine).get_table_names()
        rows = {name: connection.execute(sa.text(f"select * from {name}")).all() for name in tables}
    engine.dispose()

    assert rows["bids"] == []
    assert rows["edits"] == []


@pytest.mark.usefixtures("both")
def test_a_restart_drops_what_nobody_opened(url):
    """The next process knows of no bid; nobody is ready, and each side bids again."""
    restarted = opened(url)

    assert restarted.bids.ready() == {}
    restarted.ledger.close()


def test_one_side_alone_opens_nothing(agreement):
    """Marketing waits for sales."""
    agreement.bids.put(ADA, HOT, 55, 0)

    with pytest.raises(Refusal, match="once both sides are ready"):
        agreement.bids.reveal(ADA, HOT)

    assert agreement.draft().reveals == ()


def test_a_side_changes_its_bid_until_both_open(both):
    """Cleo of the same side bids in Ada's place."""
    both.bids.put(CLEO, HOT, 58, 0)

    assert both.bids.reveal(ADA, HOT).marketing.value == 58


def test_a_side_takes_its_bid_back(both):
    """Then it is thinking again."""
    both.bids.withdraw(ADA, HOT)

    assert both.bids.ready() == {HOT: {Side.SALES: BO}}
    with pytest.raises(Refusal, match="no bid of marketing"):
        both.bids.withdraw(ADA, HOT)


@pytest.mark.parametrize(
    "change",
    [(HOT, 62), ("levels", [{"name": "cold", "cutoff": 0}, {"name": "hot", "cutoff": 50}])],
    ids=["the field", "the levels"],
)
def test_an_edit_of_the_field_voids_the_bids(both, change):
    """They were made on another number, or on one that is gone: nobody is ready any more."""
    field, value = change
    value = [{**level, "enters_hand_off": True} for level in value] if field == "levels" else value
    both.edit(BO, field, value, 0)

    assert both.bids.ready() == {}
    with pytest.raises(Refusal):
        both.bids.reveal(ADA, HOT)


def test_bids_on_a_field_that_another_process_changed_are_refused_with_who(both, url):
    """The ledger decides, in the writing transaction."""
    before = both.draft()
    elsewhere = opened(url)
    elsewhere.edit(CLEO, HOT, 62, 0)
    elsewhere.ledger.close()
    both.draft = lambda: before  # this process has not looked yet
    both.bids._draft = both.draft

    with pytest.raises(StaleEditError, match="Cleo changed cutoff of hot meanwhile"):
        both.bids.reveal(ADA, HOT)


def test_an_edit_of_another_field_leaves_the_bids(both):
    """Others go on moving sliders meanwhile."""
    both.edit(BO, POINTS, 20, 0)

    assert both.bids.reveal(ADA, HOT).seq == 1


def test_a_new_version_voids_the_bids(agreement):
    """A draft begins anew."""
    agreement.bids.put(ADA, HOT, 55, 0)
    agreement.edit(ADA, POINTS, 20, 0)
    agreement.edit(ADA, "terms.reason", "small ones buy too", 1)
    draft = agreement.edit(ADA, "terms.effective_on", date(2026, 8, 1).isoformat(), 2)
    agreement.sign(ADA, draft.seq, {})
    agreement.sign(BO, draft.seq, {})

    assert agreement.bids.ready() == {}


def test_a_bid_made_on_a_value_that_changed_meanwhile_is_refused_with_who(agreement):
    """Ada had not seen what Bo set."""
    agreement.edit(BO, HOT, 62, 0)

    with pytest.raises(StaleEditError, match="Bo set cutoff of hot to 62 meanwhile"):
        agreement.bids.put(ADA, HOT, 55, 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("terms.reason", 5),
        ("levels.2.name", 5),
        ("levels.0.cutoff", 5),
        ("criteria.role.threshold", 5),
        ("criteria.nobody.points", 5),
        (POINTS, 51),
        (POINTS, "many"),
        (POINTS, True),
        (POINTS, None),
        (HOT, 35),
        (HOT, 60.5),
    ],
)
def test_a_bid_is_a_number_that_the_field_can_be(agreement, field, value):
    """What the draft couldn't hold is refused at once, not at the reveal."""
    with pytest.raises(Refusal):
        agreement.bids.put(ADA, field, value, 0)

    assert agreement.bids.ready() == {}


def test_every_number_of_the_draft_can_be_bid_on_within_its_limits():
    """Cutoffs stay between their neighbours."""
    assert {name: limits(DEFINITION, name) for name in fields(DEFINITION)} == {
        HOT: (36, 100),
        "levels.1.cutoff": (1, 59),
        POINTS: (-50, 50),
        "criteria.size.threshold": (-1e15, 1e15),
        "criteria.role.points": (-50, 50),
        "levels.2.sla_hours": (1, None),
        "levels.2.capacity": (0, None),
        "caps.fit": (0, 100),
    }


def test_each_turn_is_told_to_the_other_screens_without_a_value(agreement):
    """The bell carries a number that counts, and the screen it came from."""
    heard = []
    agreement.subscribe(heard.append)

    agreement.bids.put(ADA, HOT, 55, 0, "ada's")
    agreement.bids.put(BO, HOT, 65, 0, "bo's")
    agreement.bids.withdraw(BO, HOT, "bo's")

    assert [change.screen for change in heard] == ["ada's", "bo's", "bo's"]
    assert [set(vars(change)) for change in heard] == [{"revision", "screen"}] * 3
    revisions = [change.revision for change in heard]
    assert revisions == sorted(set(revisions))


def test_opened_bids_are_shown_until_somebody_moves_the_field(both):
    """They are an offer on the value as it was."""
    reveal = both.bids.reveal(ADA, HOT)
    assert both.draft().reveal_of(HOT) == reveal

    draft = both.edit(BO, HOT, 65, both.draft().seq)

    assert draft.reveal_of(HOT) is None
    assert draft.reveals == (reveal,)
