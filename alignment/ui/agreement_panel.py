"""What every page on the agreement shows or does: the log of edits, undo, the signature, the time of day."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape

import streamlit as st

from alignment.domain.agreement import Draft, Edit
from alignment.domain.agreement_words import edit_words, value_words
from alignment.domain.bid import Reveal
from alignment.domain.definition_plain import Plain
from alignment.domain.definition_words import field_label
from alignment.domain.refusal import Refusal
from alignment.ui import live, session
from alignment.ui.plain import plain
from alignment.ui.shapes import SHAPES

LOG_LINES = 12


def change_log(draft: Draft, lines: int | None = LOG_LINES) -> str:
    """Return the newest edits of the draft and opened bids as HTML: whose they are and when."""
    entries = _entries(draft)
    if not entries:
        said = "Nobody has changed anything since the version in force. Move a slider to suggest a change."
        return f'<p class="accord-beside">{said}</p>'
    newest = entries[::-1][:lines]
    shown = "".join(f"<li>{escape(_line(draft, entry))}</li>" for entry in newest)
    rest = len(entries) - len(newest)
    more = f'<p class="accord-beside">and {rest} more, on the history page</p>' if rest else ""
    return f'<ul class="accord-log">{shown}</ul>{more}'


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


def _entries(draft: Draft) -> list[Edit | Reveal]:
    """Return edits and opened bids in the order they came: bids after the edit that they were opened on."""
    return sorted((*draft.edits, *draft.reveals), key=lambda entry: entry.seq)


def _line(draft: Draft, entry: Edit | Reveal) -> str:
    said = reveal_words(draft, entry) if isinstance(entry, Reveal) else _edit_line(draft, entry)
    return f"{said} ({clock(entry.at)})"


def reveal_words(draft: Draft, reveal: Reveal) -> str:
    """Say what both sides bid: `Both bid on cutoff of hot: ● Ada 55, ■ Bo 65`."""
    bids = (
        f"{SHAPES[bid.who.side]} {bid.who.name} {value_words(bid.value)}"
        for bid in (reveal.marketing, reveal.sales)
    )
    return f"Both bid on {field_label(draft.definition, reveal.field)}: {', '.join(bids)}"


def _edit_line(draft: Draft, edit: Edit) -> str:
    return f"{SHAPES[edit.who.side]} {edit.who.name}: {edit_words(draft, edit)}"


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
