"""An export that comes again: the mapping it had, how it was opened, and what is otherwise this time."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from alignment import imports
from alignment.domain.mapping import Mapping
from alignment.domain.refusal import Refusal
from alignment.imports import Present, Preview
from alignment.ui import session
from alignment.ui.intake import opening, saved, upload
from alignment.ui.intake.upload import Looked
from alignment.ui.plain import plain


def opened(given: Sequence[UploadedFile]) -> list[tuple[UploadedFile, Looked]]:
    """Return the files with what they are, each opened as the saved mapping says where only that fits."""
    found = list(zip(given, upload.looked_at(given), strict=True))
    known = _uploaded(found) or _kept()
    if known is None or not known.readings:
        return found
    reopened = [_reopened(file, what, known) for file, what in found]
    return list(zip(given, upload.looked_at(given), strict=True)) if any(reopened) else found


def begun_with(found: Sequence[tuple[UploadedFile, Looked]]) -> Mapping | None:
    """Return the mapping to begin with: an uploaded one, else the last load's where people want it."""
    previews = [what for _file, what in found if isinstance(what, Preview)]
    if uploaded := _uploaded(found):
        for preview in previews:
            if saved.nearest(preview.headers, uploaded) is None:
                st.warning(plain(f"The mapping doesn't fit {preview.file}; here is what its names suggest."))
        return uploaded
    try:
        kept = imports.kept_mapping(session.warehouse().path)
    except Refusal as refusal:
        st.warning(plain(f"The mapping of the last load can't be used. {refusal}"))
        return None
    if not any(saved.nearest(preview.headers, kept) for preview in previews):
        return None
    wanted = st.toggle("Map the columns as in the last load", value=True, key="intake_as_last")
    return kept if wanted else None


def tell_differences(preview: Preview, table: str, known: Mapping | None, present: Present) -> None:
    """Say what a file has otherwise than the saved mapping and the load before knew it."""
    mapping = known.of(table) if known else None
    if mapping is None or not saved.fits_half(mapping, preview.headers):
        return
    receipt = present.receipt.table(table) if present.receipt else None
    before = [column.origin for column in receipt.columns if column.origin] if receipt else []
    if found := saved.differences(mapping, preview, before):
        kept = "" if saved.fits(mapping, preview.headers) else " What still fits is kept."
        st.info(plain(f"Otherwise than last time: {'; '.join(found)}.{kept}"), icon=":material/difference:")


def _uploaded(found: Sequence[tuple[UploadedFile, Looked]]) -> Mapping | None:
    return next((what for _file, what in reversed(found) if isinstance(what, Mapping)), None)


def _kept() -> Mapping | None:
    try:
        return imports.kept_mapping(session.warehouse().path)
    except Refusal:
        return None


def _reopened(file: UploadedFile, what: Looked, known: Mapping) -> bool:
    """Open a file as the mapping says, once, where its columns fit only so; tell whether they did."""
    is_known = isinstance(what, Preview) and saved.known_for(what.headers, known)
    if isinstance(what, Mapping) or is_known or not opening.is_untouched(file):
        return False
    for table, reading in known.readings:
        mapping = known.of(table)
        again = upload.looked_at_as(file, reading)
        if mapping and isinstance(again, Preview) and saved.fits(mapping, again.headers):
            opening.open_as(file, reading)
            return True
    return False
