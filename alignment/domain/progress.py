"""How long work may still take, judged by how long its share so far has taken."""

_LEAST_SHARE = 0.05
_LEAST_SECONDS = 2.0
_MINUTE = 60
_STEP = 5


def time_left(share: float, seconds: float) -> str:
    """Return about how long it may still take ("about 40 s left"); "" where it is too early to say."""
    if share < _LEAST_SHARE or share >= 1 or seconds < _LEAST_SECONDS:
        return ""
    left = seconds / share * (1 - share)
    if left < _MINUTE:
        return f"about {max(_STEP, round(left / _STEP) * _STEP)} s left"
    return f"about {round(left / _MINUTE)} min left"
