"""What a column may be by its values, where its name tells nothing: offered to people, not to schedulers."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from babel.numbers import is_currency

from alignment.domain.contract import DEALS, LEADS
from alignment.domain.known_names import folded
from alignment.domain.mapping import LOST_WORDS, STEP_WORDS, WON_WORDS, Assignment, TableMapping

_KEY = re.compile(r"[\w.@+/-]{1,64}")
_KEY_NAMES = ("id", "key", "number", "nr", "no", "nummer", "code", "uuid")
_DAY = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*|\d{1,2}[ .-]{1,2}[A-Za-z]{3,9}[ .,-].*"
)
_AMOUNT = re.compile(r"(?:R\$|[$€£₹]) ?[-(]?\d.*|[-(]?\d[\d.,' ]* ?[$€£₹]")
_CHANNELS = frozenset(
    folded(word)
    for word in (
        *("google", "facebook", "linkedin", "instagram", "bing", "organic search", "paid search", "youtube"),
        *("direct traffic", "referral", "referrals", "social", "paid social", "organic social", "email"),
        *("email marketing", "web", "website", "webinar", "trade show", "cold call", "partner", "event"),
    )
)
_SEVERAL, _ISO_LETTERS, _MOST_CODES = 2, 3, 20
_FAULTY = 0.03


@dataclass(frozen=True)
class Content:
    """What stands in a column's first rows: how many rows, how many with a value, how many different ones.

    `counts` are the first of the different values, each with its rows.
    """

    rows: int
    filled: int
    distinct: int
    counts: Mapping[str, int]

    @property
    def is_unique(self) -> bool:
        """Tell whether each row has a value, and no two the same; of many rows a few may be faulty."""
        return self.rows >= _SEVERAL and self.distinct >= self.rows - self._faults

    @property
    def is_full(self) -> bool:
        """Tell whether each row has a value; of many rows a few may be faulty."""
        return self.filled >= self.rows - self._faults

    @property
    def _faults(self) -> int:
        return int(_FAULTY * self.rows)

    def all_are(self, pattern: re.Pattern[str]) -> bool:
        """Tell whether there are values, and each is written so; of many a few may be faulty."""
        others = sum(rows for value, rows in self.counts.items() if pattern.fullmatch(value) is None)
        return bool(self.counts) and others <= int(_FAULTY * sum(self.counts.values()))

    def holds(self, words: frozenset[str] | set[str]) -> int:
        """Count the different values that are one of the words."""
        return len(words & {folded(value) for value in self.counts})


def suggest_by_content(mapping: TableMapping, columns: Mapping[str, Content]) -> tuple[Assignment, ...]:
    """Return what may be said of the columns that a mapping leaves free, each with its reason."""
    taken = {given.origin for given in mapping.assignments}
    free = {name: content for name, content in columns.items() if name not in taken}
    found: list[Assignment] = []
    for column, find, reason in _RULES.get(mapping.table, ()):
        is_needless = column == "created_at" and mapping.assignment("is_converted") is not None
        if mapping.assignment(column) or is_needless:
            continue
        if name := find(free):
            found.append(Assignment(column, name, reason=reason))
            del free[name]
    return tuple(found)


def _key(free: Mapping[str, Content]) -> str | None:
    """Return the column whose every value is there once; the one named like a key before others."""
    unique = [
        name
        for name, content in free.items()
        if content.is_unique and content.all_are(_KEY) and not content.all_are(_DAY)
    ]
    return next((name for name in unique if folded(name).endswith(_KEY_NAMES)), _only(unique))


def _day(free: Mapping[str, Content]) -> str | None:
    return _only([name for name, content in free.items() if content.all_are(_DAY) and content.is_full])


def _amount(free: Mapping[str, Content]) -> str | None:
    return _only([name for name, content in free.items() if content.all_are(_AMOUNT)])


def _currency(free: Mapping[str, Content]) -> str | None:
    return _only(
        [
            name
            for name, content in free.items()
            if 0 < content.distinct <= _MOST_CODES
            and all(len(value) == _ISO_LETTERS and is_currency(value) for value in content.counts)
        ]
    )


def _outcome(free: Mapping[str, Content]) -> str | None:
    won, lost = ({folded(word) for word in words} for words in (WON_WORDS, LOST_WORDS))
    return _only([name for name, content in free.items() if content.holds(won) and content.holds(lost)])


def _step(free: Mapping[str, Content]) -> str | None:
    words = {folded(word) for known in STEP_WORDS.values() for word in known}
    return _only([name for name, content in free.items() if content.holds(words) >= _SEVERAL])


def _source(free: Mapping[str, Content]) -> str | None:
    return _only([name for name, content in free.items() if content.holds(_CHANNELS) >= _SEVERAL])


def _only(names: Sequence[str]) -> str | None:
    """Return the name where there is just one: of two, either may be meant."""
    return names[0] if len(names) == 1 else None


_ONCE, _DAYS = "by its values: each is there once", "by its values: the only column with a day in every row"
_Rule = tuple[str, Callable[[Mapping[str, Content]], str | None], str]
_RULES: dict[str, tuple[_Rule, ...]] = {
    LEADS.name: (
        ("lead_id", _key, _ONCE),
        ("created_at", _day, _DAYS),
        ("stage", _step, "by its values: they are steps of a lead"),
        ("source", _source, "by its values: they are channels"),
    ),
    DEALS.name: (
        ("deal_id", _key, _ONCE),
        ("created_at", _day, _DAYS),
        ("stage", _outcome, "by its values: some say won, some lost"),
        ("amount", _amount, "by its values: amounts with a currency"),
        ("currency", _currency, "by its values: codes of currencies"),
    ),
}
