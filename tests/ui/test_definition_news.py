"""Rules of what the line carries: moves come in under the person's own name, figures go out, nothing else."""

import json
from datetime import datetime
from types import SimpleNamespace

import pytest

from alignment.agreement import Agreement
from alignment.domain.agreement import Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.refusal import Refusal
from alignment.live.ticket import Ticket
from alignment.store.ledger import Ledger
from alignment.ui import definition_news, session

NOON = datetime(2026, 7, 1, 12)
ADA, BO, OLA = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES), Person("Ola", Side.OBSERVER)
SIZE = Criterion("size", "size", Comparison.AT_LEAST, 10, 50)
BASE = Definition((SIZE,), (Level("raw", 0), Level("hot", 50, enters_hand_off=True)))
POINTS, THRESHOLD, CUTOFF = "criteria.size.points", "criteria.size.threshold", "levels.1.cutoff"
LEADS = """
    lead_id  created_at  sal_at      sql_at      size
    ada      2026-05-04  2026-05-05  2026-05-10  1500
    bob      2026-05-05  2026-05-06  -           40
    cem      2026-05-06  -           -           5
"""


@pytest.fixture
def shared(given, tmp_path, monkeypatch):
    """Open the agreement on drawn leads, with Ada, Bo and Ola each at a screen of their own."""
    snapshot = given(leads=LEADS, as_of="2026-07-01T12:00:00")
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}", lambda: (Version(1, BASE, Terms("start")),))
    opened = Agreement(ledger, lambda: NOON)
    monkeypatch.setattr(session, "warehouse", lambda: SimpleNamespace(snapshot=lambda: snapshot))
    monkeypatch.setattr(session, "agreement", lambda: opened)
    monkeypatch.setattr(session, "_seats", {who.name: who for who in (ADA, BO, OLA)})
    return opened


def asked(who, screen=None, **message):
    """Return the answer to what somebody asks from their screen."""
    return definition_news.answer(Ticket(screen or who.name, who), "en", message)


def edit(who, field, value, seen_seq=0, epoch=None, **more):
    """Return the answer to an edit."""
    told = {"field": field, "value": value, "seen_seq": seen_seq, "epoch": epoch or session.epoch()}
    return asked(who, edit=told, **more)


def test_an_edit_by_the_line_is_the_persons_own(shared):
    """The ticket says who it was, not the message."""
    answer = edit(ADA, POINTS, 40)

    made = shared.draft().edits[-1]
    assert (answer, made.who, made.after) == ({"seq": made.seq}, ADA, 40)


def test_a_stale_edit_is_refused_with_who_and_what(shared):
    """Bo had not seen what Ada set."""
    edit(ADA, POINTS, 40)

    answer = edit(BO, POINTS, 30)

    assert answer == {"refused": "Ada set points of size to 40 meanwhile; your change was not applied."}
    assert shared.draft().value_of(POINTS) == 40


@pytest.mark.parametrize(
    ("who", "screen", "says"),
    [
        (OLA, None, "Ola is here as an observer"),
        (ADA, "Bo", "sign-in has ended"),
    ],
    ids=["an observer", "a screen of somebody else"],
)
def test_whoever_may_not_edit_is_told_why_and_changes_nothing(shared, who, screen, says):
    """A ticket outlives its screen: who has left it, or speaks for nobody, moves nothing."""
    answer = edit(who, POINTS, 40, screen=screen)

    assert says in answer["refused"]
    assert shared.draft().edits == ()


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"edit": {"field": POINTS}},
        {"edit": {"field": POINTS, "value": 9, "seen_seq": "0"}},
        {"try": POINTS},
        {"edit": {"field": POINTS, "value": 9, "seen_seq": 0}},
        {"try": {"field": CUTOFF, "value": 5_000}},
        {"try": {"field": "levels", "value": 5}},
        {"try": {"field": POINTS, "value": "many"}},
    ],
    ids=["empty", "half", "no number", "no value", "no epoch", "past the scale", "no control", "a word"],
)
def test_nonsense_is_refused_with_a_sentence(shared, message):
    """Whatever a browser sends, the draft stays as it is."""
    assert asked(ADA, **message)["refused"].endswith(".")
    assert shared.draft().edits == ()


@pytest.mark.parametrize(
    ("field", "value", "seen_seq"),
    [
        (POINTS, True, 0),
        (POINTS, float("nan"), 0),
        (POINTS, [9], 0),
        (POINTS, 10**25, 0),
        (POINTS, 9, True),
        (POINTS, 9, 10**30),
        (POINTS, 9, -1),
        ("levels.01.cutoff", 60, 0),
        ("levels.1.capacity", 9, 0),
        ("terms.reason", "because", 0),
    ],
)
def test_only_numbers_that_have_a_control_are_taken(shared, field, value, seen_seq):
    """Another spelling of a field would pass by the check of who changed it; another value breaks a page."""
    assert "refused" in edit(ADA, field, value, seen_seq)
    assert shared.draft().edits == ()


def test_an_edit_on_other_data_is_refused(shared):
    """A screen that still shows the load before, or the sample's ledger, moves nothing in this one."""
    assert "Other data came in" in edit(ADA, POINTS, 40, epoch="another")["refused"]
    assert shared.draft().edits == ()


def test_a_screen_that_is_not_known_here_goes_by_the_script(shared):
    """After a restart, or beside another process, the script knows who it is."""
    assert edit(ADA, POINTS, 40, screen="elsewhere") == {}
    assert shared.draft().edits == ()


def test_an_edit_said_twice_is_one(shared):
    """The first answer may have been lost on the way."""
    first = edit(ADA, POINTS, 40)

    assert edit(ADA, POINTS, 40) == first
    assert len(shared.draft().edits) == 1


def test_an_answer_tells_of_the_own_edit_alone(shared, monkeypatch):
    """What somebody else set in between has not been seen: the next edit on it is refused."""
    through = shared.edit

    def and_then_bo(*args):
        through(*args)
        return through(BO, POINTS, 22, shared.draft().seq)

    monkeypatch.setattr(shared, "edit", and_then_bo)
    answer = edit(ADA, POINTS, 40)
    monkeypatch.setattr(shared, "edit", through)

    assert "Bo set points of size to 22" in edit(ADA, POINTS, 41, answer["seq"])["refused"]


@pytest.mark.usefixtures("shared")
def test_news_are_for_those_who_sit_there():
    """A ticket outlives the sign-out: figures are not for it."""
    with pytest.raises(Refusal, match="sign-in has ended"):
        definition_news.news(Ticket("elsewhere", ADA), "en")


def test_a_trial_says_what_the_value_would_do_and_writes_nothing(shared):
    """Figures follow the finger; the ledger waits for the hand to let go."""
    revision = shared.revision()

    slots = asked(ADA, **{"try": {"field": THRESHOLD, "value": 100}})["slots"]

    assert "size is at least 100" in slots["sentence"]
    assert (shared.revision(), shared.draft().edits) == (revision, ())


def test_the_news_hold_what_every_control_and_slot_shows(shared):
    """After Ada's edit Bo sees her value, her mark, and what he could do about it."""
    edit(ADA, THRESHOLD, 100)

    told = definition_news.news(Ticket("Bo", BO), "en")

    face = told["fields"][THRESHOLD]
    assert (face["value"], told["seq"]) == (100, shared.draft().seq)
    assert [mark["words"] for mark in face["marks"]] == ["in force 10", "marketing 100"]
    assert face["ways"][0]["name"] == "theirs"
    assert set(told["fields"]) == {POINTS, THRESHOLD, CUTOFF}
    assert "size is at least 100" in told["slots"]["sentence"]
    assert "Ada: threshold of size 10 → 100" in told["slots"]["log"]


@pytest.mark.usefixtures("shared")
def test_the_news_are_written_for_their_reader():
    """A German screen reads German numbers, though the room is one."""
    told = {locale: definition_news.news(Ticket("Bo", BO), locale) for locale in ("en-US", "de-DE")}

    assert [told[locale]["slots"]["levels"].count(",") > 0 for locale in told] == [False, True]


def test_a_name_is_never_markup_on_the_line(shared):
    """What people and files call things is text on every screen."""
    shared.edit(ADA, "levels.1.name", "<img src=x>", 0)

    told = json.dumps(definition_news.news(Ticket("Bo", BO), "en")["slots"])

    assert "&lt;img src=x&gt;" in told
    assert "<img" not in told
