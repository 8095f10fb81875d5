"""Rules of the steps from one definition to another."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alignment.domain.agreement_words import changes
from alignment.domain.definition import DEFAULT_LEVELS, Comparison, Criterion, Definition, Group, Level
from alignment.domain.definition_plain import with_value
from alignment.domain.definition_steps import steps

EMPLOYEES = Criterion("employees", "employees", Comparison.AT_LEAST, 50, 15)
JOB = Criterion("job", "job_level", Comparison.ONE_OF, ("Manager", "Director"), 10)
BEFORE = Definition(criteria=(EMPLOYEES, JOB), caps={Group.FIT: 20})


def walked(before, after):
    """Take every step, one after the other."""
    for field, value in steps(before, after):
        before = with_value(before, field, value)
    return before


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, ()),
        (BEFORE.with_points("job", 5), (("criteria.job.points", 5),)),
        (BEFORE.without_criterion("job"), (("criteria.job", None),)),
        (BEFORE.with_cap(Group.FIT, None), (("caps.fit", None),)),
        (BEFORE.with_level(1, replace(BEFORE.levels[1], cutoff=40)), (("levels.1.cutoff", 40),)),
    ],
    ids=["nothing", "points", "a criterion removed", "a cap taken away", "a cutoff"],
)
def test_one_change_is_one_step(after, expected):
    """The log says what was changed, not that everything was."""
    assert steps(BEFORE, after) == expected


def test_an_attribute_replaced_is_the_whole_criterion():
    """Its threshold alone would mean nothing on another attribute."""
    after = BEFORE.with_criterion(Criterion("employees", "is_known", Comparison.IS_TRUE, None, 15))

    assert [field for field, _ in steps(BEFORE, after)] == ["criteria.employees"]


def test_levels_that_pass_each_other_are_set_at_once():
    """Warm at 70 before hot moved to 80 would be refused."""
    after = replace(
        BEFORE, levels=(Level("raw", 0), Level("warm", 70), Level("hot", 80, enters_hand_off=True))
    )

    assert [field for field, _ in steps(BEFORE, after)] == ["levels"]
    assert walked(BEFORE, after) == after


CRITERIA = some.lists(
    some.builds(
        Criterion,
        some.sampled_from(["a", "b", "c"]),
        some.sampled_from(["employees", "visits"]),
        some.sampled_from([Comparison.AT_LEAST, Comparison.AT_MOST]),
        some.integers(0, 9),
        some.integers(-50, 50),
        some.sampled_from(Group),
    ),
    unique_by=lambda criterion: criterion.criterion_id,
).map(tuple)
CUTOFFS = some.lists(some.integers(1, 100), min_size=1, max_size=4, unique=True).map(sorted)
LEVELS = CUTOFFS.map(
    lambda cutoffs: (
        Level("raw", 0),
        *(Level(f"level {place}", cutoff, enters_hand_off=True) for place, cutoff in enumerate(cutoffs)),
    )
)
CAPACITIES = some.none() | some.integers(0, 99)
DEFINITIONS = some.builds(
    lambda criteria, levels, caps, capacity: Definition(criteria, levels, caps).with_capacity(capacity),
    CRITERIA,
    LEVELS | some.just(DEFAULT_LEVELS),
    some.dictionaries(some.sampled_from(Group), some.integers(0, 100)),
    CAPACITIES,
)


@given(DEFINITIONS, DEFINITIONS)
def test_the_steps_lead_to_the_other_definition(before, after):
    """Whatever was agreed can be gone back to, and every file can be brought in."""
    assert changes(walked(before, after), after) == ()
