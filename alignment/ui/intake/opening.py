"""How a file is opened, where people know better: which sheet, which row holds the names."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from alignment.domain.reading import NO_HEADER, Reading
from alignment.domain.refusal import Refusal
from alignment.errors import HeaderQuestionError, SheetQuestionError
from alignment.imports import Preview
from alignment.ui.intake import words
from alignment.ui.plain import plain

MOST_ROWS = 20


def said(file: UploadedFile) -> Reading:
    """Return what was said of a file; nothing before anybody was asked."""
    sheet = st.session_state.get(_key(file, "sheet"))
    return Reading(sheet or None, st.session_state.get(_key(file, "header")))


def is_untouched(file: UploadedFile) -> bool:
    """Tell whether neither a person nor a mapping has said anything of a file; asked once, then it is not."""
    first = _key(file, "seen") not in st.session_state
    st.session_state[_key(file, "seen")] = True
    return first and said(file).is_found_out


def open_as(file: UploadedFile, reading: Reading) -> None:
    """Have a file opened as a mapping says; people may still say otherwise."""
    if reading.sheet:
        st.session_state[_key(file, "sheet")] = reading.sheet
    st.session_state[_key(file, "header")] = reading.header


def ask(file: UploadedFile, preview: Preview) -> None:
    """Offer the sheets of a workbook, and to say where the names stand; the file is looked at again."""
    if preview.sheets or preview.reading.header is not None:
        with st.expander(_where(preview), expanded=False):
            if len(preview.sheets) > 1:
                _sheet(file, preview)
            _header(file)


def answer(file: UploadedFile, question: Refusal) -> None:
    """Ask what a file that was refused with a question leaves open."""
    if isinstance(question, HeaderQuestionError):
        _header(file)
    elif isinstance(question, SheetQuestionError):
        st.text_input("Name of the sheet", key=_key(file, "sheet"), max_chars=80)


def _where(preview: Preview) -> str:
    sheet = f"Sheet “{preview.reading.sheet}”. " if len(preview.sheets) > 1 else ""
    row = preview.reading.header
    names = (
        "No row holds the names of the columns" if row == NO_HEADER else f"Names of the columns: row {row}"
    )
    return plain(f"{sheet}{names}")


def _sheet(file: UploadedFile, preview: Preview) -> None:
    st.selectbox(
        "Sheet",
        preview.sheets,
        preview.sheets.index(preview.reading.sheet or preview.sheets[0]),
        format_func=words.spoken,
        key=_key(file, "sheet"),
    )


def _header(file: UploadedFile) -> None:
    st.selectbox(
        "Row with the names of the columns",
        [None, *range(1, MOST_ROWS + 1), NO_HEADER],
        format_func=_row_words,
        key=_key(file, "header"),
    )


def _row_words(row: int | None) -> str:
    if row is None:
        return "Found by itself"
    return "There is none: name the columns column_1, column_2 …" if row == NO_HEADER else f"Row {row}"


def _key(file: UploadedFile, what: str) -> str:
    return f"intake_{file.file_id}_{what}"
