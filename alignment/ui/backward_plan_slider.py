"""One factor of the backward plan under the hand: slider, exact number, what the data has, what was seen.

What somebody else sets gives the widgets a new identity, one's own change keeps it: so the focus stays, and
what a browser sends for an identity that has gone is known to be late.
"""

from dataclasses import dataclass
from html import escape

import streamlit as st

from alignment.domain.backward_plan import BackwardPlan
from alignment.domain.backward_plan_basis import Factor, Kind
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.ui import backward_plan_words, live, session
from alignment.ui.backward_plan_scale import Track, track_of
from alignment.ui.plain import plain
from alignment.ui.synced import Wiring
from alignment.ui.words import Words

MOUNTS = "backward_plan_mounts"
FORMATS = {Kind.SHARE: ("%.1f", "%.1f"), Kind.AMOUNT: ("localized", "%.0f"), Kind.DAYS: ("localized", "%.0f")}
"""Of the slider, and of the number field."""
WIDGETS = ("slider", "number")


@dataclass
class Mount:
    """One widget on this screen: the identity it has, and the value it shows."""

    identity: int
    value: float


@dataclass(frozen=True)
class Place:
    """Which widget of which factor, of the plan for which period, on which track."""

    period: Period
    factor: str
    widget: str
    track: Track

    @property
    def name(self) -> tuple[Period, str, str]:
        """Return what tells this widget apart from all others of the screen."""
        return self.period, self.factor, self.widget

    def key(self, identity: int) -> str:
        """Return the widget's key."""
        return f"plan_{self.widget}_{self.factor}_{self.period.start}_{self.period.days}_{identity}"


def show(plan: BackwardPlan, factor: Factor, say: Words) -> None:
    """Draw one factor; observers and what nobody can tell get it disabled."""
    used = plan.used(factor.name)
    track = track_of(factor, used)
    shown = track.shown(used if used is not None else track.raw(track.high / 2))
    period = plan.goal.period
    with st.container(key=f"plan_factor_{factor.name}", gap=None):
        with st.container(
            horizontal=True,
            vertical_alignment="bottom",
            gap="small",
            key=f"plan_hand_{factor.name}",
        ):
            label, (on_slider, in_field) = plain(_label(plan, factor)), FORMATS[factor.kind]
            ends = (track.low, track.high, shown, track.step)
            st.slider(
                label, *ends, format=on_slider, **_wiring(Place(period, factor.name, "slider", track), shown)
            )
            st.number_input(
                f"{label}, exactly",
                *ends,
                format=in_field,
                label_visibility="collapsed",
                **_wiring(Place(period, factor.name, "number", track), shown),
            )
        st.html(_rail(plan, factor, track, say))


def _label(plan: BackwardPlan, factor: Factor) -> str:
    """Return the factor's name with its unit."""
    units = {Kind.SHARE: ", %", Kind.AMOUNT: f", {plan.basis.currency}", Kind.DAYS: ""}
    return f"{factor.label}{units[factor.kind]}"


def _wiring(place: Place, shown: float) -> Wiring:
    mounts: dict[tuple[Period, str, str], Mount] = st.session_state.setdefault(MOUNTS, {})
    mount = mounts.get(place.name)
    if mount is None:
        mount = mounts[place.name] = Mount(0, shown)
    elif mount.value != shown:
        mount.identity, mount.value = mount.identity + 1, shown
    return {
        "key": place.key(mount.identity),
        "on_change": _changed,
        "args": (place, mount.identity),
        "disabled": not session.person().side.may_edit,
    }


def _changed(place: Place, identity: int) -> None:
    mount: Mount = st.session_state[MOUNTS][place.name]
    shown: float = st.session_state[place.key(identity)]
    if shown == mount.value:
        live.catch_up()
        return
    if identity != mount.identity:
        live.tell("Somebody else moved this meanwhile: please look again, and move it once more.")
        live.look_again()
        return
    try:
        session.agreement().backward_plans.assume(
            session.person(), place.period, place.factor, place.track.raw(shown), session.screen()
        )
    except Refusal as refusal:
        mount.identity += 1
        live.tell(str(refusal))
    else:
        mount.value = shown
    live.look_again()


def _rail(plan: BackwardPlan, factor: Factor, track: Track, say: Words) -> str:
    """Draw what was seen along the track, hatched where nothing was, and the data's value on it."""
    used = plan.used(factor.name)
    parts = []
    if factor.seen:
        low, high = (track.place(end) for end in factor.seen)
        parts.append(f'<i class="accord-seen" style="left:{low:.2f}%;width:{max(high - low, 0.5):.2f}%"></i>')
    if factor.value is not None:
        parts.append(f'<i class="accord-measured" style="left:{track.place(factor.value):.2f}%"></i>')
    said = backward_plan_words.measured(factor, plan.basis.currency, say)
    is_unseen = used is not None and factor.is_unseen(used)
    unseen = (
        f'<b class="accord-unseen">{escape(backward_plan_words.UNSEEN.capitalize())}</b> '
        if is_unseen
        else ""
    )
    return (
        f'<div class="accord-factor"><div class="accord-track" aria-hidden="true">{"".join(parts)}</div>'
        f"<span>{unseen}{escape(said)}</span></div>"
    )
