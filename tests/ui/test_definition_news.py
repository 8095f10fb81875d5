"""Rules of what the line carries: moves come in under the person's own name, figures go out, nothing else."""

import json
from datetime import datetime
from types import SimpleNamespace

import pytest

from alignment.agreement import Agreement
from alignment.domain.agreement import Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
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


def edit(who, field, value, seen_seq=0, **more):
    """Return the answer to an edit."""
    return asked(who, edit={"field": field, "value": value, "seen_seq": seen_seq}, **more)


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
        (ADA, "elsewhere", "sign-in has ended"),
        (ADA, "Bo", "sign-in has ended"),
    ],
    ids=["an observer", "a screen not known", "a screen of somebody else"],
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
        {"edit": {"field": POINTS, "value": "many", "seen_seq": 0}},
        {"edit": {"field": "points of nothing", "value": 9, "seen_seq": 0}},
        {"try": {"field": CUTOFF, "value": 5_000}},
    ],
    ids=["empty", "half", "no number", "no value", "a word for points", "no such field", "past the scale"],
)
def test_nonsense_is_refused_with_a_sentence(shared, message):
    """Whatever a browser sends, the draft stays as it is."""
    assert asked(ADA, **message)["refused"].endswith(".")
    assert shared.draft().edits == ()


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
