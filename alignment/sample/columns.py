"""Arrow columns out of the generator's arrays, and names as queries quote them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from alignment.sample.definitions import Attribute
from alignment.sample.draw import Flags, Real, Whole

DIGITS = 7  # of a key, with zeros in front


def keys(letter: str, numbers: Whole) -> pa.Array:
    """Return keys such as L-0000042; null for a negative number."""
    texts = pa.array(numbers, mask=numbers < 0).cast(pa.string())
    padded = pc.call_function("utf8_lpad", [texts], pc.PadOptions(DIGITS, "0"))
    return pc.call_function("binary_join_element_wise", [letter, padded, "-"])


def words(codes: Whole, labels: Sequence[str]) -> pa.Array:
    """Return the labels that codes point to; null for a negative code."""
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32), mask=codes < 0), pa.array(labels, pa.string())
    )


def attribute(seen: Attribute) -> pa.Array:
    """Return an attribute as words, flags or whole numbers; null where it is not known."""
    if seen.labels:
        return words(np.where(seen.known, seen.values, -1), seen.labels)
    return pa.array(seen.values, mask=~seen.known)


def money(amounts: Real, known: Flags | None = None) -> pa.Array:
    """Return amounts, whole units of their currency, as decimals."""
    whole = pa.array(amounts.astype(np.int64), mask=None if known is None else ~known)
    return whole.cast(pa.decimal128(21, 2)).cast(pa.decimal128(18, 2))


def in_quotes(path: Path) -> str:
    """Return a path as a text of the query language."""
    return "'" + str(path).replace("'", "''") + "'"
