"""Rules of tickets: who has one can't be somebody else."""

import pytest

from alignment.domain.agreement import Person, Side
from alignment.live import ticket as tickets
from alignment.live.ticket import Ticket, TicketOffice

ADA = Ticket("screen-1", Person("Ada", Side.MARKETING))


def test_a_ticket_names_the_screen_and_the_person_it_was_issued_to():
    """Name, side and screen come back as they went in."""
    office = TicketOffice()

    assert office.read(office.issue(ADA)) == ADA


def test_a_ticket_of_another_office_does_not_hold():
    """Without a common secret nobody can make a ticket for our doorbell."""
    assert TicketOffice().read(TicketOffice().issue(ADA)) is None


def test_offices_with_one_secret_honour_each_others_tickets():
    """Several processes behind one address share the secret."""
    assert TicketOffice("s" * 32).read(TicketOffice("s" * 32).issue(ADA)) == ADA


@pytest.mark.parametrize("text", ["", "nonsense", None, 7, ["a"], "a.b.c"], ids=repr)
def test_what_is_no_ticket_lets_nobody_in(text):
    """Anything may be sent to a socket."""
    assert TicketOffice().read(text) is None


def test_a_changed_ticket_does_not_hold():
    """Writing another side into a ticket breaks its seal."""
    office = TicketOffice()
    issued = office.issue(ADA)

    assert office.read("A" + issued) is None


def test_a_ticket_is_good_for_a_day_of_work_and_no_longer(monkeypatch):
    """A ticket that was copied is worthless tomorrow."""
    office = TicketOffice()
    issued = office.issue(ADA)
    monkeypatch.setattr(tickets, "HOLDS_S", -1)

    assert office.read(issued) is None
