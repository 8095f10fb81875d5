"""The shapes of a column's texts: every digit written as 9, counted over the whole column."""

from dataclasses import dataclass

from alignment.store.intake.workbench import Workbench

_MOST_SHAPES = 5_000
SHAPE_OF = "translate({value}, '012345678', '999999999')"
"""The query text of a value's shape."""


@dataclass(frozen=True)
class Shape:
    """One shape, how many values have it, and the least of them."""

    text: str
    count: int
    example: str


def shapes_of(bench: Workbench, relation: str, value: str) -> tuple[Shape, ...]:
    """Return the shapes of a column's values, the commonest first; a column of prose is cut off."""
    rows = bench.run(
        f"""
        select {SHAPE_OF.format(value=value)} as shape, count(*) as shape_count, min({value})
        from {relation}
        where problem is null and {value} is not null
        group by 1
        order by 2 desc, 1
        limit {_MOST_SHAPES}
        """,
        "Looking at the values",
    )
    return tuple(Shape(*row) for row in rows)


def is_cut_off(shapes: tuple[Shape, ...]) -> bool:
    """Tell whether a column may have more shapes than were looked at."""
    return len(shapes) >= _MOST_SHAPES
