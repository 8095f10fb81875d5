"""Take it along: the definition as a file, as a query for one's own engine, and the leads that it scores."""

import streamlit as st

from alignment.domain.definition import Definition
from alignment.domain.refusal import Refusal
from alignment.store import definition_file, row_file
from alignment.store.snapshot import Snapshot
from alignment.ui import downloads, words
from alignment.ui.definition_view import DefinitionView
from alignment.ui.plain import plain
from alignment.whatif.code import ENGINES, LEADS, as_query, lead_count, scored

IN_FORCE, DRAFT = "in force", "draft"
MOST_HERE = 2_000_000
"""More leads than these are written by the command line: a browser would have to hold them all."""
LONGEST_NAME = 200
KINDS = {".csv": ("CSV", "text/csv"), ".parquet": ("Parquet", "application/vnd.apache.parquet")}


def show(view: DefinitionView) -> None:
    """Show the ways out: file, query, scored leads; of the version in force, or of the draft."""
    which = _which(view)
    definition = view.definition if which == DRAFT else view.base
    name, notes = _named(view, which)
    _files(definition, name, notes)
    _query(view.snapshot, definition, name, notes)
    _scored(view, definition, name)


def _which(view: DefinitionView) -> str:
    """Let people choose between the version in force and the draft, where they differ."""
    if not view.is_changed:
        return IN_FORCE
    chosen = st.segmented_control(
        "Which definition", [DRAFT, IN_FORCE], default=DRAFT, required=True, key="code_which"
    )
    return chosen or DRAFT


def _named(view: DefinitionView, which: str) -> tuple[str, tuple[str, ...]]:
    """Return what files of it are called, and the lines that say which it is."""
    base = view.draft.base
    if which == DRAFT:
        return f"draft {base.number + 1}", (f"Accord, draft on version {base.number}",)
    return f"version {base.number}", definition_file.notes_of(base)


def _files(definition: Definition, name: str, notes: tuple[str, ...]) -> None:
    st.subheader("The definition as a file", anchor=False)
    with st.container(horizontal=True, gap="small"):
        contents = {
            "toml": definition_file.text_of(definition, *notes),
            "json": definition_file.json_of(definition),
        }
        for ending, content in contents.items():
            _button(ending.upper(), content, name, ending, f"application/{ending}")
    st.caption("`python -m alignment definition import` reads both back, as edits of the draft.")


def _query(snapshot: Snapshot, definition: Definition, name: str, notes: tuple[str, ...]) -> None:
    st.subheader("As a query for your own engine", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        engine = st.selectbox(
            "Engine", list(ENGINES), format_func=ENGINES.__getitem__, key="code_engine", width=180
        )
        table = st.text_input("Table of the leads", LEADS, LONGEST_NAME, key="code_table", width=240)
        try:
            text = as_query(snapshot, definition, engine, table, *notes)
        except Refusal:
            st.info("Name the table of the leads, as in leads or crm.leads.")
            return
        _button("As text", text, f"{name} {engine}", "txt", "text/plain")
    st.code(text, language="sql", height=280)
    st.caption("It gives every lead the score, level, route and hand-off that it has here.")


def _scored(view: DefinitionView, definition: Definition, name: str) -> None:
    st.subheader("The leads, scored, for the CRM", anchor=False)
    leads = lead_count(view.snapshot)
    if not leads:
        st.info("Not available: the load has no leads.")
        return
    if leads > MOST_HERE:
        st.markdown(
            f"{view.reader.words.count(leads)} leads are more than a browser should hold. Write them with  \n"
            "`python -m alignment definition score --into leads.parquet`"
        )
        return
    facts = {"definition": name, "as_of": words.as_of(view.snapshot.as_of, view.snapshot.zone)}
    with st.container(horizontal=True, gap="small"):
        for ending, (label, kind) in KINDS.items():
            st.download_button(
                label,
                lambda ending=ending: row_file.content(scored(view.snapshot, definition), ending, facts),
                downloads.file_name("scored leads", name, ending=ending[1:]),
                kind,
                key=f"code_scored_{ending[1:]}",
                icon=":material/download:",
                on_click="ignore",
            )
    levels = ", ".join(level.name for level in definition.levels)
    st.caption(
        plain(
            f"A row a lead: lead_id, source, score, level ({levels}), route, handed_off. "
            "Unscored leads have no score and no level."
        )
    )


def _button(label: str, content: str, name: str, ending: str, kind: str) -> None:
    st.download_button(
        label,
        content,
        downloads.file_name("accord definition", name, ending=ending),
        kind,
        key=f"code_{ending}",
        icon=":material/download:",
        on_click="ignore",
    )
