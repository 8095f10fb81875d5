"""Who sits in front of this screen, and what all screens of this process share."""

import secrets
from collections.abc import Callable
from functools import cache
from threading import RLock
from typing import ParamSpec, TypeVar

import streamlit as st

from alignment import agreement as agreements
from alignment.agreement import Agreement
from alignment.config import settings
from alignment.domain.agreement import Person
from alignment.live.doorbell import Doorbell
from alignment.live.ticket import Ticket, TicketOffice
from alignment.store.warehouse import Snapshot, Warehouse

Shared = TypeVar("Shared")
Asked = ParamSpec("Asked")

PERSON = "session_person"
SCREEN = "session_screen"

_LOCK = RLock()


def _once(make: Callable[Asked, Shared]) -> Callable[Asked, Shared]:
    """Have something made once a process, also when two sessions ask for it first at the same moment."""
    made = cache(make)

    def shared(*args: Asked.args, **kwargs: Asked.kwargs) -> Shared:
        with _LOCK:
            return made(*args, **kwargs)

    return shared


@_once
def warehouse() -> Warehouse:
    """Return the lead and deal tables."""
    return Warehouse(settings().warehouse)


def agreement() -> Agreement:
    """Return the agreement on the newest load; raise WarehouseError when there is none."""
    return _agreement_at(settings().ledger_url(is_sample=snapshot().is_sample))


@_once
def _agreement_at(url: str) -> Agreement:
    """Return the agreement in that ledger; a write to it rings the doorbell."""
    opened = agreements.opened(url, warehouse())
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
