"""The ticket that lets one screen into the doorbell: signed, short-lived, bound to a person."""

import secrets
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from alignment.domain.agreement import Person, Side

HOLDS_S = 12 * 3600


@dataclass(frozen=True)
class Ticket:
    """Whose screen it is; `screen` is a random id of one browser tab's session."""

    screen: str
    who: Person


class TicketOffice:
    """Issues tickets and reads them back; without a secret those of other processes don't hold."""

    def __init__(self, secret: str | None = None) -> None:
        self._serializer = URLSafeTimedSerializer(secret or secrets.token_hex(32), salt="doorbell")

    def issue(self, ticket: Ticket) -> str:
        """Return the ticket as text that nobody else can make."""
        return self._serializer.dumps([ticket.screen, ticket.who.name, str(ticket.who.side)])

    def read(self, text: object) -> Ticket | None:
        """Return the ticket, or None when it is forged, out of date or no ticket at all."""
        if not isinstance(text, str):
            return None
        try:
            screen, name, side = self._serializer.loads(text, max_age=HOLDS_S)
        except BadData:
            return None
        return Ticket(screen, Person(name, Side(side)))
