"""What one change would do, held against trying every value of every slider on the lead itself."""

import math
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as some

from alignment.domain.definition import (
    HIGHEST_SCORE,
    MOST_POINTS,
    Comparison,
    Criterion,
    Definition,
    Group,
    Level,
)
from alignment.domain.definition_plain import value_of, with_value
from alignment.domain.refusal import Refusal
from alignment.domain.scale import Scale
from alignment.whatif.explain import Verdict, explained
from tests.drawn_definitions import KINDS, SIZES, THRESHOLDS, definitions, full_leads, lead_values

STOPS = tuple(sorted({float(value) for value in (*SIZES, *THRESHOLDS) if math.isfinite(value)}))


@some.composite
def close_calls(draw):
    """A lead that has most values, and a definition whose cutoffs and one cap lie near its points."""
    lead = draw(lead_values()) if draw(some.integers(0, 4)) == 0 else draw(full_leads())
    definition = draw(definitions(fewest=3))
    group = draw(some.sampled_from(Group))
    met = [each for each in definition.criteria if each.is_met_by(lead.get(each.attribute))]
    summed = abs(sum(each.points for each in met if each.group is group))
    cap = min(max(summed + draw(some.integers(-5, 5)), 0), HIGHEST_SCORE)
    definition = definition.with_cap(group, cap)
    score = definition.score(lead) or 0
    near = draw(some.sets(some.integers(max(score - 4, 1), min(score + 4, 100)), min_size=1, max_size=3))
    levels = [Level(f"level {cutoff}", cutoff, enters_hand_off=True) for cutoff in sorted(near)]
    return lead, replace(definition, levels=(Level("raw", 0), *levels))


def scales_of(definition):
    """Return the sliders of the criteria: halts at every value that leads have."""
    return {
        found.criterion_id: Scale(found.attribute, found.comparison, STOPS)
        for found in definition.criteria
        if found.comparison in (Comparison.AT_LEAST, Comparison.AT_MOST)
    }


def place(definition, lead):
    """Return the place of the lead's level, -1 for an unscored one."""
    level = definition.level_of(definition.score(lead))
    return -1 if level is None else definition.levels.index(level)


def sliders(definition):
    """Yield each slider that has a distance, with every value that it can take."""
    for criterion in definition.criteria:
        yield f"criteria.{criterion.criterion_id}.points", range(-MOST_POINTS, MOST_POINTS + 1)
        if criterion.comparison in (Comparison.AT_LEAST, Comparison.AT_MOST):
            yield f"criteria.{criterion.criterion_id}.threshold", STOPS
    for position in range(1, len(definition.levels)):
        yield f"levels.{position}.cutoff", range(HIGHEST_SCORE + 1)
    for group in definition.caps:
        yield f"caps.{group}", range(HIGHEST_SCORE + 1)


def nearest(definition, lead):
    """Return by slider and direction how far the nearest value is that gives the lead another level."""
    found = {}
    here = place(definition, lead)
    for field, values in sliders(definition):
        at = value_of(definition, field)
        for value in values:
            try:
                there = place(with_value(definition, field, value), lead)
            except Refusal:
                continue
            if there != here:
                key = field, there > here
                found[key] = min(abs(value - at), found.get(key, math.inf))
    return found


def value_inside(criterion):
    """Return a value that meets the criterion, none where the column's type has no such value."""
    if criterion.comparison is Comparison.IS_TRUE:
        return True
    if criterion.comparison is not Comparison.ONE_OF:
        return criterion.threshold
    if KINDS[criterion.attribute] == "VARCHAR":
        return criterion.threshold[0]
    return next((int(text) for text in criterion.threshold if text in {"5", "-3"}), None)


CAPPED = Definition(
    (
        Criterion("large", "size", Comparison.AT_LEAST, 50, 20),
        Criterion("some", "size", Comparison.AT_LEAST, 20, 20),
    ),
    (Level("raw", 0), Level("warm", 30), Level("hot", 31, enters_hand_off=True)),
    {Group.FIT: 30},
)


@settings(max_examples=25)
@given(case=close_calls())
@example(case=({"size": 60.0}, CAPPED))
def test_each_slider_is_listed_with_the_least_move_that_gives_another_level(case):
    """A smaller move that was missed would send a meeting the wrong way."""
    lead, definition = case
    moves = explained(definition, lead, KINDS, scales_of(definition)).moves

    numbers = [move for move in moves if not isinstance(move.before, list)]
    listed = {(move.field, move.is_up): abs(move.after - move.before) for move in numbers}
    assert listed == (nearest(definition, lead) if definition.score(lead) is not None else {})


@settings(max_examples=25)
@given(case=close_calls())
def test_each_listed_change_does_to_the_lead_what_it_says(case):
    """Score and level after the change are those of the changed definition, or of the changed lead."""
    lead, definition = case
    found = explained(definition, lead, KINDS, scales_of(definition))
    here = place(definition, lead)

    for move in found.moves:
        moved = with_value(definition, move.field, move.after)
        assert (moved.score(lead), moved.level_of(moved.score(lead))) == (move.score, move.level)
        assert (place(moved, lead) > here) is move.is_up
        assert place(moved, lead) != here


@settings(max_examples=25)
@given(case=close_calls())
@example(
    case=(
        {"size": 10.0},
        Definition(
            (
                Criterion("large", "size", Comparison.AT_LEAST, 50, 20),
                Criterion("some", "size", Comparison.AT_LEAST, 20, 20),
            ),
            (Level("raw", 0), Level("hot", 40, enters_hand_off=True)),
        ),
    )
)
def test_a_criterion_met_counts_with_all_that_the_lead_would_then_meet(case):
    """A company of 50 has at least 20 people too: its points count as well."""
    lead, definition = case
    found = explained(definition, lead, KINDS, scales_of(definition))

    here = place(definition, lead)
    would = {other.criterion.criterion_id: other for other in found.other_leads if other.would_meet}
    for criterion in definition.criteria:
        changed = {**lead, criterion.attribute: value_inside(criterion)}
        is_open = changed[criterion.attribute] is not None and not criterion.is_met_by(
            lead.get(criterion.attribute)
        )
        is_moved = is_open and place(definition, changed) != here
        assert is_moved is (criterion.criterion_id in would)
        if is_moved:
            assert would[criterion.criterion_id].score == definition.score(changed)


@settings(max_examples=25)
@given(case=close_calls())
def test_what_the_criteria_count_adds_up_to_the_score(case):
    """Verdict by verdict, group by group, to the number on top."""
    lead, definition = case
    found = explained(definition, lead, KINDS, scales_of(definition))

    by_group = {group.group: 0 for group in found.groups}
    for answer in found.answers:
        value = lead.get(answer.criterion.attribute)
        assert (answer.verdict is Verdict.MET) == answer.criterion.is_met_by(value)
        by_group[answer.criterion.group] += answer.points
    assert by_group == {group.group: group.summed for group in found.groups}
    assert found.score == definition.score(lead)
    if found.score is not None:
        assert found.score == min(max(found.total, 0), HIGHEST_SCORE)


@settings(max_examples=15)
@given(case=close_calls(), gone=some.sampled_from(sorted(KINDS)))
def test_a_column_that_is_gone_answers_no_criterion_and_moves_nothing(case, gone):
    """It is said as not in the data, and the rest is explained as before."""
    lead, definition = case
    kinds = {name: kind for name, kind in KINDS.items() if name != gone}
    without = {name: value for name, value in lead.items() if name != gone}

    found = explained(definition, lead, kinds, scales_of(definition))

    asked = [answer for answer in found.answers if answer.criterion.attribute == gone]
    assert {answer.verdict for answer in asked} <= {Verdict.NOT_ASKED}
    assert found.score == definition.score(without)
    assert not [
        move
        for move in found.moves
        if any(move.field.startswith(f"criteria.{a.criterion.criterion_id}.") for a in asked)
    ]
