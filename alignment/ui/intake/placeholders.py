"""What stands for no value in these files: what we read so is shown, what may be one is asked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

import streamlit as st

from alignment import imports
from alignment.domain.mapping import Mapping
from alignment.domain.no_value import Lookalike, lookalikes
from alignment.domain.refusal import Refusal
from alignment.imports import TableReceipt
from alignment.ui import reader, session
from alignment.ui.intake.choice import Chosen
from alignment.ui.plain import plain

_SAID = "intake_placeholder"


def asked(files: Sequence[Chosen], begun: Mapping) -> Mapping:
    """Show which texts of the files are read as no value, ask about others; return the mapping with them."""
    known, seeming = _found(files, begun.placeholders)
    if not known and not seeming:
        return begun
    title = ", ".join(f"“{text}”" for text in known) or "nothing yet"
    with st.expander(f"What is read as no value: {plain(title)}", expanded=bool(seeming)):
        for one in seeming:
            st.markdown(plain(f"{_where(one)} in the first rows, and may stand for no value."))
        picked = st.multiselect(
            "Texts that stand for no value",
            list(dict.fromkeys((*known, *(one.text for one in seeming)))),
            list(known),
            key=f"intake_placeholders_{crc32(repr((known, seeming)).encode())}",
            accept_new_options=True,
            placeholder="Choose, or write a text",
        )
    kept = tuple(text for text in begun.placeholders if text not in known or text in picked)
    return replace(begun, placeholders=tuple(dict.fromkeys((*kept, *picked))))


def propose(table: TableReceipt) -> None:
    """Show what a whole table holds that may stand for no value; a press has the next load read it so."""
    if not table.lookalikes:
        return
    count = len(table.lookalikes)
    with st.expander(f"{'1 text' if count == 1 else f'{count} texts'} may stand for no value"):
        for place, one in enumerate(table.lookalikes):
            words, button = st.columns((4, 2), vertical_alignment="center")
            words.markdown(plain(f"{_where(one)}."))
            button.button(
                "Read as no value",
                key=f"intake_no_value_{table.table}_{place}",
                on_click=_keep,
                args=(one.text,),
            )
        if said := st.session_state.pop(_SAID, None):
            st.markdown(plain(said))


def _found(files: Sequence[Chosen], known: tuple[str, ...]) -> tuple[tuple[str, ...], list[Lookalike]]:
    """Return the texts of the files that we read as no value, and those that may be some."""
    there = Counter[str]()
    seeming: dict[str, Lookalike] = {}
    for file in files:
        counts = {name: content.counts for name, content in file.preview.contents.items()}
        there.update(
            {text: rows for texts in counts.values() for text, rows in texts.items() if text in known}
        )
        categories = {name: texts for name, texts in counts.items() if len(texts) > 1}
        seeming |= {one.text: one for one in lookalikes(categories, known)}
    return tuple(text for text, _rows in there.most_common()), list(seeming.values())


def _where(one: Lookalike) -> str:
    say = reader.here().words
    places = ", ".join(f"{column} ({say.counted(rows, 'row')})" for column, rows in one.places)
    return f"“{one.text}” stands in {places}"


def _keep(text: str) -> None:
    try:
        imports.keep_placeholder(session.warehouse().path, text, session.person())
    except Refusal as refusal:
        st.session_state[_SAID] = str(refusal)
    else:
        st.session_state[_SAID] = f"Kept: the next import reads “{text}” as no value."
