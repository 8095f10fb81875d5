"""Texts that may stand for no value: known by their words, or by how often and where they stand."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from alignment.domain.known_names import folded

_WRITTEN = (
    "not specified, unspecified, not provided, not available, not applicable, not set, not assigned, none, "
    "unassigned, not given, not defined, undefined, no data, no answer, no response, missing, blank, empty, "
    "nil, n.a., tbd, please select, choose, select one, select an option, ohne angabe, keine angabe, geen, "
    "nicht angegeben, k.A., non renseigne, sin especificar, no especificado, nao informado, nao se aplica"
)
_WORDS = frozenset(folded(word) for word in _WRITTEN.split(", "))
_FEW_COLUMNS = 3
_LARGE_SHARE = 0.05
_ANSWERS = frozenset({"yes", "no", "true", "false", "other", "others", "unknown"})
"""Words that stand in many columns and do say something."""


@dataclass(frozen=True)
class Lookalike:
    """A text that may stand for no value: in which columns of the file, in how many rows of each."""

    text: str
    places: tuple[tuple[str, int], ...]

    @property
    def rows(self) -> int:
        """Return how often it stands in the file."""
        return sum(rows for _column, rows in self.places)


def lookalikes(columns: Mapping[str, Mapping[str, int]], known: tuple[str, ...]) -> tuple[Lookalike, ...]:
    """Return the texts that may stand for no value, the commonest first.

    `columns` are, by column, the rows of each text; `known` are the texts that are read so anyway. A text is
    one by its word, or because it is frequent in three columns or more that tell of different things.
    """
    places: dict[str, dict[str, int]] = defaultdict(dict)
    frequent: dict[str, int] = defaultdict(int)
    for column, texts in columns.items():
        total = sum(texts.values())
        for text, rows in texts.items():
            places[text][column] = rows
            frequent[text] += rows >= _LARGE_SHARE * total
    found = [
        Lookalike(text, tuple(there.items()))
        for text, there in places.items()
        if text not in known and (_is_word(text) or _is_everywhere(text, frequent[text]))
    ]
    return tuple(sorted(found, key=lambda one: (-one.rows, one.text)))


def _is_word(text: str) -> bool:
    """Tell whether a text says that there is nothing, or holds neither letter nor digit."""
    return not any(map(str.isalnum, text)) or folded(text) in _WORDS


def _is_everywhere(text: str, columns: int) -> bool:
    is_number = not any(map(str.isalpha, text))
    return columns >= _FEW_COLUMNS and not is_number and folded(text) not in _ANSWERS
