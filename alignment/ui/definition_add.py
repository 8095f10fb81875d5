"""The dialog that makes a criterion of any attribute of the data."""

import secrets

import streamlit as st

from alignment import whatif
from alignment.domain.definition import MOST_POINTS, Comparison, Group, Threshold
from alignment.domain.definition_plain import criterion_to_plain
from alignment.domain.definition_words import number
from alignment.domain.refusal import Refusal
from alignment.ui import session
from alignment.ui.definition_view import DefinitionView
from alignment.ui.plain import plain
from alignment.whatif import Candidate

FIRST_POINTS = 10


def button(view: DefinitionView) -> None:
    """Offer to add a criterion, to those who take part."""
    found = whatif.candidates(view.snapshot)
    is_first = not view.definition.criteria
    if st.button(
        "Add the first criterion" if is_first else "Add a criterion",
        icon=":material/add:",
        type="primary" if is_first else "secondary",
        key="add_criterion",
        disabled=not (view.may_edit and found),
    ):
        _ask(found, view.draft.seq)


@st.dialog("Add a criterion")
def _ask(found: tuple[Candidate, ...], seen_seq: int) -> None:
    st.caption(
        "Any column of the leads can become a criterion. The start suits the data; both sides may move it."
    )
    chosen: Candidate = st.selectbox("Column of the leads", found, format_func=_name, key="add_column")
    if chosen.is_after_contact:
        st.warning(
            "This column is written after sales contact: it looks into the future and flatters the result.",
            icon=":material/warning:",
        )
    threshold = _threshold(chosen)
    points = int(
        st.number_input(
            f"Points, −{MOST_POINTS} to +{MOST_POINTS}",
            -MOST_POINTS,
            MOST_POINTS,
            FIRST_POINTS,
            key="add_points",
        )
    )
    group = Group(st.radio("Counts as", [str(group) for group in Group], horizontal=True, key="add_group"))
    if st.button("Add it to the draft", type="primary", icon=":material/add:", key="add_now"):
        _add(chosen, threshold, points, group, seen_seq)


def _name(candidate: Candidate) -> str:
    return candidate.attribute.replace("_", " ")


def _threshold(chosen: Candidate) -> Threshold:
    name = plain(_name(chosen))
    match chosen.comparison:
        case Comparison.IS_TRUE:
            return None
        case Comparison.ONE_OF:
            return tuple(
                st.multiselect(
                    f"{name}, one of",
                    chosen.scale.options,
                    list(chosen.threshold or ()) if isinstance(chosen.threshold, tuple) else [],
                    key=f"add_values_{chosen.attribute}",
                )
            )
    stops = chosen.scale.stops
    return st.selectbox(
        f"{name}, {chosen.comparison.replace('_', ' ')}",
        stops,
        stops.index(chosen.threshold) if chosen.threshold in stops else 0,
        number,
        key=f"add_stop_{chosen.attribute}",
    )


def _add(chosen: Candidate, threshold: Threshold, points: int, group: Group, seen_seq: int) -> None:
    if threshold == ():
        st.error("Please choose at least one value.")
        return
    criterion_id = f"{chosen.attribute.replace('.', '_')}_{secrets.token_hex(2)}"
    try:
        plain_criterion = criterion_to_plain(chosen.criterion(criterion_id, points, group))
        plain_criterion["threshold"] = list(threshold) if isinstance(threshold, tuple) else threshold
        session.agreement().edit(
            session.person(), f"criteria.{criterion_id}", plain_criterion, seen_seq, session.screen()
        )
    except Refusal as refusal:
        st.error(plain(refusal))
        return
    st.rerun()
