"""The third step: the load itself, while it runs and when it has failed."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from alignment import imports
from alignment.domain.mapping import Mapping
from alignment.domain.progress import time_left
from alignment.domain.reading import Reading
from alignment.domain.refusal import Refusal
from alignment.errors import UndecidedError
from alignment.imports import Company, Receipt, UnderWay
from alignment.store.held_folder import HeldFolder
from alignment.ui import session
from alignment.ui.intake import upload
from alignment.ui.intake.choice import Chosen
from alignment.ui.plain import plain

LOOK_EVERY_S = 0.4
_WORK, _RECEIPT, _REFUSAL = "intake_work", "intake_receipt", "intake_refusal"


@dataclass(frozen=True)
class Picked:
    """The files to be loaded and what was chosen about each; `begun` is the mapping that was begun with."""

    uploads: tuple[UploadedFile, ...] = ()
    files: tuple[Chosen, ...] = ()
    begun: Mapping = field(default_factory=Mapping)

    @property
    def mapping(self) -> Mapping:
        """Return the mapping as chosen; in which order days are written stands with each table."""
        tables = {file.table.name: file.mapping for file in reversed(self.files)}
        whole = replace(self.begun, tables=tuple(tables.values()), dates=None)
        for name in tables:
            said = [file.said for file in self.files if file.table.name == name]
            sheet = next((reading.sheet for reading in said if reading.sheet), None)
            whole = whole.with_reading(name, Reading(sheet, said[0].header))
        return whole


def start(picked: Picked, company: Company) -> None:
    """Start loading the files; a refusal is kept for `failure`."""
    folder = HeldFolder.make()
    screen, bell = session.screen(), session.doorbell()

    def afterwards() -> None:
        folder.remove()
        with suppress(Refusal):  # no load yet, so no agreement, and nobody looks at it
            bell.ring(session.agreement().revision(), screen)

    st.session_state.pop(_REFUSAL, None)
    try:
        paths = upload.write(picked.uploads, folder.path)
        tables: dict[str, list[Path]] = {}
        for file, path in zip(picked.files, paths, strict=True):
            tables.setdefault(file.table.name, []).append(path)
        asked = imports.Load(imports.Sources(**tables), picked.mapping, company)
        work = imports.start(asked, session.warehouse().path, session.person(), afterwards)
    except Refusal as refusal:
        folder.remove()
        st.session_state[_REFUSAL] = refusal
    else:
        st.session_state[_WORK] = work


def take_in() -> None:
    """Keep the receipt or the refusal of a load that has ended; call it before anything is shown."""
    work: UnderWay | None = st.session_state.get(_WORK)
    if work is None or not work.is_done:
        return
    del st.session_state[_WORK]
    try:
        st.session_state[_RECEIPT] = work.result()
        st.session_state[upload.ROUND] = st.session_state.get(upload.ROUND, 0) + 1
    except Refusal as refusal:
        st.session_state[_REFUSAL] = refusal


def is_under_way() -> bool:
    """Tell whether a load of this screen runs, or has ended since the page was begun."""
    return _WORK in st.session_state


@st.fragment(run_every=LOOK_EVERY_S)
def progress() -> None:
    """Show how far the load is, and let people cancel it."""
    work: UnderWay | None = st.session_state.get(_WORK)
    if work is None:  # a late look, after the page has moved on
        return
    if work.is_done:
        st.rerun()
    left = time_left(work.share, work.seconds)
    said = f"{work.words}, {left}" if left else f"{work.words} …"
    st.progress(min(max(work.share, 0.0), 1.0), plain(said))
    st.button("Cancel the load", on_click=work.cancel, key="intake_cancel")


def receipt() -> Receipt | None:
    """Return the receipt of this screen's last load, None before there is one and while another runs."""
    return None if is_under_way() else st.session_state.get(_RECEIPT)


def begin_anew() -> None:
    """Put the receipt away; the page asks for files again."""
    st.session_state.pop(_RECEIPT, None)


def failure() -> Refusal | None:
    """Return why the last load failed, None when it didn't."""
    return st.session_state.get(_REFUSAL)


def asks_about(file: str) -> bool:
    """Tell whether the last load could not decide how this file is written."""
    refusal = failure()
    return isinstance(refusal, UndecidedError) and str(refusal).startswith(file)
