"""The parts of the definition page that show the agreement itself: marks of both sides, log, signing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape

import streamlit as st

from alignment.domain import definition_plain
from alignment.domain.agreement import Draft, Edit, Side, Signature
from alignment.domain.agreement_words import edit_words, value_words
from alignment.domain.definition import Definition
from alignment.domain.definition_plain import Plain
from alignment.domain.refusal import Refusal
from alignment.ui import live, session, synced
from alignment.ui.plain import plain

SHAPES: Mapping[Side, str] = {Side.MARKETING: "●", Side.SALES: "■", Side.OBSERVER: "○"}
INKS: Mapping[Side, str] = {Side.MARKETING: "#0072b2", Side.SALES: "#d55e00"}
LOG_LINES = 12


def marks(draft: Draft, field: str, **more: str) -> None:
    """Show where a field stands: in force, and what each side has set since; `more` adds marks by name."""
    shown = [f"in force {escape(_words_at(draft.base.definition, field))}"]
    for side in (Side.MARKETING, Side.SALES):
        if any(edit.who.side is side and edit.field == field for edit in draft.edits):
            shape = f'<span style="color:{INKS[side]}" aria-hidden="true">{SHAPES[side]}</span>'
            shown.append(f"{shape} {side} {escape(_words_at(draft.position_of(side), field))}")
    shown += [f"{escape(name)} {escape(value)}" for name, value in more.items()]
    st.html(f'<div style="font-size:0.875rem">{" · ".join(shown)}</div>')


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


def signing(draft: Draft, prediction: Mapping[str, Plain]) -> None:
    """Show the terms and who has signed, and let one's own side sign; the prediction goes on record."""
    st.subheader("Agree", anchor=False)
    synced.text(
        draft, "terms.reason", "Reason for the change", longest=500, placeholder="Why do we change it?"
    )
    synced.day(draft, "terms.effective_on", "In force from (day)")
    for side in (Side.MARKETING, Side.SALES):
        st.markdown(f"{SHAPES[side]} {_signature_words(side, draft.signature_of(side))}")
    own = session.person().side
    missing = _missing(draft)
    if missing:
        st.caption(plain(missing))
    if own.may_edit:
        st.button(
            f"Sign for {own}",
            type="primary",
            icon=":material/draw:",
            disabled=bool(missing) or draft.signature_of(own) is not None,
            on_click=sign,
            args=(draft.seq, dict(prediction)),
        )
    else:
        st.caption("You are here as an observer: you see everything and change nothing.")


def clock(at: datetime) -> str:
    """Return an instant of the ledger (naive UTC) in the business time zone: `22 Nov 2026, 18:05`."""
    local = at.replace(tzinfo=UTC).astimezone(session.snapshot().zone)
    return f"{local.day} {local:%b %Y, %H:%M}"


def _line(draft: Draft, edit: Edit) -> str:
    who = f"{SHAPES[edit.who.side]} {plain(edit.who.name)}"
    return f"{who}: {plain(edit_words(draft, edit))} ({plain(clock(edit.at))})"


def _words_at(definition: Definition, field: str) -> str:
    try:
        return value_words(definition_plain.value_of(definition, field))
    except Refusal:
        return "not there"


def _signature_words(side: Side, signature: Signature | None) -> str:
    if signature is None:
        return f"{side} has not signed this draft"
    return f"{side}: signed by **{plain(signature.who.name)}**, {plain(clock(signature.at))}"


def _missing(draft: Draft) -> str:
    try:
        draft.refuse_unready()
    except Refusal as refusal:
        return str(refusal)
    return ""


def _undo() -> None:
    try:
        session.agreement().undo(session.person(), session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))


def sign(seen_seq: int, prediction: Mapping[str, Plain]) -> None:
    """Sign for one's own side the draft seen at edit `seen_seq`; what is refused is said. For callbacks."""
    try:
        version = session.agreement().sign(session.person(), seen_seq, prediction, session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
        return
    if version:
        live.tell(f"Version {version.number} is agreed, in force from {version.terms.effective_on}.")
