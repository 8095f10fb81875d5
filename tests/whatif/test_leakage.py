"""What gives an outcome away: too good alone, a value that knows it, or nothing there where it is missing."""

import json

import numpy as np
import pytest

from alignment import whatif
from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.domain.scale import Scale
from alignment.whatif import Question, leakage
from alignment.whatif.leakage import Reason
from tests import drawn

TAG = Scale("tag", Comparison.ONE_OF, values=(("a",), ("b",)))
"""Levels: no value, another value, a, b."""


@pytest.mark.parametrize(
    ("converted", "others", "expected"),
    [
        ((0, 0, 900, 50), (0, 0, 100, 950), (Reason.TOO_GOOD, None)),
        ((0, 0, 96, 304), (0, 0, 4, 596), (Reason.GIVES_AWAY, "a")),
        ((0, 0, 94, 306), (0, 0, 6, 594), None),
        ((0, 0, 96, 2304), (0, 0, 4, 2596), None),
        ((0, 0, 90, 310), (0, 0, 3, 597), None),
        ((0, 0, 2, 398), (0, 0, 98, 502), (Reason.GIVES_AWAY, "a")),
        ((0, 0, 2, 98), (0, 0, 98, 802), None),
        ((2, 0, 200, 198), (98, 0, 250, 252), (Reason.GIVES_AWAY, None)),
        ((0, 96, 150, 154), (0, 4, 300, 296), (Reason.GIVES_AWAY, "another value")),
        ((0, 0, 1000, 0), (0, 0, 0, 0), None),
        ((0, 0, 0, 0), (0, 0, 0, 0), None),
    ],
    ids=[
        "ranks almost alone",
        "almost all of a value succeed",
        "many of a value succeed",
        "a value of under 1 in 20 leads",
        "a value of under 100 leads",
        "almost none of a value succeeds",
        "almost none succeeds where few do",
        "almost none without a value succeeds",
        "almost all of the other values succeed",
        "all succeed, whatever the value",
        "nobody is judged",
    ],
)
def test_an_attribute_is_suspicious_where_it_gives_the_outcome_away(converted, others, expected):
    """Large groups only: a few leads can all succeed by chance."""
    found = leakage.suspicion(TAG, np.array(converted, float), np.array(others, float))

    assert (found and (found.reason, found.value)) == expected


def test_rare_values_do_not_make_an_attribute_look_good():
    """A name of its own for every lead ranks them perfectly, and knows nothing."""
    names = Scale("name", Comparison.ONE_OF, values=tuple((f"n{number}",) for number in range(28)))
    converted = np.array([0, 0, *([1, 0] * 14)], float)

    assert leakage.alone(converted, np.array([0, 0, *([0, 1] * 14)], float)) == 0.5
    assert leakage.suspicion(names, converted, 1 - converted) is None


def company(marked):
    """Return a drawn table of 400 leads whose `tag` knows the outcome almost always, and `size` never."""
    rows = (
        f"L{number} {number % 2 == 0} {'won' if number % 40 == 1 or number % 2 == 0 else 'lost'} "
        f"{number % 7} {number % 5 == 0}".replace("T", "t").replace("F", "f")
        for number in range(400)
    )
    receipt = {"tables": [{"table": "leads", "columns": [{"name": "asked", "after_contact": marked}]}]}
    return {"leads": "lead_id is_converted tag size asked\n" + "\n".join(rows)}, {
        "receipt": json.dumps(receipt)
    }


def suggested(folder, definition, *, marked=False):
    """Return what is suggested for a definition on the drawn company."""
    snapshot = drawn.warehouse(folder / "leads.duckdb", *company(marked))
    return whatif.suggest(snapshot, definition, definition, Question())


def test_a_suspicious_attribute_is_no_criterion_to_add(tmp_path):
    """What sales wrote after the call would flatter every definition."""
    found = suggested(tmp_path, Definition())

    assert [suspect.attribute for suspect in found.suspects] == ["tag"]
    assert "tag" not in {suggestion.criterion.attribute for suggestion in found.criteria}


def test_an_attribute_marked_as_written_after_contact_is_left_out_whatever_it_tells(tmp_path):
    """The mapping knows what the outcomes don't show."""
    found = suggested(tmp_path, Definition(), marked=True)

    assert {suspect.attribute: suspect.reason for suspect in found.suspects}["asked"] is Reason.MARKED


def test_a_suspicious_criterion_of_the_draft_is_named_and_keeps_its_points(tmp_path):
    """It is there by agreement; nothing is learned from it."""
    tag = Criterion("tag", "tag", Comparison.ONE_OF, ("won",), -10)
    size = Criterion("size", "size", Comparison.AT_LEAST, 3, 10)

    found = suggested(tmp_path, Definition((tag, size)))

    assert [suspect.attribute for suspect in found.suspects_in_use] == ["tag"]
    assert found.points.definition.criterion("tag").points == tag.points
