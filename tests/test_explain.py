"""Rules of explaining a lead on a load: its verdicts, and the leads worth a look."""

import pytest

from alignment import report
from alignment.domain.definition import Comparison, Criterion, Definition, Group, Level
from alignment.whatif.explain import Verdict, examples, explain

LEVELS = (Level("raw", 0), Level("hot", 30, enters_hand_off=True))
DEFINITION = Definition(
    (
        Criterion("size", "size", Comparison.AT_LEAST, 50, 30),
        Criterion("role", "role", Comparison.ONE_OF, ("boss",), 20),
        Criterion("gone", "gone", Comparison.IS_TRUE, None, 10, Group.ENGAGEMENT),
    ),
    LEVELS,
    {Group.FIT: 40},
)
LEADS = """
    lead_id  created_at  size  role
    ada      2026-05-04  50    boss
    bob      2026-05-05  49    clerk
    cem      2026-05-06  -     -
    dot      2026-05-07  10    boss
    eve      2026-05-03  60    clerk
"""


@pytest.fixture
def company(given):
    """Open five leads."""
    return given(leads=LEADS, as_of="2026-07-01T12:00:00")


def explained(company, lead_id):
    """Return the lead explained by the definition above."""
    return explain(company, DEFINITION, report.lead(company, lead_id).values)


def test_each_criterion_says_its_verdict_and_a_missing_column_is_no_missing_value(company):
    """“No value” asks somebody to fill it in; a column that isn't loaded can't be filled in."""
    verdicts = [answer.verdict for answer in explained(company, "bob").answers]

    assert verdicts == [Verdict.NOT_MET, Verdict.NOT_MET, Verdict.NOT_ASKED]


def test_a_cap_is_shown_as_applied(company):
    """30 and 20 are 50; fit counts at most 40."""
    fit = explained(company, "ada").groups[0]

    assert (fit.summed, fit.counted) == (50, 40)
    assert explained(company, "ada").score == 40


def test_a_lead_without_any_value_has_no_score_and_no_slider_moves_it(company):
    """Unscored is neither cold nor zero."""
    found = explained(company, "cem")

    assert (found.score, found.level, found.moves) == (None, None, ())
    assert {answer.verdict for answer in found.answers} == {Verdict.NO_VALUE, Verdict.NOT_ASKED}


def test_the_nearest_threshold_and_the_nearest_cutoff_are_named(company):
    """“at least 49 instead of 50”: the least that would hand Bob off."""
    moves = {
        move.field: (move.before, move.after, move.level.name) for move in explained(company, "bob").moves
    }

    assert moves["criteria.size.threshold"] == (50, 49.0, "hot")


def test_the_examples_are_the_leads_at_the_cutoff_and_the_newest(company):
    """The ones that a meeting argues about."""
    assert examples(company, DEFINITION) == {"below": "dot", "above": "eve", "newest": "dot"}


def test_without_leads_on_one_side_of_the_cutoff_there_is_no_such_example(given):
    """Nobody is handed off: only the others are offered."""
    snapshot = given(leads="lead_id created_at size\nada 2026-05-04 1", as_of="2026-07-01")

    assert examples(snapshot, DEFINITION) == {"below": "ada", "newest": "ada"}
