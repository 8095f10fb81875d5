"""What every screen says of a load that failed: which, when, why, and that the figures are older."""

from datetime import UTC
from zoneinfo import ZoneInfo

import streamlit as st

from alignment import imports
from alignment.imports import FailedLoad
from alignment.ui import session
from alignment.ui.plain import plain


def say(zone: ZoneInfo) -> None:
    """Say it, where the last load failed; the next one that comes in ends it."""
    if failure := imports.failed(session.warehouse().path):
        with st.container(key="failed_load"):
            st.warning(plain(sentence(failure, zone)), icon=":material/sync_problem:")


def sentence(failure: FailedLoad, zone: ZoneInfo) -> str:
    """Return what happened, in the business time zone, and what it means for the figures."""
    local = failure.at.replace(tzinfo=UTC).astimezone(zone)
    files = f" ({', '.join(failure.files)})" if failure.files else ""
    return (
        f"The load of {local.day} {local:%b %Y, %H:%M}{files} did not come in: the figures shown are those "
        f"from before it. {failure.why} This line goes away with the next load that comes in."
    )
