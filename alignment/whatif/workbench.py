"""One cube with what was last worked out on it, so that a move only pays for what it moves."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable
from threading import Lock
from typing import Generic, TypeVar

from alignment.domain.definition import Criterion, Definition
from alignment.whatif.cube import Cube, CubeView, Tally
from alignment.whatif.scoring import Scoring

KEPT_SCORINGS, KEPT_VIEWS, KEPT_TALLIES = 3, 4, 12

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Newest(Generic[Key, Kept]):
    """The `most` values used last, by key; what two threads work out at the same time is kept once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, build: Callable[[], Kept]) -> Kept:
        """Return the value kept under the key, or build and keep it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        built = build()
        with self._lock:
            self._kept[key] = built
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return built

    def items(self) -> tuple[tuple[Key, Kept], ...]:
        """Return what is kept with its keys, the one used last at the end."""
        with self._lock:
            return tuple(self._kept.items())


class Workbench:
    """Scores definitions on one cube; safe to share between threads."""

    def __init__(self, cube: Cube) -> None:
        self.cube = cube
        self._views: Newest[Hashable, CubeView] = Newest(KEPT_VIEWS)
        self._scorings: Newest[Hashable, Scoring] = Newest(KEPT_SCORINGS)
        self._tallies: Newest[Hashable, Tally] = Newest(KEPT_TALLIES)

    def covers(self, criteria: Collection[Criterion]) -> bool:
        """Tell whether the cube can score leads by these criteria, and tell which ones have no score."""
        if not (self.cube.grid.tells_blanks or self.cube.grid.attributes == attributes_of(criteria)):
            return False
        return all(self.cube.scale_for(criterion) is not None for criterion in criteria)

    def tally(self, definition: Definition, sources: tuple[str | None, ...] = ()) -> Tally:
        """Return leads and cents of these sources (empty: all) by the definition's score, month and fate."""
        key = definition.criteria, tuple(sorted(definition.caps.items())), sources
        return self._tallies.get(
            key, lambda: self._view(sources).tally(self.scoring(definition).scores(definition))
        )

    def scoring(self, definition: Definition) -> Scoring:
        """Return the points of every tuple, from the nearest definition scored before."""
        return self._scorings.get(
            definition.criteria, lambda: self._nearest(definition).moved_to(definition.criteria)
        )

    def _nearest(self, definition: Definition) -> Scoring:
        wanted = set(definition.criteria)
        known = [Scoring.nothing(self.cube), *(scoring for _, scoring in self._scorings.items())]
        return min(known, key=lambda scoring: len(wanted.symmetric_difference(scoring.criteria)))

    def _view(self, sources: tuple[str | None, ...]) -> CubeView:
        return self._views.get(
            sources, lambda: self.cube.restricted_to(sources) if sources else self.cube.whole
        )


def attributes_of(criteria: Iterable[Criterion]) -> frozenset[str]:
    """Return the attributes that the criteria look at."""
    return frozenset(criterion.attribute for criterion in criteria)
