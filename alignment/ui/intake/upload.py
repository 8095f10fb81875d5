"""The first step: drop files, see which table each of them is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from alignment import imports
from alignment.domain.contract import TABLES
from alignment.domain.mapping import Mapping
from alignment.domain.reading import Reading
from alignment.domain.refusal import Refusal
from alignment.imports import Preview
from alignment.store.held_folder import HeldFolder
from alignment.ui.intake import choice, opening, words
from alignment.ui.plain import plain

Looked: TypeAlias = Preview | Mapping | Refusal

ROUND = "intake_round"
_SEEN = "intake_seen"
_LONGEST_NAME = 120
_NEW_FILES = "Drop your files here: CSV, Excel (.xlsx), Parquet or JSON lines, zipped or not, several at once"


def uploads() -> list[UploadedFile]:
    """Ask for files and return what was dropped."""
    given = st.file_uploader(
        _NEW_FILES, accept_multiple_files=True, key=f"intake_files_{st.session_state.get(ROUND, 0)}"
    )
    return list(given or ())


def looked_at(given: Sequence[UploadedFile]) -> list[Looked]:
    """Return what each file is: a table with columns, a mapping, or a refusal; each is read once."""
    seen: dict[tuple[str, Reading], Looked] = st.session_state.setdefault(_SEEN, {})
    asked = {(file.file_id, opening.said(file)): file for file in given}
    new = {key: file for key, file in asked.items() if key not in seen}
    if new:
        with st.spinner("Looking at the files …"), written(list(new.values())) as paths:
            readings = [reading for _file, reading in new]
            seen |= dict(zip(new, _look(paths, readings), strict=True))
            st.session_state[_SEEN] = seen
    return [seen[key] for key in asked]


def looked_at_as(file: UploadedFile, reading: Reading) -> Looked:
    """Return what a file is, opened in a certain way."""
    with written([file]) as paths:
        return _look(paths, [reading])[0]


@contextmanager
def written(given: Sequence[UploadedFile]) -> Iterator[list[Path]]:
    """Write uploaded files to a folder that nobody else can read, and delete it afterwards."""
    folder = HeldFolder.make()
    try:
        yield write(given, folder.path)
    finally:
        folder.remove()


def write(given: Sequence[UploadedFile], folder: Path) -> list[Path]:
    """Write uploaded files into a folder, each under its own name in a folder of its own."""
    paths = []
    for place, file in enumerate(given):
        path = folder / str(place) / safe_name(file.name)
        path.parent.mkdir(parents=True)
        path.write_bytes(file.getbuffer())
        paths.append(path)
    return paths


def safe_name(name: str) -> str:
    """Return the last part of a file's name, short and without what a path is made of."""
    last = name.replace("\\", "/").replace("\0", "").rpartition("/")[2][-_LONGEST_NAME:]
    return last if last.strip(". ") else "file"


def table_of(preview: Preview, key: str, saved: Mapping | None, *, is_alone: bool) -> str | None:
    """Ask which table a file is and return it, None for a file to be left out."""
    likely = choice.likely_table(preview, saved)
    name, picked = st.columns((9, 8), vertical_alignment="center")
    with name.container(gap="xxsmall"):
        st.subheader(plain(preview.file), anchor=False)
        st.caption(plain(words.why_table(likely, choice.table_by_values(preview))))
    start = likely or (preview.mapping.table if is_alone else None)
    options: list[str | None] = [*TABLES, None]
    return picked.selectbox(
        f"Which table is {words.spoken(preview.file)}?",
        options,
        options.index(start),
        format_func=words.table,
        key=f"{key}_table",
        label_visibility="collapsed",
    )


def _look(paths: list[Path], readings: list[Reading]) -> list[Looked]:
    pairs = zip(paths, readings, strict=True)
    tables = [(path, reading) for path, reading in pairs if path.suffix.lower() != ".toml"]
    found = iter(imports.look_at(tables) if tables else ())
    return [_mapping(path) if path.suffix.lower() == ".toml" else next(found) for path in paths]


def _mapping(path: Path) -> Mapping | Refusal:
    try:
        return imports.load_mapping(path)
    except Refusal as refusal:
        return refusal
