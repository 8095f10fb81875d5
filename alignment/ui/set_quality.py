"""Why hand-offs come back: by month or source, what might have caught them, reasons to be mapped."""

import streamlit as st

from alignment.domain.judged import Judged
from alignment.domain.refusal import Refusal
from alignment.domain.set_quality import ReasonGroup, SetQuality, suggestion
from alignment.ui import definition_sought, live, panels, pictures, session, terms
from alignment.ui.plain import plain
from alignment.ui.view import View

HEIGHT, ROOM_HEIGHT = 300, 340
MOST_ASKED = 20


def show(view: View) -> None:
    """Show why hand-offs come back, split by month or source."""
    agreed = terms.in_force()
    with st.container(key="half_set_quality", gap="xxsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", key="head_half_set_quality"):
            st.header("Why hand-offs come back", anchor=False, width="content")
            by = st.segmented_control(
                "Split by",
                ["month", "source"],
                default="month",
                required=True,
                key="set_quality_by",
                label_visibility="collapsed",
            )
        panels.show(
            "set_quality",
            lambda: pictures.set_quality(view, agreed, by or "month"),
            view.reader,
            title="Why hand-offs come back",
            height=ROOM_HEIGHT if view.choice.is_room else HEIGHT,
        )
        _what_to_do(view, agreed)


def _what_to_do(view: View, agreed: Judged) -> None:
    """Name the criteria that might have caught most, and ask for the reasons that nobody mapped."""
    try:
        found = pictures.came_back(view, agreed)
    except Refusal:
        return
    for sentence in pictures.might_have_caught(view, found):
        st.markdown(plain(sentence))
    with st.container(horizontal=True, key="set_quality_criteria"):
        for criterion_id, attribute in found.criteria.items():
            _way(criterion_id, attribute.replace("_", " "))
    if found.unmapped and session.person().side.may_edit:
        with st.expander(
            f"Say once what {len(found.unmapped)} free-text reasons mean", key="set_quality_reasons"
        ):
            _reasons(view, found)


def _way(criterion_id: str, asks_for: str) -> None:
    """Offer the way to one criterion on the definition page."""
    label = plain(f"Open “{asks_for}” on the definition page")
    if st.button(label, icon=":material/tune:", key=f"to_criterion_{criterion_id}"):
        definition_sought.go(criterion_id)


def _reasons(view: View, found: SetQuality) -> None:
    """Ask for the group of each unmapped reason; what it might be stands first, a person says it."""
    groups = list(ReasonGroup)
    for number, (reason, leads) in enumerate(found.unmapped[:MOST_ASKED]):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"set_quality_reason_{number}"):
            chosen = st.selectbox(
                plain(f"{reason} ({view.reader.words.count(leads)})"),
                groups,
                index=groups.index(suggestion(reason)),
                format_func=lambda group: group.label,
                key=f"set_quality_group_{reason}",
                width=420,
            )
            st.button("Map it", key=f"set_quality_map_{reason}", on_click=_map, args=(reason, chosen))


def _map(reason: str, group: ReasonGroup) -> None:
    try:
        session.agreement().reasons.map(session.person(), reason, group, session.screen())
        live.tell(f"Mapped for all of us: {reason} is {group.label}.")
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()
