"""The single changes that would give a lead another level: of one slider, or of one value of the lead."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import inf, nextafter

from alignment.domain.definition import (
    HIGHEST_SCORE,
    MOST_POINTS,
    Comparison,
    Criterion,
    Definition,
    Level,
    Threshold,
    Value,
)
from alignment.domain.definition_plain import Plain, with_value
from alignment.domain.scale import Scale
from alignment.metrics.definition_query import Kinds, is_number

UNSCORED = -1
ANOTHER_TEXT = "\x00another"
"""A text that no criterion accepts."""


@dataclass(frozen=True)
class Move:
    """One slider moved as little as it takes, from where to where, and what the lead would be then."""

    field: str
    before: Plain
    after: Plain
    score: int
    level: Level
    is_up: bool


@dataclass(frozen=True)
class OtherLead:
    """The lead, had it met a criterion that it doesn't meet, or not met one that it does."""

    criterion: Criterion
    would_meet: bool
    score: int | None
    level: Level | None
    is_up: bool


@dataclass(frozen=True)
class Slider:
    """A field of the definition, where it stands, and its values away from there in each direction."""

    field: str
    at: Plain
    ways: tuple[Sequence[Plain], ...]

    def distance(self, move: Move) -> float:
        """Return how far a move of it goes, 0 for what is no number."""
        return abs(move.after - self.at) if isinstance(self.at, int | float) else 0


def moves_of(
    definition: Definition, lead: Mapping[str, Value], scales: Mapping[str, Scale]
) -> tuple[Move, ...]:
    """Return for each slider the least move up or down the levels, where it can move the lead at all.

    Cutoffs first, then points from the least to the largest, thresholds, caps. An unscored lead has none.
    """
    score = definition.score(lead)
    if score is None:
        return ()
    sliders = (
        _cutoffs(definition, score),
        _points(definition, lead),
        _thresholds(definition, lead, scales),
        _caps(definition),
    )
    return tuple(move for kind in sliders for move in _nearest_first(definition, lead, kind))


def _nearest_first(
    definition: Definition, lead: Mapping[str, Value], sliders: Iterable[Slider]
) -> list[Move]:
    found = [(slider.distance(move), move) for slider in sliders for move in _least(definition, lead, slider)]
    return [move for _, move in sorted(found, key=lambda pair: pair[0])]


def other_leads(definition: Definition, lead: Mapping[str, Value], kinds: Kinds) -> tuple[OtherLead, ...]:
    """Return the criteria whose verdict, were it the other one, would give the lead another level.

    The lead's value is changed for it, so that other criteria on the same attribute see the change too.
    """
    here = _place(definition, definition.score(lead))
    found = []
    for criterion in definition.criteria:
        is_met = criterion.is_met_by(lead.get(criterion.attribute))
        value = (_value_outside if is_met else _value_inside)(
            criterion, is_numeric=is_number(kinds[criterion.attribute])
        )
        score = definition.score({**lead, criterion.attribute: value})
        place = _place(definition, score)
        if place != here and (is_met or value is not None):
            level = definition.level_of(score)
            found.append(OtherLead(criterion, not is_met, score, level, place > here))
    return tuple(found)


def _least(definition: Definition, lead: Mapping[str, Value], slider: Slider) -> Iterator[Move]:
    """Yield the first value of each way that gives the lead another level.

    Going on along a way only moves a lead further, so the first value is found by halving.
    """
    here = _place(definition, definition.score(lead))

    def moves(after: Plain) -> bool:
        moved = with_value(definition, slider.field, after)
        return _place(moved, moved.score(lead)) != here

    for way in slider.ways:
        first = bisect_left(way, x=True, key=moves)
        if first < len(way):
            moved = with_value(definition, slider.field, way[first])
            score = moved.score(lead)
            place = _place(moved, score)
            yield Move(slider.field, slider.at, way[first], score or 0, moved.levels[place], place > here)


def _cutoffs(definition: Definition, score: int) -> Iterator[Slider]:
    """Yield the cutoff above the lead, lowered to its score, and its own level's, raised past it."""
    here = _place(definition, score)
    above = here + 1
    has_above = above < len(definition.levels)
    if has_above and score > definition.levels[here].cutoff:
        yield Slider(f"levels.{above}.cutoff", definition.levels[above].cutoff, ([score],))
    ceiling = definition.levels[above].cutoff if has_above else HIGHEST_SCORE + 1
    if here > 0 and score + 1 < ceiling:
        yield Slider(f"levels.{here}.cutoff", definition.levels[here].cutoff, ([score + 1],))


def _points(definition: Definition, lead: Mapping[str, Value]) -> Iterator[Slider]:
    for criterion in definition.criteria:
        if criterion.is_met_by(lead.get(criterion.attribute)):
            at, more = criterion.points, range(criterion.points + 1, MOST_POINTS + 1)
            fewer = range(at - 1, -MOST_POINTS - 1, -1)
            yield Slider(f"criteria.{criterion.criterion_id}.points", at, (more, fewer))


def _caps(definition: Definition) -> Iterator[Slider]:
    for group, cap in definition.caps.items():
        yield Slider(f"caps.{group}", cap, (range(cap + 1, HIGHEST_SCORE + 1), range(cap - 1, -1, -1)))


def _thresholds(
    definition: Definition, lead: Mapping[str, Value], scales: Mapping[str, Scale]
) -> Iterator[Slider]:
    for criterion in definition.criteria:
        value = lead.get(criterion.attribute)
        if not criterion.comparison.has_value(value):
            continue
        after = _other_threshold(criterion, value, scales.get(criterion.criterion_id))
        if after is not None:
            field = f"criteria.{criterion.criterion_id}.threshold"
            yield Slider(field, _plain(criterion.threshold), ([_plain(after)],))


def _other_threshold(criterion: Criterion, value: Value, scale: Scale | None) -> Threshold:
    """Return the nearest threshold of the slider under which the value's verdict is the other one."""
    is_met = criterion.is_met_by(value)
    match criterion.comparison, criterion.threshold:
        case Comparison.ONE_OF, tuple() as accepted:
            others = (
                tuple(text for text in accepted if text != str(value)) if is_met else (*accepted, str(value))
            )
            return others or None
        case Comparison.AT_LEAST | Comparison.AT_MOST, float() | int() as present if scale:
            flips = [
                stop
                for stop in scale.stops
                if Criterion("c", "a", criterion.comparison, stop, 0).is_met_by(value) is not is_met
            ]
            return min(flips, key=lambda stop: abs(stop - present), default=None)
    return None


def _value_inside(criterion: Criterion, *, is_numeric: bool) -> Value:
    """Return a value that meets the criterion, None where no value of a number's column does."""
    match criterion.threshold:
        case tuple() as accepted if is_numeric:
            return next((value for value in map(_number, accepted) if str(value) in accepted), None)
        case tuple() as accepted:
            return accepted[0]
        case None:
            return True
        case threshold:
            return threshold


def _number(text: str) -> float | None:
    """Return the number that a text writes, whole where it is written so; None for other texts."""
    for read in (int, float):
        with suppress(ValueError):
            return read(text)
    return None


def _value_outside(criterion: Criterion, *, is_numeric: bool) -> Value:
    """Return a value that does not meet the criterion."""
    match criterion.comparison, criterion.threshold:
        case Comparison.AT_LEAST, float() | int() as least:
            return nextafter(least, -inf)
        case Comparison.AT_MOST, float() | int() as most:
            return nextafter(most, inf)
        case Comparison.ONE_OF, _:
            return None if is_numeric else ANOTHER_TEXT
    return False


def _plain(threshold: Threshold) -> Plain:
    return list(threshold) if isinstance(threshold, tuple) else threshold


def _place(definition: Definition, score: int | None) -> int:
    """Return the place of the level that a score falls into, UNSCORED for none."""
    level = definition.level_of(score)
    return UNSCORED if level is None else definition.levels.index(level)
