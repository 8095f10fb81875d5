"""Whole numbers numbered without gaps, in their own order."""

from typing import Any

import numpy as np
import numpy.typing as npt

MOST_GAPS = 8
"""A table with so many places a key is still faster than sorting the keys."""
SMALL_TABLE = 1 << 20


def numbered(keys: npt.NDArray[np.signedinteger[Any]]) -> tuple[npt.NDArray[Any], npt.NDArray[np.intp]]:
    """Return the different keys, ascending, and each key's place among them; no key is negative."""
    size = int(keys.max(initial=-1)) + 1
    if size > max(MOST_GAPS * len(keys), SMALL_TABLE):
        return np.unique(keys, return_inverse=True)
    is_there = np.zeros(size, bool)
    is_there[keys] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[keys]
