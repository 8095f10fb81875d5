"""Rules of what the panel of suggestions says, and of how long a suggestion stands."""

import random
from dataclasses import replace
from datetime import date, datetime

import pytest
import streamlit as st

from alignment import whatif
from alignment.domain.agreement import Draft, Edit, Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.rate import Rate
from alignment.ui import definition_asked as asked
from alignment.ui import definition_face, definition_rail
from alignment.ui import definition_suggest_words as say
from alignment.ui.definition_view import DefinitionView
from alignment.ui.reader import Reader
from alignment.whatif.leakage import Reason, Suspect
from tests import suggest_plain
from tests.suggest_plain import Lead

ADA = Person("Ada", Side.MARKETING)
NOON = datetime(2026, 9, 30, 12)
ASKED = Criterion("asked", "asked", Comparison.IS_TRUE, None, 5)
SIZE = Criterion("size", "size", Comparison.AT_LEAST, 9, 40)
LEVELS = (Level("raw", 0), Level("hot", 40, enters_hand_off=True, capacity=2))
IN_FORCE = Definition((ASKED, SIZE), LEVELS)


def company(turn_at=1_000, a_day=2):
    """Return leads of eight months of which those who asked buy; from that day on those who didn't."""
    draw = random.Random(5)  # noqa: S311 - a company, no secret
    leads = []
    for day in range(240):
        for _ in range(a_day):
            is_asked = draw.random() < 0.5
            buys = is_asked if day < turn_at else not is_asked
            values = {"asked": is_asked, "size": draw.choice([1, 9])}
            leads.append(Lead(day, values, is_success=draw.random() < (0.8 if buys else 0.2)))
    return leads


@pytest.fixture
def looking(tmp_path_factory):
    """Return the page's view of a company after some edits, and what was suggested before them."""
    st.session_state.clear()

    def view(*edits, leads=None, base=IN_FORCE):
        snapshot = suggest_plain.opened(
            leads or company(), tmp_path_factory.mktemp("company"), ("asked", "size")
        )
        made = tuple(
            Edit(number, NOON, ADA, field, None, value) for number, (field, value) in enumerate(edits, 1)
        )
        draft = Draft(Version(1, base, Terms("start", date(2026, 1, 1))), made)
        found = whatif.suggest(snapshot, base, base)
        st.session_state[asked.ANSWER] = snapshot.signature, found
        scales = whatif.scales(snapshot, draft.definition)
        impact = whatif.impact(snapshot, base, draft.definition)
        return DefinitionView(draft, snapshot, impact, scales, Reader()), found

    yield view
    st.session_state.clear()


def test_a_suggestion_stands_while_the_draft_is_the_one_asked_for(looking):
    """Nothing moved since."""
    view, found = looking()

    assert asked.suggestions(view) is found
    assert asked.left(view, found) == found.points.steps


def test_points_taken_from_a_suggestion_leave_the_rest_of_it_standing(looking):
    """One by one: the others are still what goes with it."""
    _, found = looking()
    taken, *others = found.points.steps

    view, found = looking(taken)

    assert asked.suggestions(view) is found
    assert asked.left(view, found) == tuple(others)


def test_any_other_move_ends_a_suggestion(looking):
    """It was worked out for another draft."""
    view, _ = looking(("levels.1.cutoff", 55))

    assert asked.suggestions(view) is None
    assert asked.was_asked()


def test_a_suggestion_of_another_load_does_not_stand(looking):
    """New data may say something else."""
    view, found = looking()
    st.session_state[asked.ANSWER] = ("another",), found

    assert asked.suggestions(view) is None


def test_a_slider_shows_where_the_suggestion_would_set_it(looking):
    """A mark beside in force, as long as the suggestion stands."""
    view, found = looking()
    field, value = found.points.steps[0]

    mark = definition_rail.suggested(view, field, definition_face.place(view, field))

    assert (mark["sign"], mark["words"]) == ("◇", f"suggested {value}")
    other, _ = looking(("levels.1.cutoff", 55))
    assert definition_rail.suggested(other, field, definition_face.place(other, field)) is None


def test_the_cutoff_for_what_we_can_work_is_marked_too(looking):
    """Two hand-offs a week are fewer than there are."""
    view, _ = looking()

    cutoff = "levels.1.cutoff"
    assert definition_rail.suggested(view, cutoff, definition_face.place(view, cutoff))["sign"] == "◇"


def test_the_effect_says_in_force_draft_and_suggested(looking):
    """With the interval of what is suggested, and the draft only where it differs."""
    view, found = looking()
    changed, _ = looking(("levels.1.cutoff", 55))

    once, twice = (say.effect(each, found.with_points) for each in (view, changed))

    assert "in force →" in once
    assert "draft" not in once
    assert "suggested" in once
    assert "draft →" in twice
    rate = found.with_points.hand_offs.conversion
    assert view.reader.words.rate(rate) in once


def test_a_suggestion_that_was_right_on_newer_months_might_help(looking):
    """Advice is no order."""
    _, found = looking()

    assert say.verdict(found).startswith("Other points might rank the leads better")


def test_a_suggestion_that_was_wrong_on_newer_months_says_so(looking):
    """Nothing is hidden where the present points do better."""
    _, found = looking(leads=company(turn_at=180, a_day=5))

    assert "the present points do better" in say.verdict(found)
    assert not say.is_better(found)


def test_points_that_the_data_cannot_better_do_as_well(looking):
    """No change is an answer too."""
    good = replace(IN_FORCE, criteria=(replace(ASKED, points=50), replace(SIZE, points=0)))
    _, found = looking(base=good)

    assert "do as well" in say.verdict(found)


def test_the_check_names_the_months_learned_from_and_checked_on(looking):
    """Older months teach, newer ones judge."""
    view, found = looking()
    points = found.points

    words = say.check(view, points.months, points.checked, points.fitted)

    assert "Learned from" in words
    assert "checked on" in words


def test_what_was_not_checked_says_why(looking):
    """A ranking on the leads it was learned from can only look good."""
    view, found = looking(leads=company()[:100])
    points = found.points

    words = say.check(view, points.months, points.checked, points.fitted)

    assert points.checked is None
    assert points.months.why_unchecked in words


@pytest.mark.parametrize(
    ("suspect", "words"),
    [
        (Suspect("tags", Reason.MARKED), "marked in the mapping"),
        (Suspect("tags", Reason.TOO_GOOD, auc=0.94), "right in 94 of 100 pairs"),
        (Suspect("tags", Reason.GIVES_AWAY, 0.8, "Worst", Rate(2, 601)), "with “Worst” succeed"),
        (Suspect("tags", Reason.GIVES_AWAY, 0.8, None, Rate(2, 601)), "with no value succeed"),
    ],
    ids=["marked", "too good", "a value", "no value"],
)
def test_a_column_left_out_says_why(suspect, words):
    """So that somebody who knows better can say so in the mapping."""
    assert words in say.why(suspect)
