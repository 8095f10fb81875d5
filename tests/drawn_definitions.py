"""Random leads and definitions with whatever a stranger's file may hold: the worst names and values."""

import math

from hypothesis import strategies as some

from alignment.domain.definition import Comparison, Criterion, Definition, Group, Level, Route
from alignment.metrics.query import quoted
from tests.engine import in_memory

NASTY = (
    "boss",
    "O'Hara",
    "a\\",
    "\\'; drop table leads; --",
    'say "hi"',
    "${x}",
    "two\nlines",
    "`t`",
    "ü%_?:as_of",
    "",
)
LEVELS = ("raw", "warm's", "hot\\", "'; drop table leads; --", 'top"', "${hot}")
KINDS = {
    "size": "DOUBLE",
    "count": "BIGINT",
    'pay "net"': "DECIMAL(18,3)",
    "title": "VARCHAR",
    "tit`le\\": "VARCHAR",
    "asked": "BOOLEAN",
}
SIZES = (
    0.0,
    0.1,
    0.1 + 0.2,
    99.12345678901234,
    1.0,
    4.5,
    5.0,
    50.0,
    -3.0,
    1e15,
    math.nan,
    math.inf,
    -math.inf,
)
WHOLES = (0, 1, 5, 50, -3, 10**15)
PAYS = (0.1, 5.0, 50.0, -3.0)
THRESHOLDS = (0, 1, 0.1, 0.1 + 0.2, 99.12345678901234, 4.5, 5.0, 7.0, 50, -3.0, 1e15)


def maybe(strategy):
    """Something or nothing."""
    return some.one_of(some.none(), strategy)


VALUES = {
    "size": some.sampled_from(SIZES),
    "count": some.sampled_from(WHOLES),
    'pay "net"': some.sampled_from(PAYS),
    "title": some.sampled_from(NASTY),
    "tit`le\\": some.sampled_from(NASTY),
    "asked": some.booleans(),
}


def lead_values():
    """A lead's values, any of them missing."""
    return some.fixed_dictionaries({name: maybe(values) for name, values in VALUES.items()})


def full_leads():
    """A lead that has every value."""
    return some.fixed_dictionaries(VALUES)


@some.composite
def criteria(draw, number):
    """A criterion on any attribute, its threshold on a value that leads have, or beside it."""
    comparison = draw(some.sampled_from(Comparison))
    attribute, threshold = {
        Comparison.IS_TRUE: (("asked",), some.none()),
        Comparison.ONE_OF: (
            ("title", "tit`le\\", "count"),
            some.lists(some.sampled_from([*NASTY, "5", "-3"]), min_size=1, max_size=3, unique=True).map(
                tuple
            ),
        ),
    }.get(comparison, (("size", "count", 'pay "net"'), some.sampled_from(THRESHOLDS)))
    points, group = draw(some.integers(-50, 50)), draw(some.sampled_from(Group))
    name = draw(some.sampled_from(attribute))
    return Criterion(f"c{number}", name, comparison, draw(threshold), points, group)


@some.composite
def definitions(draw, fewest=0):
    """Up to six criteria, caps on some groups, two to four levels, any of them handed off."""
    cutoffs = sorted(draw(some.sets(some.integers(1, 100), min_size=1, max_size=3)))
    names = draw(some.permutations(LEVELS))
    handed = draw(some.integers(0, len(cutoffs)))
    levels = tuple(
        Level(
            names[place],
            cutoff,
            draw(some.sampled_from(Route)),
            enters_hand_off=place == handed or draw(some.booleans()),
        )
        for place, cutoff in enumerate([0, *cutoffs])
    )
    chosen = tuple(draw(criteria(number)) for number in range(draw(some.integers(fewest, 6))))
    return Definition(
        chosen, levels, draw(some.dictionaries(some.sampled_from(Group), some.integers(0, 100)))
    )


def table_of(leads, kinds=KINDS):
    """Write the leads into a table of an engine in memory, the values bound, so that nothing is lost."""
    engine = in_memory()
    columns = "".join(f", {quoted(name)} {kind}" for name, kind in kinds.items())
    engine.execute(f"create or replace table leads (lead_id varchar, source varchar{columns})")
    for number, lead in enumerate(leads):
        marks = ", ".join("?" * (len(kinds) + 2))
        values = [f"L{number:03}", None, *(lead.get(name) for name in kinds)]
        engine.execute(f"insert into leads values ({marks})", values)
    return engine


def expected(definition, leads, kinds=KINDS):
    """Return the rows as the rule for one lead gives them; the load's types decide what can be asked."""
    rows = []
    for number, lead in enumerate(leads):
        score = definition.score({name: lead.get(name) for name in kinds})
        level = definition.level_of(score)
        name, route = (level.name, str(level.route)) if level else (None, None)
        rows.append((f"L{number:03}", score, name, route, definition.qualifies(lead)))
    return rows
