"""Who sits in front of this screen, and what all screens of this process share."""

import secrets
from collections.abc import Callable
from functools import cache
from threading import RLock
from typing import TypeVar

import streamlit as st

from alignment import agreement as agreements
from alignment.agreement import Agreement
from alignment.config import settings
from alignment.domain.agreement import Person
from alignment.live.doorbell import Doorbell
from alignment.live.ticket import Ticket, TicketOffice
from alignment.store.warehouse import Snapshot, Warehouse

Shared = TypeVar("Shared")

PERSON = "session_person"
SCREEN = "session_screen"

_LOCK = RLock()


def _once(make: Callable[[], Shared]) -> Callable[[], Shared]:
    """Have something made once a process, also when two sessions ask for it first at the same moment."""
    made = cache(make)

    def shared() -> Shared:
        with _LOCK:
            return made()

    return shared


@_once
def warehouse() -> Warehouse:
    """Return the lead and deal tables."""
    return Warehouse(settings().warehouse)


@_once
def agreement() -> Agreement:
    """Return the agreement; a write to it rings the doorbell. Raises WarehouseError before any load."""
    opened = agreements.opened(settings().ledger, warehouse())
    opened.subscribe(lambda change: doorbell().ring(change.revision, change.screen))
    return opened


@_once
def doorbell() -> Doorbell:
    """Return the bell of this process."""
    return Doorbell()


@_once
def ticket_office() -> TicketOffice:
    """Return who issues and reads the doorbell's tickets."""
    secret = settings().secret
    return TicketOffice(secret.get_secret_value() if secret else None)


def snapshot() -> Snapshot:
    """Return the newest load; raise WarehouseError when there is none."""
    return warehouse().snapshot()


def person() -> Person:
    """Return who is at this screen; the frame asks before it shows any page."""
    return st.session_state[PERSON]


def screen() -> str:
    """Return the id of this browser tab's session, known to nobody else."""
    if SCREEN not in st.session_state:
        st.session_state[SCREEN] = secrets.token_hex(8)
    return st.session_state[SCREEN]


def ticket() -> str:
    """Return what lets this screen into the doorbell: the same text until the person changes."""
    who = person()
    known = st.session_state.get("session_ticket")
    if known is None or known[0] != who:
        known = (who, ticket_office().issue(Ticket(screen(), who)))
        st.session_state["session_ticket"] = known
    return known[1]
