"""Routings: which leads were sent where by hand, and what was taken back."""

from collections.abc import Collection
from datetime import date, datetime

from alignment.agreement.book import Book
from alignment.domain.agreement import Person
from alignment.domain.definition import Route
from alignment.domain.routing import Routing, refuse_day
from alignment.store import ledger_routings
from alignment.store.ledger import Connection

DEED = "route leads"


class Routings:
    """The routings of leads; safe to share between threads."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def every(self) -> tuple[Routing, ...]:
        """Return every routing of leads and everything that took one back, oldest first."""
        return self._book.read(ledger_routings.every)

    def route(
        self, who: Person, route: Route, leads: Collection[str], reason: str = "", screen: str = ""
    ) -> Routing:
        """Route leads to a nurture drip, an SDR or both; raise Refusal for none, too many or another way."""

        def save(connection: Connection, at: datetime) -> Routing:
            routing = Routing(who, at, route, tuple(dict.fromkeys(leads)), reason.strip())
            return ledger_routings.save(connection, routing)

        return self._book.write(who, DEED, screen, save)

    def recycle(
        self,
        who: Person,
        leads: Collection[str],
        not_before: date,
        today: date,
        reason: str = "",
        screen: str = "",
    ) -> Routing:
        """Send leads to nurture until a day; raise Refusal for a day before `today` or years ahead.

        `today` is the data's own: that day comes when the data reaches it.
        """
        refuse_day(not_before, today)

        def save(connection: Connection, at: datetime) -> Routing:
            chosen = tuple(dict.fromkeys(leads))
            routing = Routing(who, at, Route.NURTURE, chosen, reason.strip(), not_before=not_before)
            return ledger_routings.save(connection, routing)

        return self._book.write(who, DEED, screen, save)

    def take_back(self, who: Person, number: int, screen: str = "") -> Routing:
        """Take a routing back; its leads are where they were. Raise Refusal when it stands no more."""
        found = next((routing for routing in self.every() if routing.number == number), None)
        route = found.route if found else Route.BOTH
        return self._book.write(
            who,
            DEED,
            screen,
            lambda connection, at: ledger_routings.save(
                connection, Routing(who, at, route, (), undoes=number)
            ),
        )
