"""Whole numbers numbered without gaps."""

import numpy as np
import pytest

from alignment.whatif.numbering import numbered


@pytest.mark.parametrize("keys", [[], [7], [5, 0, 5, 3], [3, 2**62, 3, 0]])
def test_keys_are_numbered_in_their_own_order(keys):
    """A table and sorting number alike, however far apart the keys lie."""
    values, places = numbered(np.array(keys, np.int64))

    assert values.tolist() == sorted(set(keys))
    assert values[places].tolist() == keys
