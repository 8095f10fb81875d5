"""The steps of an import, put together."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from alignment import imports
from alignment.domain.agreement import Person
from alignment.domain.mapping import Mapping
from alignment.domain.refusal import Refusal
from alignment.imports import Held, Present, Preview
from alignment.ui import reader
from alignment.ui.intake import again, choice, columns, company, loading, opening, placeholders, upload, words
from alignment.ui.intake.choice import Chosen
from alignment.ui.intake.loading import Picked
from alignment.ui.intake.upload import Looked
from alignment.ui.plain import plain


def closed(present: Present, who: Person) -> str:
    """Return why nobody, or this person, can import here; empty where they can."""
    if present.held is Held.FOREIGN:
        return words.FOREIGN
    try:
        imports.refuse_observer(who)
    except Refusal as refusal:
        return str(refusal)
    return ""


def show(present: Present) -> None:
    """Show the steps as far as they have come."""
    picked = chosen(files(), present)
    if picked.files:
        load(picked, present)
    elif loading.is_under_way():
        loading.progress()


def files() -> list[tuple[UploadedFile, Looked]]:
    """Ask for files; say of each that can't be used why; return them with what they are."""
    st.header("1 Your files", anchor=False)
    given = upload.uploads()
    if not given:
        _what_is_read()
        return []
    found = again.opened(given)
    for file, what in found:
        if isinstance(what, Refusal):
            st.error(plain(f"{what}"), icon=":material/description:")
            opening.answer(file, what)
        elif isinstance(what, Mapping):
            tables = ", ".join(table.table for table in what.tables)
            st.info(plain(f"{upload.safe_name(file.name)}: a mapping of {tables}."))
    return found


def _what_is_read() -> None:
    for place, (table, text) in zip(st.columns(len(words.READ)), words.READ.items(), strict=True):
        place.markdown(f"**{table}**  \n{text}")


def chosen(found: list[tuple[UploadedFile, Looked]], present: Present) -> Picked:
    """Ask what each file and its columns are; return those to be loaded."""
    tables = [(file, what) for file, what in found if isinstance(what, Preview)]
    if not tables:
        return Picked()
    st.header("2 What the columns mean", anchor=False)
    saved = again.begun_with(found)
    kept: list[tuple[UploadedFile, Chosen]] = []
    for file, what in tables:
        before = [picked for _file, picked in kept]
        if picked := _chosen(file, what, saved, before, present, is_alone=len(tables) == 1):
            kept.append((file, picked))
    files = tuple(what for _file, what in kept)
    begun = placeholders.asked(files, saved or Mapping())
    return Picked(tuple(file for file, _what in kept), files, begun)


def load(picked: Picked, present: Present) -> None:
    """Ask whose data it is, say what is replaced, and load on a press."""
    st.header("3 Load", anchor=False)
    whose = company.asked(present.company)
    against = choice.problems(picked.files)
    for sentence in against:
        st.warning(plain(sentence), icon=":material/info:")
    if failure := loading.failure():
        st.error(plain(failure), icon=":material/info:")
    st.markdown(plain(words.replaces(present, picked.files, reader.here().words)))
    if loading.is_under_way():
        loading.progress()
        return
    with st.container(horizontal=True):
        if st.button(_label(picked), type="primary", disabled=bool(against), key="intake_load"):
            loading.start(picked, whose)
            st.rerun()
        st.download_button(
            "Save this mapping",
            lambda: imports.mapping_text(picked.mapping),
            "mapping.toml",
            "application/toml",
            on_click="ignore",
            icon=":material/download:",
            help="Drop it together with the next export of the same columns.",
        )


def _label(picked: Picked) -> str:
    return f"Load {len(picked.files)} {'file' if len(picked.files) == 1 else 'files'}"


def _chosen(
    file: UploadedFile,
    preview: Preview,
    saved: Mapping | None,
    before: list[Chosen],
    present: Present,
    *,
    is_alone: bool,
) -> Chosen | None:
    key = f"intake_{file.file_id}_{'saved' if saved else 'named'}"
    with st.container(border=True, key=f"intake_file_{file.file_id}"):
        table = upload.table_of(preview, key, saved, is_alone=is_alone)
        if table is None:
            return None
        opening.ask(file, preview)
        if first := next((first for first in before if choice.is_part_of(first, preview, table)), None):
            st.caption(plain(f"The same columns as {first.preview.file}: one table, read the same way."))
            return Chosen(preview, first.mapping, opening.said(file))
        again.tell_differences(preview, table, saved, present)
        start = choice.start_from(preview, table, saved)
        mapping = columns.mapped(preview, start, f"{key}_{table}", is_asked=loading.asks_about(preview.file))
        return Chosen(preview, mapping, opening.said(file))
