"""Who may come in, and for which side: by sign-in where it is set up, else by the name one gives."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from alignment.config import settings
from alignment.domain.agreement import Person, Side
from alignment.errors import AccordError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SHORTEST_SECRET = 32


def is_set_up() -> bool:
    """Tell whether the operator's secrets have a section `[auth]`: then everybody signs in."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def exposure_problem() -> str | None:
    """Return why the server must not start, None when it may: who can be reached must know who comes in."""
    address = st.get_option("server.address")
    secret = settings().secret
    if address in LOOPBACK:
        return None
    if is_set_up() and secret and len(secret.get_secret_value().encode()) >= SHORTEST_SECRET:
        return None
    return (
        f"Accord does not start on {address or 'all addresses'}: others could reach it without signing in. "
        "Set up [auth] in .streamlit/secrets.toml and ACCORD_SECRET with at least 32 bytes, "
        "or serve on this machine alone with --server.address=127.0.0.1."
    )


def signed_in() -> Person | None:
    """Return who has signed in, with the side of our own list, read at every run; None before."""
    if not st.user.is_logged_in:
        return None
    mail = str(st.user.get("email") or "").casefold()
    return Person(str(st.user.get("name") or mail), sides(settings().sides).get(mail, Side.OBSERVER))


def proven_name() -> str | None:
    """Return the name of who is here as the sign-in proved it; None where names are only typed."""
    person = signed_in() if is_set_up() else None
    return person.name if person else None


@cache
def sides(source: str) -> Mapping[str, Side]:
    """Return the side of each mail address, from `mail=side,…` or a TOML file; nobody else may edit."""
    if not source:
        return {}
    if source.endswith(".toml"):
        entries = tomllib.loads(Path(source).read_text(encoding="utf-8"))
    else:
        entries = dict(entry.split("=", 1) for entry in source.split(",") if "=" in entry)
    try:
        return {mail.strip().casefold(): Side(str(side).strip()) for mail, side in entries.items()}
    except ValueError as error:
        message = f"ACCORD_SIDES: {error}; a side is one of {', '.join(Side)}."
        raise AccordError(message) from error
