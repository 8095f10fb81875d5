"""What we decided on a strategy, who sees to it until when, and why money was spent on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from alignment.domain.agreement import Person
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal

LONGEST_TEXT, LONGEST_NAME = 300, 60
MOST_YEARS = 2
"""A decision due later than that is forgotten, or its year is a slip of the finger."""


class Choice(StrEnum):
    """What we do with a strategy from now on."""

    KEEP = "keep"
    CHANGE = "change"
    STOP = "stop"
    MORE = "more"

    @property
    def meaning(self) -> str:
        """Return it in words."""
        return {
            Choice.KEEP: "keep as it is",
            Choice.CHANGE: "change something",
            Choice.STOP: "stop it",
            Choice.MORE: "do more of it",
        }[self]


@dataclass(frozen=True)
class About:
    """A strategy in a period: `by` says whether `name` is a campaign or a source, None names neither."""

    period: Period
    by: str
    name: str | None

    @property
    def called(self) -> str:
        """Return the strategy's name."""
        return f"no {self.by}" if self.name is None else self.name


@dataclass(frozen=True)
class Decision:
    """What one person put on record for both sides at one moment (naive UTC).

    `owner` sees to it until `due_on`; `is_done` once that is on record.
    """

    about: About
    choice: Choice
    owner: str
    due_on: date
    who: Person
    at: datetime
    reason: str = ""
    is_done: bool = False

    def __post_init__(self) -> None:
        """Refuse a decision that nobody sees to, and days that nobody can mean."""
        if not self.owner.strip():
            raise Refusal(f"Who sees to “{self.about.called}”? A decision needs an owner.")
        if len(self.owner) > LONGEST_NAME or len(self.reason) > LONGEST_TEXT:
            raise Refusal(
                f"An owner has up to {LONGEST_NAME} letters, a reason up to {LONGEST_TEXT}: please shorten."
            )
        first, last = self.at.year - MOST_YEARS, self.at.year + MOST_YEARS
        if not first <= self.due_on.year <= last:
            raise Refusal(
                f"A decision is due between {first} and {last}, got {self.due_on}. Please check the year."
            )

    def is_due(self, today: date) -> bool:
        """Tell whether its day has come and nobody has seen to it."""
        return not self.is_done and self.due_on <= today

    def is_overdue(self, today: date) -> bool:
        """Tell whether its day is past and nobody has seen to it."""
        return not self.is_done and self.due_on < today


@dataclass(frozen=True)
class Because:
    """Why we spent on a strategy in a period, what we expected of it, and what came, in our own words."""

    about: About
    reason: str
    expected: str
    came: str
    who: Person
    at: datetime

    def __post_init__(self) -> None:
        """Refuse one that says nothing, and one that nobody would read."""
        if not self.reason.strip():
            raise Refusal(
                f"Why did we spend on “{self.about.called}”? A reason is needed, the rest can follow."
            )
        if max(map(len, (self.reason, self.expected, self.came))) > LONGEST_TEXT:
            raise Refusal(f"Each of the three has up to {LONGEST_TEXT} letters: please shorten it.")


def decided(decisions: Iterable[Decision]) -> Mapping[About, Decision]:
    """Return the decision that holds for each strategy and period, from all of them, oldest first."""
    return {decision.about: decision for decision in decisions}


def explained(reasons: Iterable[Because]) -> Mapping[About, Because]:
    """Return why was spent on each strategy in each period, as last said; they are given oldest first."""
    return {because.about: because for because in reasons}


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that hold and that nobody has seen to yet, the first due first."""
    held = decided(decisions).values()
    return tuple(sorted((each for each in held if not each.is_done), key=lambda each: each.due_on))
