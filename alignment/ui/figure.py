"""One figure as it is said: a name, a value, what it was counted from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number with its unit, said in full."""

    name: str
    value: str
    detail: str = ""
