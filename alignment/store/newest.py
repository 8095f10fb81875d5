"""What was asked last is kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept")


class Newest(Generic[Key, Kept]):
    """The `most` values used last, by key; what two threads work out at the same time is kept once.

    Values that do not pass `is_kept` are built each time.
    """

    def __init__(self, most: int, is_kept: Callable[[Kept], bool] = lambda _: True) -> None:
        self._most = most
        self._is_kept = is_kept
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, build: Callable[[], Kept]) -> Kept:
        """Return the value kept under the key, or build and keep it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        built = build()
        if not self._is_kept(built):
            return built
        with self._lock:
            self._kept[key] = built
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return built

    def items(self) -> tuple[tuple[Key, Kept], ...]:
        """Return what is kept with its keys, the one used last at the end."""
        with self._lock:
            return tuple(self._kept.items())
