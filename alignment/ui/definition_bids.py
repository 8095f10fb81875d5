"""Two-hand bids on the page: a number each side sets unseen, who is ready, and both once they are opened."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from alignment.domain import bid as rules
from alignment.domain import settlement
from alignment.domain.agreement import Draft, Person, Side
from alignment.domain.agreement_words import value_words
from alignment.domain.bid import Reveal
from alignment.domain.definition_words import field_label
from alignment.domain.refusal import Refusal
from alignment.ui import live, session
from alignment.ui.agreement_panel import SHAPES
from alignment.ui.definition_view import DefinitionView, put
from alignment.ui.plain import plain
from alignment.ui.synced import hook

SIDES = (Side.MARKETING, Side.SALES)

Ready = Mapping[Side, Person]


def show(view: DefinitionView) -> None:
    """Offer a number to bid on, show where both sides are with it, and what was opened and not settled."""
    ready = session.agreement().bids.ready()
    with st.container(key="bids", gap="small"):
        if view.may_edit:
            _choice(view)
        chosen = st.session_state.get(_chosen(view)) if view.may_edit else None
        for field in dict.fromkeys([*ready, *([chosen] if chosen else [])]):
            _card(view, field, ready.get(field, {}))
        for reveal in unsettled(view.draft):
            if reveal.field not in ready:
                with st.container(border=True):
                    _opened(view, reveal, "agree")


def beside(view: DefinitionView, field: str) -> None:
    """Show at the slider what both sides bid on it, with the ways to settle, until somebody moves it."""
    if reveal := view.draft.reveal_of(field):
        _opened(view, reveal, "slider")


def unsettled(draft: Draft) -> tuple[Reveal, ...]:
    """Return the bids opened on each field that nobody has moved since, the newest first."""
    known = rules.fields(draft.definition)
    names = dict.fromkeys(reveal.field for reveal in reversed(draft.reveals) if reveal.field in known)
    return tuple(found for found in map(draft.reveal_of, names) if found)


def half_way(view: DefinitionView, reveal: Reveal) -> float | None:
    """Return the value in the middle of both bids that the field can take, None where there is none."""
    scale = settlement.scale_of(reveal.field, view.scales)
    return settlement.half_way(reveal.field, reveal.marketing.value, reveal.sales.value, scale)


def _choice(view: DefinitionView) -> None:
    known = [field for field in rules.fields(view.definition) if _has_stops(view, field)]
    if st.session_state.get(_chosen(view)) not in known:
        st.session_state.pop(_chosen(view), None)
    st.selectbox(
        "Bid unseen on",
        known,
        None,
        lambda field: plain(field_label(view.definition, field)),
        key=_chosen(view),
        placeholder="a number we differ on",
        help="Each side sets its value unseen; both appear at the same moment. Nothing is applied by itself.",
    )


def _chosen(view: DefinitionView) -> str:
    """Return the key of the choice: it is empty again once bids have been opened."""
    return f"bid_on_{view.draft.base.number}_{len(view.draft.reveals)}"


def _has_stops(view: DefinitionView, field: str) -> bool:
    """Tell whether a field has what its bids are chosen from: a column that is gone has no stops."""
    return not field.endswith(".threshold") or settlement.scale_of(field, view.scales) is not None


def _card(view: DefinitionView, field: str, ready: Ready) -> None:
    """Draw one field that bids are made on: who is ready, one's own bid, and the way to open both."""
    name = hook(f"bid.{field}")
    own = session.person().side
    with st.container(border=True, key=f"bid_{name}", gap="small"):
        now = value_words(view.draft.value_of(field))
        st.html(
            f'<div class="accord-bid" role="status"><b>{escape(field_label(view.definition, field))}</b>'
            f" <span>in the draft {escape(now)}</span><br>{_status(ready)}</div>"
        )
        if own not in SIDES:
            return
        if own in ready:
            _sealed(field, name)
        else:
            _form(view, field, name)
        if all(side in ready for side in SIDES):
            st.button(
                "Open both bids",
                type="primary",
                icon=":material/visibility:",
                width="stretch",
                key=f"open_{name}",
                on_click=_open,
                args=(field,),
            )


def _status(ready: Ready) -> str:
    return " · ".join(
        f'<i class="accord-{side}" aria-hidden="true">{SHAPES[side]}</i> {side} is '
        + (f"ready ({escape(ready[side].name)})" if side in ready else "thinking")
        for side in SIDES
    )


def _form(view: DefinitionView, field: str, name: str) -> None:
    """Draw where one's own side sets its value: empty, so that it starts from nobody's number."""
    own = session.person().side
    label = plain(f"{_own(own).capitalize()} {field_label(view.definition, field)}, unseen by {own.other}")
    key = f"value_{name}"
    with st.form(f"form_{name}", clear_on_submit=True, border=False), st.container(key=name):
        least, most = rules.limits(view.definition, field)
        if scale := _scale(view, field):
            st.selectbox(label, scale, None, value_words, key=key, placeholder="choose")
        else:
            st.number_input(label, least, most, None, 1, key=key, placeholder=_between(least, most))
        st.form_submit_button(
            "Bid", icon=":material/lock:", width="stretch", on_click=_bid, args=(field, key, view.draft.seq)
        )


def _scale(view: DefinitionView, field: str) -> tuple[float, ...]:
    found = settlement.scale_of(field, view.scales) if field.endswith(".threshold") else None
    return found.stops if found else ()


def _between(least: float, most: float | None) -> str:
    said = f"from {value_words(least)}" + (f" to {value_words(most)}" if most is not None else "")
    return said.replace("-", "−")


def _sealed(field: str, name: str) -> None:
    """Say that one's own side is ready; its value shows only on demand, and only where it was set."""
    value = session.agreement().bids.own(session.person(), field, session.screen())
    with st.container(horizontal=True, vertical_alignment="center"):
        if value is None:
            st.caption("Our bid was set on another screen: it is not shown here.", width="stretch")
        elif st.toggle("Show it on this screen", key=f"look_{name}"):
            st.markdown(f"**{plain(value_words(value))}**", width="content")
        st.button(
            "Take it back",
            icon=":material/undo:",
            type="tertiary",
            key=f"withdraw_{name}",
            on_click=_withdraw,
            args=(field,),
        )


def _opened(view: DefinitionView, reveal: Reveal, place: str) -> None:
    """Show both bids in words, and the values to settle on; none is applied by itself."""
    name = f"{place}_{hook(reveal.field)}"
    label = escape(field_label(view.definition, reveal.field))
    bids = ", ".join(
        f'<i class="accord-{side}" aria-hidden="true">{SHAPES[side]}</i> '
        f"{escape(reveal.of(side).who.name)} <b>{escape(value_words(reveal.of(side).value))}</b>"
        for side in SIDES
    )
    st.html(f'<div class="accord-bid" role="status">Both bid on {label}: {bids}</div>')
    if not view.may_edit:
        return
    with st.container(horizontal=True, gap="xsmall", key=f"bids_settle_{name}"):
        for words, value in offers(view, reveal).items():
            st.button(
                plain(f"{words} {value_words(value)}"),
                key=f"bids_take_{words.replace(' ', '_')}_{name}",
                disabled=value == view.draft.value_of(reveal.field),
                on_click=put,
                args=(((reveal.field, value),), view.draft.seq),
            )


def offers(view: DefinitionView, reveal: Reveal) -> Mapping[str, float]:
    """Return the values to settle on, by their words: one where both bid the same."""
    if reveal.is_met:
        return {"We agree:": reveal.sales.value}
    middle = half_way(view, reveal)
    found = {f"{SHAPES[side]} Take {_own(side)}": reveal.of(side).value for side in SIDES}
    return found if middle is None else {**found, "Meet half-way": middle}


def _own(side: Side) -> str:
    return f"{side}’" if side.endswith("s") else f"{side}’s"


def _bid(field: str, key: str, seen_seq: int) -> None:
    st.session_state.pop(f"look_{hook(f'bid.{field}')}", None)
    try:
        session.agreement().bids.put(
            session.person(), field, st.session_state[key], seen_seq, session.screen()
        )
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()


def _withdraw(field: str) -> None:
    try:
        session.agreement().bids.withdraw(session.person(), field, session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()


def _open(field: str) -> None:
    try:
        session.agreement().bids.reveal(session.person(), field, session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again(field)
