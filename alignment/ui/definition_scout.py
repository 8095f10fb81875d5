"""The scout sample on the page: what it has told so far, drawing another, and taking it to the CRM."""

import secrets
from collections.abc import Sequence
from html import escape

import streamlit as st

from alignment.domain.rate import Rate
from alignment.domain.refusal import Refusal
from alignment.domain.scout import (
    LARGEST_SEED,
    MOST_DRAWN,
    SAID_WITHIN,
    USUAL_SHARE,
    ScoutResult,
    ScoutSample,
    leads_needed,
)
from alignment.report.answer import Words, clock_of, passport
from alignment.store import row_file
from alignment.ui import downloads, live, session, words
from alignment.ui.agreement_panel import SHAPES, clock
from alignment.ui.definition_view import DefinitionView
from alignment.ui.passport import explain
from alignment.ui.plain import plain
from alignment.whatif import judged_by, scout

SHARE = "scout_share"
LEAST, MOST, STEP = 0.1, 100.0, 1.0
ANY_SHARE = 0.5
"""The rate that takes the most leads to tell."""
WHY = (
    "Nobody worked the leads below the cutoff, so nobody can know what they would have brought. "
    "A few of them, drawn by chance and worked anyway, would tell."
)
FORMULA = (
    "Leads below the cutoff that nobody worked, drawn by a seed and their ids, and worked anyway: those "
    "that reached the outcome ÷ those worked since the draw whose window is over. The window starts on the "
    "day up to which the data went when they were drawn. Each lead counts once; a sample that is worked only "
    "in part may be one that somebody chose from."
)


def rate(view: DefinitionView) -> Rate | None:
    """Return what all scout samples tell of the leads below the cutoff, None while they tell nothing."""
    samples = session.agreement().scouts.every()
    try:
        found = scout.result(view.snapshot, samples).rate if samples else None
    except Refusal:
        return None
    return found if found and found.denominator else None


def show(view: DefinitionView) -> None:
    """Show what the samples tell, the samples with their files, and the way to another one."""
    samples = session.agreement().scouts.every()
    with st.container(key="scout", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall"):
            st.subheader("Scout sample", anchor=False, width="content")
            _about(view, samples)
        try:
            scout.refuse_unknowable(view.snapshot)
        except Refusal as lacking:
            st.info(plain(lacking), icon=":material/help:")
            return
        if samples:
            _say(result_words(view, scout.result(view.snapshot, samples)))
            _samples(view, samples)
        else:
            _say(WHY)
        with st.expander("Draw a scout sample", key="scout_draw", on_change="rerun") as drawing:
            if drawing.open:
                _proposal(view, samples)


def result_words(view: DefinitionView, found: ScoutResult) -> str:
    """Say what all samples tell so far, what is pending, and what they can't tell."""
    say = view.reader.words
    parts = [
        (found.too_young, "worked, but too young to judge"),
        (found.unworked, "not worked yet"),
        (found.worked_before, "worked before they were drawn: left out"),
        (found.undated, "got there at an unknown time: left out"),
        (found.gone, "not in the data any more"),
    ]
    rest = "; ".join(f"{say.count(count)} {what}" for count, what in parts if count)
    drawn = f"Of {say.counted(found.drawn, 'lead')} drawn, {say.count(found.rate.denominator)} can be judged"
    told = f": {_outcome(view, found.rate)}." if found.rate.denominator else " so far."
    return f"{drawn}{told} {f'{rest[0].upper()}{rest[1:]}.' if rest else ''}".strip()


def _outcome(view: DefinitionView, told: Rate) -> str:
    """Say what the leads judged came to."""
    outcome = judged_by(view.snapshot)
    stage = outcome.stage.label if outcome else "SQL"
    within = words.window(outcome.window if outcome else None)
    if told.is_too_small:
        return f"{told.numerator} became {stage} {within}, too few to say a share"
    return f"{view.reader.words.rate(told)} became {stage} {within}"


def _samples(view: DefinitionView, samples: Sequence[ScoutSample]) -> None:
    """List the samples, the newest first, each with its file for the CRM."""
    say = view.reader.words
    for sample in reversed(samples):
        drawn = f"{SHAPES[sample.who.side]} {sample.who.name}, {clock(sample.at)}"
        size = f"{say.counted(len(sample.leads), 'lead')}, {say.percent(sample.share)}"
        said, file = st.columns([5, 1.3], vertical_alignment="center")
        with said:
            _say(
                f"{drawn}: {size} of those {sample.rule}.",
                f"Draft on version {sample.base}, seed {sample.seed}.",
            )
        with file:
            st.download_button(
                "CSV",
                lambda sample=sample: row_file.content(scout.rows(sample), ".csv", {}),
                downloads.file_name("scout sample", str(sample.number), ending="csv"),
                "text/csv",
                key=f"scout_csv_{sample.number}",
                icon=":material/download:",
                on_click="ignore",
            )


def _proposal(view: DefinitionView, samples: Sequence[ScoutSample]) -> None:
    """Let people choose the share, say how many leads that are and how many it takes, and draw."""
    say = view.reader.words
    count = scout.eligible(view.snapshot, view.definition, samples)
    if not count:
        st.info(
            f"There is nobody to draw: all leads of the last {scout.RECENT_DAYS} days are handed off by the "
            "draft, were worked, or are in a sample already.",
            icon=":material/check:",
        )
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        share = st.number_input(
            "Share to draw, %", LEAST, MOST, USUAL_SHARE * 100, STEP, format="%g", key=SHARE, width=170
        )
        size = min(max(1, round(share / 100 * count)), MOST_DRAWN)
        st.button(
            f"Draw {say.count(size)} {'lead' if size == 1 else 'leads'}",
            icon=":material/casino:",
            key="scout_now",
            disabled=not view.may_edit,
            on_click=_draw,
            args=(share / 100,),
        )
    _say(f"{say.counted(count, 'lead')} could be drawn: {scout.rule_of(view.definition)}.")
    _say(size_words(view))


def size_words(view: DefinitionView) -> str:
    """Say how many leads it takes to tell their rate, planned with the nearest that is known."""
    say, known = view.reader.words, scout.recorded_below(view.impact.draft)
    points = f"±{SAID_WITHIN * 100:g} points"
    if known is None or known.value is None:
        return (
            f"{say.count(leads_needed(ANY_SHARE))} of them, worked, would tell any rate to within {points}."
        )
    return (
        f"{say.count(leads_needed(known.value))} of them, worked, would tell {say.percent(known.value)} to "
        f"within {points}: that is what those below the cutoff came to that somebody chose to work "
        f"({say.of_counts(known)}), so likely more than chance brings."
    )


def _about(view: DefinitionView, samples: Sequence[ScoutSample]) -> None:
    with st.popover(
        "About the scout sample",
        icon=":material/info:",
        type="tertiary",
        key="about_scout",
        on_change="rerun",
    ) as opened:
        if opened.open:
            found = _known(view, samples)
            said = Words(
                "Scout sample",
                FORMULA,
                f"{found.rate.numerator:,} converted",
                f"{found.rate.denominator:,} worked and old enough",
                {
                    "worked, window not over": found.too_young,
                    "not worked yet": found.unworked,
                    "worked before they were drawn": found.worked_before,
                    "outcome at an unknown time": found.undated,
                    "not in the data any more": found.gone,
                },
            )
            asked = [scout.query_of(view.snapshot, samples)] if samples else []
            explain(passport(clock_of(view.snapshot), said, *asked))


def _known(view: DefinitionView, samples: Sequence[ScoutSample]) -> ScoutResult:
    try:
        return scout.result(view.snapshot, samples)
    except Refusal:
        return ScoutResult(Rate(0, 0))


def _say(sentence: str, quietly: str = "") -> None:
    """Write a sentence as the panel around writes them, and what goes with it in grey."""
    beside = f' <span class="accord-basis">{escape(quietly)}</span>' if quietly else ""
    st.html(f'<p class="accord-said">{escape(sentence)}{beside}</p>')


def _draw(share: float) -> None:
    agreement, who = session.agreement(), session.person()
    try:
        drawn = scout.draw(
            session.snapshot(),
            agreement.draft(),
            who,
            share,
            secrets.randbelow(LARGEST_SEED),
            agreement.scouts.every(),
        )
        agreement.scouts.keep(who, drawn, session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()
