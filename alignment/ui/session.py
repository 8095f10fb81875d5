"""Who sits in front of this screen, and what all screens of this process share."""

import hashlib
import secrets
from collections.abc import Callable
from functools import cache
from threading import RLock
from time import monotonic
from typing import ParamSpec, TypeVar

import streamlit as st

from alignment import agreement as agreements
from alignment import imports
from alignment.agreement import Agreement
from alignment.config import settings
from alignment.domain.agreement import Person
from alignment.imports import FailedLoad
from alignment.live.doorbell import Doorbell
from alignment.live.ticket import HOLDS_S, Ticket, TicketOffice
from alignment.store.snapshot import Signature, Snapshot
from alignment.store.warehouse import Warehouse

Shared = TypeVar("Shared")
Asked = ParamSpec("Asked")

PERSON = "session_person"
SCREEN = "session_screen"

_LOCK = RLock()
_LIFE = secrets.token_hex(8)
MOST_SEATS = 1_000
_seats: dict[str, Person] = {}
"""Who is at which screen, the one that came last at the end; what comes in by the bell is held against it."""


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


def load_state() -> tuple[Signature, FailedLoad | None]:
    """Return which load is in and which has failed since: when either changes, a page is out of date."""
    return warehouse().signature(), imports.failed(warehouse().path)


def person() -> Person:
    """Return who is at this screen; the frame asks before it shows any page."""
    return st.session_state[PERSON]


def epoch() -> str:
    """Return a text that changes with the ledger, the load and each start of the server."""
    load = snapshot()
    facts = (_LIFE, settings().ledger_url(is_sample=load.is_sample), load.signature)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def seated(screen_id: str) -> Person | None:
    """Return who was at a screen at the last run of its script, None for a screen not known."""
    return _seats.get(screen_id)


def screen() -> str:
    """Return the id of this browser tab's session, known to nobody else."""
    if SCREEN not in st.session_state:
        st.session_state[SCREEN] = secrets.token_hex(8)
    return st.session_state[SCREEN]


def ticket() -> str:
    """Return what lets this screen into the doorbell: the same text for hours, until the person changes."""
    who = person()
    _take_seat(screen(), who)
    known = st.session_state.get("session_ticket")
    if known is None or known[0] != who or monotonic() - known[2] > HOLDS_S / 2:
        known = (who, ticket_office().issue(Ticket(screen(), who)), monotonic())
        st.session_state["session_ticket"] = known
    return known[1]


def _take_seat(screen_id: str, who: Person) -> None:
    with _LOCK:
        _seats.pop(screen_id, None)
        _seats[screen_id] = who
        while len(_seats) > MOST_SEATS:
            del _seats[next(iter(_seats))]


def leave_seat() -> None:
    """Note that nobody is at this screen any more: what its old ticket says counts no longer."""
    with _LOCK:
        _seats.pop(screen(), None)
