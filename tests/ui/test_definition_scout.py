"""Rules of what the page says about scout samples."""

import csv
from datetime import datetime

import pytest

from alignment import whatif
from alignment.domain.agreement import Draft, Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.rate import Rate
from alignment.domain.scout import ScoutLead, ScoutResult, ScoutSample
from alignment.store import row_file
from alignment.ui import definition_scout
from alignment.ui.definition_view import DefinitionView
from alignment.ui.reader import Reader
from alignment.whatif import scout

NOON = datetime(2026, 7, 1, 12)
LEVELS = (Level("raw", 0), Level("hot", 40, enters_hand_off=True))
IN_FORCE = Definition(criteria=(Criterion("size", "size", Comparison.AT_LEAST, 50, 40),), levels=LEVELS)


@pytest.fixture
def looking(given):
    """Return the page's view of so many leads below the cutoff that somebody worked."""

    def view(worked):
        rows = "\n".join(
            f"lead{number} 2026-03-01 2026-03-02 {'2026-03-08' if number % 4 == 0 else '-'} 10"
            for number in range(worked)
        )
        snapshot = given(leads=f"lead_id created_at first_touch_at sql_at size\n{rows}", as_of="2026-07-01")
        impact = whatif.impact(snapshot, IN_FORCE, IN_FORCE)
        draft = Draft(Version(1, IN_FORCE, Terms("start")))
        return DefinitionView(draft, snapshot, impact, {}, Reader())

    return view


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            ScoutResult(Rate(0, 0), unworked=43),
            "Of 43 leads drawn, 0 can be judged so far. 43 not worked yet.",
        ),
        (
            ScoutResult(Rate(4, 40), too_young=2, unworked=1),
            (
                "Of 43 leads drawn, 40 can be judged: 10% (4 of 40, 4–23%) became SQL within 7 days. "
                "2 worked, but too young to judge; 1 not worked yet."
            ),
        ),
        (
            ScoutResult(Rate(1, 3), worked_before=2, gone=1),
            (
                "Of 6 leads drawn, 3 can be judged: 1 became SQL within 7 days, too few to say a share. "
                "2 worked before they were drawn: left out; 1 not in the data any more."
            ),
        ),
    ],
    ids=["nothing yet", "some", "too few"],
)
def test_a_result_says_what_is_known_and_what_is_not(looking, found, words):
    """No percentage of a few, nobody counted as a failure who was not worked."""
    assert definition_scout.result_words(looking(40), found) == words


@pytest.mark.parametrize(
    ("worked", "words"),
    [
        (40, "323 of them, worked, would tell 25% to within ±5 points: that is what those below"),
        (20, "381 of them, worked, would tell any rate to within ±5 points."),
    ],
    ids=["planned with what is recorded", "nothing to plan with"],
)
def test_the_size_needed_is_said_with_the_rate_it_is_planned_for(looking, worked, words):
    """Whoever is handed a number learns where it is from."""
    found = definition_scout.size_words(looking(worked))

    assert found.startswith(words)


def test_the_file_for_the_crm_holds_the_sample_as_drawn_and_runs_no_formula():
    """Header first, a row a lead, and an id that looks like a formula is text."""
    leads = (ScoutLead("=HYPERLINK(1)", "web", 35), ScoutLead("ada", None, None))
    sample = ScoutSample(Person("Ada", Side.MARKETING), NOON, NOON, 1, 0, 0.05, 1, "by chance", leads)

    text = row_file.content(scout.rows(sample), ".csv", {}).decode("utf-8-sig")

    assert list(csv.reader(text.splitlines())) == [
        ["lead_id", "source", "score", "level"],
        ["'=HYPERLINK(1)", "web", "35", "scout"],
        ["ada", "", "", "scout"],
    ]
