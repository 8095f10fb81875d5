"""Agreeing: who has signed the draft, what is missing, and thanks to both once it is done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from html import escape

import streamlit as st

from alignment.agreement import now
from alignment.domain.agreement import Draft, Edit, Side, Signature
from alignment.domain.refusal import Refusal
from alignment.ui import agreement_panel, definition_bids, definition_impact, session, slot, synced, words
from alignment.ui.agreement_panel import SHAPES, clock, sign
from alignment.ui.definition_view import DefinitionView
from alignment.ui.plain import plain

FRESH = timedelta(minutes=30)
SIGNERS = (Side.MARKETING, Side.SALES)


def show(view: DefinitionView) -> None:
    """Show terms, signatures, bids and the newest changes."""
    st.header("Agree", anchor=False)
    if view.is_changed:
        _terms(view)
    slot.show("signatures", _signatures(view), view.at)
    if view.is_changed:
        _sign_button(view)
    definition_bids.show(view)
    with st.container(key="log"):
        st.subheader("Changes", anchor=False)
        slot.show("log", agreement_panel.change_log(view.draft), view.at)


def slots(view: DefinitionView) -> Mapping[str, str]:
    """Return the HTML of each slot where people agree, by the slot's name."""
    return {"signatures": _signatures(view), "log": agreement_panel.change_log(view.draft)}


def thanks(draft: Draft) -> None:
    """Thank both people by name for a while after they agreed, until somebody suggests the next change."""
    if not is_just_agreed(draft, now()):
        return
    version = draft.base
    people = " and ".join(
        f"<b>{SHAPES[signed.who.side]} {escape(signed.who.name)}</b> ({signed.who.side})"
        for signed in sorted(version.signatures, key=lambda signed: signed.who.side)
    )
    day = version.terms.effective_on
    since = f", in force from {words.day(day)}" if day else ""
    why = f"<span>“{escape(version.terms.reason)}”</span>" if version.terms.reason else ""
    st.html(
        f'<div class="accord-thanks" role="status"><span class="accord-tick" aria-hidden="true">✓</span>'
        f"<div><strong>We agree: version {version.number}{since}.</strong>"
        f"<span>{people} found it together. Thank you both.</span>{why}</div></div>"
    )


def is_just_agreed(draft: Draft, at: datetime) -> bool:
    """Tell whether both sides have signed a short while before `at`, and nobody has moved anything since."""
    version = draft.base
    is_fresh = version.at is not None and at - version.at <= FRESH
    return is_fresh and len(version.signatures) == len(SIGNERS) and not draft.edits


def _terms(view: DefinitionView) -> None:
    synced.text(
        view.draft, "terms.reason", "Reason for the change", longest=500, placeholder="Why do we change it?"
    )
    synced.day(view.draft, "terms.effective_on", "In force from (day)")


def _signatures(view: DefinitionView) -> str:
    return f'<div class="accord-signatures">{"".join(_signature(view, side) for side in SIGNERS)}</div>'


def _signature(view: DefinitionView, side: Side) -> str:
    """Return one side's card: signed by whom, or voided by what, or still open."""
    signed = view.draft.signature_of(side)
    state, line = ("open", f"anybody from {side} can sign")
    if not view.is_changed:
        signed = next((found for found in view.draft.base.signatures if found.who.side is side), None)
        state, line = ("rest", "nothing to sign now")
    if signed:
        state, line = "signed", f"{signed.who.name}, {clock(signed.at)}"
    elif view.is_changed and (voided := _voided(view.draft, side)):
        state, line = "voided", _voided_words(*voided)
    title = {
        "open": "not signed", "rest": "no signature", "signed": "signed", "voided": "signature voided",
    }[state]  # fmt: skip
    if state == "signed" and not view.is_changed:
        title = f"signed version {view.draft.base.number}"
    mark = "✓" if state == "signed" else "○"
    return (
        f'<div class="accord-sign accord-{state}">'
        f'<i class="accord-{side}" aria-hidden="true">{SHAPES[side]}</i>'
        f"<div><b>{side}: {title}</b><span>{escape(line)}</span></div>"
        f'<span class="accord-check" aria-hidden="true">{mark}</span></div>'
    )


def _voided(draft: Draft, side: Side) -> tuple[Signature, Edit] | None:
    """Return the side's last signature on this draft and the edit that voided it."""
    signed = next((found for found in reversed(draft.signatures) if found.who.side is side), None)
    if signed is None:
        return None
    return next(((signed, edit) for edit in draft.edits if edit.seq > signed.seq), None)


def _voided_words(signed: Signature, edit: Edit) -> str:
    return f"{signed.who.name} had signed; {edit.who.name} changed the draft at {clock(edit.at)}"


def _sign_button(view: DefinitionView) -> None:
    own = session.person().side
    if not own.may_edit:
        return
    missing, has_signed = _missing(view.draft), view.draft.signature_of(own) is not None
    st.button(
        f"Sign for {own}",
        type="primary",
        icon=":material/draw:",
        width="stretch",
        key="sign",
        disabled=bool(missing) or has_signed,
        on_click=sign,
        args=(view.draft.seq, dict(definition_impact.prediction(view.impact))),
    )
    other = (
        f"Now somebody from {own.other} signs, or changes it."
        if has_signed
        else "Any change voids both signatures."
    )
    st.caption(plain(missing or other))


def _missing(draft: Draft) -> str:
    try:
        draft.refuse_unready()
    except Refusal as refusal:
        return str(refusal)
    return ""
