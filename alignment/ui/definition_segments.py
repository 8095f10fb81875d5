"""Who disappears: the segments that lose over half of their hand-offs by the draft."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from alignment.domain.segment import MOST_BANDS
from alignment.report import clock_of
from alignment.report.answer import Words, passport
from alignment.ui import definition_differ_words, definition_impact, words
from alignment.ui.definition_view import DefinitionView
from alignment.ui.passport import explain
from alignment.ui.plain import plain
from alignment.whatif import segments
from alignment.whatif.answer import query_of
from alignment.whatif.segments import FEWEST, Losses, Segment

EVERYWHERE = "all attributes"
NEEDS_ATTRIBUTE = "Not available: needs column leads.source or any other column with values of the leads."


def show(view: DefinitionView) -> None:
    """Show who nearly disappears, over all attributes or by a chosen one."""
    options = segments.attributes(view.snapshot)
    if not options or not view.impact.draft.leads:
        st.info(NEEDS_ATTRIBUTE if not options else "The data has no leads to count yet.")
        return
    if not view.is_changed:
        st.info(
            "The draft equals what is in force: nobody disappears. Move a slider to see whom it leaves out.",
            icon=":material/groups:",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xxsmall"):
        chosen = st.selectbox(
            "Who loses hand-offs, by", [EVERYWHERE, *options], format_func=lambda name: plain(name_of(name)),
            key="segments_by", width=280,
        )  # fmt: skip
        _passport_button(view)
    if chosen == EVERYWHERE:
        with st.spinner("Looking through all segments …"):
            lost = segments.losses(view.snapshot, view.base, view.definition)
        _everywhere(view, lost)
        return
    found = segments.segments(view.snapshot, view.base, view.definition, chosen)
    if not found:
        st.info("Neither definition hands over a lead: there is nobody to lose.")
        return
    _table(view, found, is_named=False)


def name_of(attribute: str) -> str:
    """Return an attribute's name as people read it."""
    return attribute.replace("_", " ")


def _everywhere(view: DefinitionView, found: Losses) -> None:
    if not found.segments:
        st.info(
            f"Nobody disappears: no segment with {FEWEST} or more hand-offs in force loses over half.",
            icon=":material/groups:",
        )
    else:
        _table(view, found.segments, is_named=True)
    count = view.reader.words.count
    few = count(len(found.small))
    small = f" {few} smaller ones, with under {FEWEST} hand-offs in force, lose over half too."
    looked = f"Looked for in {', '.join(map(name_of, found.attributes))}."
    st.caption(
        plain(f"{looked} A lead is in one segment of each: the rows overlap.{small if found.small else ''}")
    )


def _table(view: DefinitionView, found: Sequence[Segment], *, is_named: bool) -> None:
    outcome = view.impact.draft.outcome
    became = f"became {outcome.label if outcome else 'SQL'} {words.window(view.impact.draft.window_days)}"
    heads = ("segment", "hand-offs", f"of those that go: {became}", "they brought")
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    rows = "".join(_row(view, segment, is_named=is_named) for segment in found)
    opening = '<table class="accord-levels accord-gone"><thead><tr>'
    st.html(f"{opening}{head}</tr></thead><tbody>{rows}</tbody></table>")


def _row(view: DefinitionView, segment: Segment, *, is_named: bool) -> str:
    count, is_told = view.reader.words.count, view.impact.draft.outcome is not None
    attribute = f"<span>{escape(name_of(segment.attribute))}</span> " if is_named else ""
    half = (
        ' <span class="accord-half">▼ over half</span>' if segment.is_over_half_lost and not is_named else ""
    )
    gone = segment.gone
    cells = (
        (
            definition_differ_words.conversion(view, gone, is_told=is_told),
            definition_differ_words.won(view, gone),
        )
        if gone.leads
        else ("nobody goes", "–")
    )
    return (
        f'<tr><th scope="row">{attribute}{escape(segment.name)}</th>'
        f'<td><span class="accord-was">{count(segment.before.leads)} →</span> '
        f"<b>{count(segment.after.leads)}</b>{half}</td>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
    )


def _passport_button(view: DefinitionView) -> None:
    with st.popover(
        "About who disappears",
        icon=":material/info:",
        type="tertiary",
        key="about_segments",
        on_change="rerun",
    ) as opened:
        if opened.open:
            st.markdown("**Who disappears**")
            query = query_of(view.snapshot, (view.base, view.definition))
            explain(passport(clock_of(view.snapshot), _passport(view), query))


def _passport(view: DefinitionView) -> Words:
    found = view.impact
    return Words(
        "Who disappears",
        "Segments whose hand-offs by the draft are under half of those in force. A segment is one value of "
        f"an attribute; numbers fall into up to {MOST_BANDS} bands. Conversion and won revenue are "
        "those of the leads that go: handed over by the version in force and not by the draft.",
        f"{found.in_force.hand_offs.leads:,} hand-offs in force",
        f"{found.draft.hand_offs.leads:,} by the draft. {definition_impact.basis(view)}",
    )
