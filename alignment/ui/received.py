"""What came of a signed version beside what was expected, in sentences: receipts."""

import streamlit as st

from alignment.domain.agreement import Version
from alignment.domain.refusal import Refusal
from alignment.store.snapshot import Snapshot
from alignment.ui import session, words
from alignment.ui.plain import plain
from alignment.ui.view import View
from alignment.ui.words import Words
from alignment.whatif.receipt import Receipt, Verdict, receipts

MARKS = {
    Verdict.INSIDE: "✓",
    Verdict.ABOVE: "▲",
    Verdict.BELOW: "▼",
    Verdict.EARLY: "…",
    Verdict.UNKNOWN: "–",
}
SAID = {
    Verdict.INSIDE: "as expected",
    Verdict.ABOVE: "more than expected",
    Verdict.BELOW: "less than expected",
    Verdict.EARLY: "too early to say",
    Verdict.UNKNOWN: "can't be compared",
}


def on_board(view: View) -> None:
    """Say in one line what came of the newest version that has a receipt."""
    came = by_version(view.snapshot, session.agreement().versions())
    said = short(came[max(came)], view.reader.words) if came else ""
    if said:
        with st.container(key="receipt"):
            st.caption(plain(said))


def by_version(snapshot: Snapshot, versions: tuple[Version, ...]) -> dict[int, Receipt]:
    """Return the receipts by the number of their version; none where the tables can't answer."""
    try:
        return {receipt.number: receipt for receipt in receipts(snapshot, versions)}
    except Refusal:
        return {}


def title(receipt: Receipt) -> str:
    """Name the span that is counted."""
    return f"What came of it, {words.day(receipt.span.start)} – {words.day(receipt.span.last)}"


def lines(receipt: Receipt, say: Words) -> list[str]:
    """Return a line for the hand-offs a week and one for their conversion, each with its verdict."""
    return [line for line in (_hand_offs(receipt, say), _conversion(receipt, say)) if line]


def short(receipt: Receipt, say: Words) -> str:
    """Return the receipt in one line, for the board."""
    verdict, other = receipt.of_hand_offs, receipt.of_conversion
    parts = []
    if receipt.expected_a_week is not None:
        parts.append(f"{say.decimal(receipt.a_week)} hand-offs a week {MARKS[verdict]} {SAID[verdict]}")
    if receipt.outcome and other in (Verdict.INSIDE, Verdict.ABOVE, Verdict.BELOW):
        share = say.percent(receipt.came.conversion.value)
        parts.append(f"{share} → {receipt.outcome.label} {MARKS[other]} {SAID[other]}")
    elif receipt.outcome and other is Verdict.EARLY:
        parts.append(f"→ {receipt.outcome.label} {MARKS[other]} {SAID[other]}")
    return f"Version {receipt.number}, signed: {'; '.join(parts)}" if parts else ""


def _hand_offs(receipt: Receipt, say: Words) -> str:
    if receipt.expected_a_week is None:
        return ""
    verdict = receipt.of_hand_offs
    came, expected = say.decimal(receipt.a_week), say.decimal(receipt.expected_a_week)
    if receipt.expected_ends is None:
        return f"{MARKS[verdict]} {came} hand-offs a week, expected {expected}; no range went on record"
    low, high = (say.decimal(end) for end in receipt.expected_ends)
    return f"{MARKS[verdict]} {came} hand-offs a week, expected {expected} ({low}–{high}): {SAID[verdict]}"


def _conversion(receipt: Receipt, say: Words) -> str:
    if receipt.expected is None:
        return ""
    verdict, rate = receipt.of_conversion, receipt.came.conversion
    if receipt.outcome is None:
        return f"{MARKS[verdict]} What became of the hand-offs can't be told from these tables"
    reached = f"{receipt.outcome.label} {words.window(receipt.window_days)}"
    young = f"; {say.count(receipt.came.too_young)} are too young to judge" if receipt.came.too_young else ""
    came = f"{say.rate(rate)}, expected {say.short_rate(receipt.expected)}"
    return f"{MARKS[verdict]} Hand-off → {reached}: {came}: {SAID[verdict]}{young}"
