"""What every page on the agreement shows or does: the log of edits, undo, the signature, the time of day."""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from alignment.domain.agreement import Draft, Edit, Side
from alignment.domain.agreement_words import edit_words
from alignment.domain.definition_plain import Plain
from alignment.domain.refusal import Refusal
from alignment.ui import live, session
from alignment.ui.plain import plain

SHAPES: Mapping[Side, str] = {Side.MARKETING: "●", Side.SALES: "■", Side.OBSERVER: "○"}
LOG_LINES = 12


def change_log(draft: Draft, lines: int | None = LOG_LINES, heading: str = "Changes") -> None:
    """Show the newest edits of the draft, who made them and when."""
    st.subheader(heading, anchor=False)
    if not draft.edits:
        st.caption(
            "Nobody has changed anything since the version in force. Move a slider to suggest a change."
        )
        return
    newest = draft.edits[::-1][:lines]
    st.markdown("\n".join(f"- {_line(draft, edit)}" for edit in newest))
    if len(newest) < len(draft.edits):
        st.caption(f"and {len(draft.edits) - len(newest)} more, on the history page")


def undo_button(draft: Draft) -> None:
    """Offer to take back one's own newest change, while that can be done."""
    edit = draft.undoable_by(session.person())
    said = f"Take back {edit_words(draft, edit)}" if edit else "Nothing of yours to take back"
    st.button(
        "Undo my last change", icon=":material/undo:", disabled=edit is None, help=plain(said), on_click=_undo
    )


def clock(at: datetime) -> str:
    """Return an instant of the ledger (naive UTC) in the business time zone: `22 Nov 2026, 18:05`."""
    local = at.replace(tzinfo=UTC).astimezone(session.snapshot().zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


def _line(draft: Draft, edit: Edit) -> str:
    who = f"{SHAPES[edit.who.side]} {plain(edit.who.name)}"
    return f"{who}: {plain(edit_words(draft, edit))} ({plain(clock(edit.at))})"


def _undo() -> None:
    try:
        session.agreement().undo(session.person(), session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()


def sign(seen_seq: int, prediction: Mapping[str, Plain]) -> None:
    """Sign for one's own side the draft seen at edit `seen_seq`; what is refused is said. For callbacks."""
    try:
        version = session.agreement().sign(session.person(), seen_seq, prediction, session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
    else:
        if version:
            live.tell(f"Version {version.number} is agreed, in force from {version.terms.effective_on}.")
    live.look_again()
