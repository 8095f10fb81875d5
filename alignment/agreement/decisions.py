"""Decisions on strategies: what we do with each, who sees to it, until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.decision import About, Choice, Decision, decided
from alignment.domain.refusal import Refusal
from alignment.store import ledger_decisions
from alignment.store.ledger import Connection


@dataclass(frozen=True)
class Task:
    """What a decision asks for: what to do, who sees to it, until when."""

    choice: Choice
    owner: str
    due_on: date


class Decisions:
    """The decisions that both sides share; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def every(self) -> tuple[Decision, ...]:
        """Return every decision ever recorded, oldest first; of one strategy and period the last holds."""
        return self._book.read(ledger_decisions.every)

    def record(self, who: Person, about: About, task: Task, reason: str = "", screen: str = "") -> Decision:
        """Record what we decided on a strategy.

        Raises NotAllowedError for observers, and Refusal without an owner, for a day that nobody can mean, or
        when one decision takes the place of another without a reason.
        """

        def save(connection: Connection, at: datetime) -> Decision:
            owner = task.owner.strip()
            decision = Decision(about, task.choice, owner, task.due_on, who, at, reason.strip())
            return ledger_decisions.save(connection, decision)

        return self._book.write(who, "record a decision", screen, save)

    def finish(self, who: Person, about: About, screen: str = "") -> Decision:
        """Put on record that a decision has been seen to; raise Refusal when there is none to see to."""

        def save(connection: Connection, at: datetime) -> Decision:
            known = decided(ledger_decisions.every(connection)).get(about)
            if known is None or known.is_done:
                raise Refusal(
                    f"There is no open decision on “{about.called}”: somebody has seen to it already."
                )
            return ledger_decisions.save(connection, replace(known, who=who, at=at, is_done=True))

        return self._book.write(who, "close a decision", screen, save)
