"""Explain a lead: by its id, why it is what it is, what would move it, and how it went on to the deal."""

from collections.abc import Mapping

import streamlit as st

from alignment import report
from alignment.agreement import now
from alignment.config import ROOT
from alignment.domain.agreement import Draft
from alignment.domain.digest import in_force
from alignment.domain.trace import local_day
from alignment.report.lead import Lead
from alignment.store.snapshot import Snapshot
from alignment.ui import lead_words, session
from alignment.ui.definition_view import DefinitionView
from alignment.ui.plain import plain
from alignment.ui.reader import Reader
from alignment.whatif.explain import Explanation, examples, explain

LEAD = "lead"
"""The name of the lead in the address, and the key of the field that holds it."""
_TAKEN = "lead_taken"
"""The lead that the address named when it was last looked at: another one there is meant."""
PAGE = ROOT / "pages" / "agreement" / "lead.py"
EXAMPLES = {"below": "just below hand-off", "above": "just above it", "newest": "the newest"}
LONGEST_ID = 200
AGREED = "agreed"


def show(view: DefinitionView) -> None:
    """Show the panel: the search, and the lead that was found."""
    found = chosen(view.draft, view.snapshot)
    if found:
        explanation(found, view.draft, view.snapshot, view.reader)
        button(found.lead_id, "Open on a page of its own")


def button(lead_id: str, label: str = "") -> None:
    """Put a button that opens the lead's own page."""
    if st.button(label or f"Explain {plain(lead_id)}", icon=":material/person_search:", key="lead_page"):
        st.session_state.pop(_TAKEN, None)
        st.switch_page(PAGE, query_params={LEAD: lead_id})


def chosen(draft: Draft, snapshot: Snapshot) -> Lead | None:
    """Let people find a lead by its id or part of it; return it once only one is meant."""
    if not snapshot.has("leads"):
        st.info("Not available: the load has no leads. Import them to see why each is what it is.")
        return None
    sought = _sought()
    if not sought:
        _offer({EXAMPLES[why]: lead_id for why, lead_id in examples(snapshot, draft.base.definition).items()})
        return None
    found = report.leads_named(snapshot, sought)
    if not found:
        st.info(plain(f"There is no lead “{sought}” in the data. Check the id, or type a part of it."))
        return None
    if found[0] != sought and len(found) > 1:
        st.caption(plain(f"Several ids hold “{sought}”: choose one."))
        _offer({lead_id: lead_id for lead_id in found})
        return None
    return report.lead(snapshot, found[0])


def _sought() -> str:
    """Ask for an id; it stands in the address, and comes from there when one opens a link or goes back."""
    named = st.query_params.get(LEAD)
    if named and (LEAD not in st.session_state or named != st.session_state.get(_TAKEN)):
        st.session_state[LEAD] = named[:LONGEST_ID]
    st.text_input(
        "Lead id, or a part of it",
        key=LEAD,
        max_chars=LONGEST_ID,
        type="search",
        placeholder="as in your CRM",
        width=360,
    )
    sought = str(st.session_state[LEAD] or "").strip()
    if sought:
        st.query_params[LEAD] = sought
    elif named:
        del st.query_params[LEAD]
    st.session_state[_TAKEN] = sought
    return sought


def _offer(leads: Mapping[str, str]) -> None:
    """Offer leads as buttons, each by why it is worth a look."""
    with st.container(horizontal=True, gap="small"):
        for place, (why, lead_id) in enumerate(leads.items()):
            label = lead_id if why == lead_id else f"{why}: {lead_id}"
            st.button(plain(label), key=f"lead_offer_{place}", on_click=_choose, args=(lead_id,))


def _choose(lead_id: str) -> None:
    st.session_state[LEAD] = lead_id


def explanation(
    found: Lead, draft: Draft, snapshot: Snapshot, reader: Reader, *, is_wide: bool = False
) -> None:
    """Show the lead in force and by the draft, side by side, what would move it, and its trace.

    `is_wide`: the trace goes beside the rest.
    """
    explained = _by_definition(found, draft, snapshot)
    with st.container(key="lead_shown"):
        why, how = st.columns([3, 2], gap="large") if is_wide else (st.container(), st.container())
        with why:
            st.subheader(f"Lead {plain(found.lead_id)}", anchor=False)
            st.html(lead_words.verdicts(explained))
            st.html(lead_words.criteria(explained))
            _moves(explained)
        with how:
            _trace(found, snapshot, reader)


def _by_definition(found: Lead, draft: Draft, snapshot: Snapshot) -> dict[str, Explanation]:
    """Return the lead explained in force, by a version agreed for a later day, and by a draft of another."""
    explained = {}
    if holds := in_force(session.agreement().versions(), local_day(now(), snapshot.zone)):
        explained["in force"] = explain(snapshot, holds.definition, found.values)
    if holds is None or holds.number != draft.base.number:
        explained[AGREED] = explain(snapshot, draft.base.definition, found.values)
    if draft.is_changed:
        explained["draft"] = explain(snapshot, draft.definition, found.values)
    return explained


def _moves(explained: Mapping[str, Explanation]) -> None:
    """Show what one change would move the lead, by the newest of the definitions."""
    name, found = list(explained.items())[-1]
    of = {"draft": "the draft", AGREED: "the version agreed"}.get(name, "the definition in force")
    up, down = (lead_words.moves(found, is_up=is_up) for is_up in (True, False))
    st.subheader(f"What one single change would do, by {of}", anchor=False)
    if not up and not down:
        st.caption("No single change gives this lead another level.")
        return
    with st.container(key="lead_moves"):
        for column, sign, lines in zip(st.columns(2), ("▲ Up", "▼ Down"), (up, down), strict=True):
            column.html(f"<h3>{sign} to another level</h3>{lines or '<p>No single change would.</p>'}")


def _trace(found: Lead, snapshot: Snapshot, reader: Reader) -> None:
    st.subheader("From the first day to the deal", anchor=False)
    st.markdown(plain(lead_words.outcome(found.trace, reader.words, snapshot.zone)))
    if found.trace.contradictions:
        st.warning("  \n".join(map(plain, found.trace.contradictions)), icon=":material/report:")
    for remark in found.trace.remarks:
        st.caption(plain(remark))
    if found.trace.events or found.trace.future:
        st.html(lead_words.trace(found.trace, reader.words, snapshot.zone))
    if found.trace.more_touches:
        st.caption(f"{reader.words.count(found.trace.more_touches)} more touches are not listed.")
    if not snapshot.has("touches"):
        st.caption("Touches are not in the data: with table touches you would see each of them here.")
