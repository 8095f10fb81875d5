"""Whether promises are kept: one rule for both sides, judged at the same moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.promise import WHOLE, AnswerPromise, Promise, ValuePromise
from alignment.domain.rate import SMALLEST_DENOMINATOR, Rate


class PromiseStatus(StrEnum):
    """Where a promise stands; the same words for both sides."""

    NOT_BEGUN = "not begun yet"
    ON_THE_WAY = "on the way"
    KEPT = "kept"
    NOT_KEPT = "not kept"
    KEPT_SO_FAR = "kept so far"
    OPEN = "can still be kept"
    TOO_FEW = "too few to say"


@dataclass(frozen=True)
class Moment:
    """When a period is looked at: has it begun, is it over, which share of its business days has passed."""

    is_begun: bool
    is_over: bool
    elapsed_share: float

    @property
    def before_the_end(self) -> PromiseStatus | None:
        """Return the status of any promise while its period isn't over, None once it is."""
        if self.is_over:
            return None
        return PromiseStatus.ON_THE_WAY if self.is_begun else PromiseStatus.NOT_BEGUN


@dataclass(frozen=True)
class ValueReached:
    """What the MQLs of a period are expected to bring, beside marketing's promise if there is one.

    `reached` values them as we know today, `as_made` by what was on record with the promise, None without
    one. `unsourced` MQLs have no source; `mqls` counts all.
    """

    period: Period
    promise: Promise | None
    reached: Money
    mqls: int
    unsourced: int
    worth: Mapping[str | None, Money]
    moment: Moment
    passport: Passport
    as_made: Money | None = None

    @property
    def promised(self) -> ValuePromise | None:
        """Return what was promised."""
        promised = self.promise.promised if self.promise else None
        return promised if isinstance(promised, ValuePromise) else None

    @property
    def share(self) -> float | None:
        """Return reached ÷ promised, None without a promise."""
        return self.reached.cents / self.promised.amount.cents if self.promised else None

    @property
    def due(self) -> Money | None:
        """Return what is due by now: the promise × the share of business days passed."""
        if not self.promised:
            return None
        amount = self.promised.amount
        return Money(round(amount.cents * self.moment.elapsed_share), amount.currency)

    @property
    def status(self) -> PromiseStatus | None:
        """Return where the promise stands, None without one."""
        if not self.promised:
            return None
        if early := self.moment.before_the_end:
            return early
        is_kept = self.reached.cents >= self.promised.amount.cents
        return PromiseStatus.KEPT if is_kept else PromiseStatus.NOT_KEPT


class Answer(StrEnum):
    """What became of a hand-off, by the promise of sales."""

    ANSWERED = "answered"
    UNTOUCHED = "untouched"
    UNEXPLAINED = "unexplained"
    UNDECIDED = "undecided"
    PENDING = "pending"
    LATE = "late"
    UNTOLD = "untold"
    UNDATED = "undated"
    REVERSED = "reversed"
    UNPROMISED = "unpromised"

    @property
    def meaning(self) -> str:
        """Return it in words."""
        return _MEANINGS[self]


_MEANINGS = {
    Answer.ANSWERED: "touched within the SLA and decided on in time",
    Answer.UNTOUCHED: "not touched within the SLA",
    Answer.UNEXPLAINED: "sent back without a reason",
    Answer.UNDECIDED: "not decided on in time",
    Answer.PENDING: "not old enough: SLA not due, or days to decide not over",
    Answer.LATE: "not old enough, and past the SLA already: can't be answered in time any more",
    Answer.UNTOLD: "decided on, nobody wrote down the first touch",
    Answer.UNDATED: "accepted, nobody wrote down when",
    Answer.REVERSED: "touched or decided on before the hand-off: dates that contradict",
    Answer.UNPROMISED: "of a level without an SLA",
}
NOT_ANSWERED = (Answer.UNTOUCHED, Answer.UNEXPLAINED, Answer.UNDECIDED)
NOT_OLD_ENOUGH = (Answer.PENDING, Answer.LATE)
APART = (Answer.UNTOLD, Answer.UNDATED, Answer.REVERSED, Answer.UNPROMISED)
"""In neither numerator nor denominator, for ever."""


@dataclass(frozen=True)
class Answered:
    """How the hand-offs of a period were answered, beside the promise of sales if there is one."""

    period: Period
    promise: Promise | None
    days: int
    answers: Mapping[Answer, int]
    moment: Moment
    passport: Passport

    @property
    def promised(self) -> AnswerPromise | None:
        """Return what was promised."""
        promised = self.promise.promised if self.promise else None
        return promised if isinstance(promised, AnswerPromise) else None

    def count(self, *answers: Answer) -> int:
        """Return the hand-offs with one of these answers."""
        return sum(self.answers.get(answer, 0) for answer in answers)

    @property
    def hand_offs(self) -> int:
        """Return all hand-offs."""
        return sum(self.answers.values())

    @property
    def rate(self) -> Rate:
        """Return answered ÷ (answered + not answered), of those old enough."""
        return Rate(self.count(Answer.ANSWERED), self.count(Answer.ANSWERED, *NOT_ANSWERED))

    @property
    def pending(self) -> int:
        """Return the hand-offs that are not old enough to judge."""
        return self.count(*NOT_OLD_ENOUGH)

    @property
    def share(self) -> float | None:
        """Return reached ÷ promised; None without a promise, or where the rate is too small to be said."""
        if not self.promised or self.rate.is_too_small:
            return None
        return self.rate.numerator / self.rate.denominator / self.promised.percent * WHOLE

    @property
    def status(self) -> PromiseStatus | None:
        """Return where the promise stands, None without one.

        After the end it is kept when it would be even if no pending hand-off were answered in time, and not
        kept when it would not be even if all were that still can.
        """
        if not self.promised:
            return None
        if early := self.moment.before_the_end:
            return early
        if self.rate.denominator + self.pending < SMALLEST_DENOMINATOR:
            return PromiseStatus.TOO_FEW
        hopeful = self.count(Answer.PENDING)
        if self._is_enough(0, self.pending):
            return PromiseStatus.KEPT
        if not self._is_enough(hopeful, hopeful):
            return PromiseStatus.NOT_KEPT
        is_told = not self.rate.is_too_small
        return PromiseStatus.KEPT_SO_FAR if is_told and self._is_enough(0, 0) else PromiseStatus.OPEN

    def _is_enough(self, answered: int, judged: int) -> bool:
        """Tell whether the promise holds with so many more hand-offs answered, of so many more judged."""
        percent = self.promised.percent if self.promised else WHOLE
        return (self.rate.numerator + answered) * WHOLE >= percent * (self.rate.denominator + judged)
