"""The loads on record, and what they restate: each load that this process sees is noted once."""

from contextlib import suppress
from functools import cache

import streamlit as st

from alignment import report
from alignment.config import settings
from alignment.domain.refusal import Refusal
from alignment.domain.restated import Load, restated
from alignment.store.warehouse import Signature
from alignment.ui import restated_words, session
from alignment.ui.plain import plain
from alignment.ui.view import View


def note() -> None:
    """Put on record what the newest load tells of quarters that are over, where that can be."""
    with suppress(Refusal):
        _note(session.snapshot().signature)


@cache
def _note(_signature: Signature) -> None:
    if load := report.closed_periods(session.snapshot(), settings().calendar):
        session.agreement().loads.note(load)


def on_record() -> tuple[Load, ...]:
    """Return every load on record, oldest first; none where the ledger can't be read."""
    try:
        return session.agreement().loads.every()
    except Refusal:
        return ()


def say(view: View) -> None:
    """Say what was restated of the chosen period and of the one before it; nothing where nothing was."""
    if view.choice.period is None:
        return
    found = restated_words.within(restated(on_record()), view.choice.period)
    for line in restated_words.lines(found, view.reader.words, view.snapshot.zone):
        st.caption(f":material/history: {plain(line)}")
