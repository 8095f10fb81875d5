"""Rules of the time that a load may still take: said once it can be judged, in steps that don't flicker."""

import pytest

from alignment.domain.progress import time_left


@pytest.mark.parametrize(
    ("share", "seconds", "words"),
    [
        (0.5, 20, "about 20 s left"),
        (0.1, 12, "about 2 min left"),
        (0.9, 100, "about 10 s left"),
        (0.99, 30, "about 5 s left"),
        (0.01, 60, ""),
        (0.5, 1, ""),
        (1.0, 60, ""),
        (0.0, 0, ""),
    ],
)
def test_the_time_left_is_judged_by_the_share_so_far(share, seconds, words):
    """Nothing is said of a load that has hardly begun."""
    assert time_left(share, seconds) == words
