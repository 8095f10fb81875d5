"""How good is it: what sales would get, what we would miss, what nobody knows; in force beside the draft."""

from html import escape

import streamlit as st

from alignment.domain.cohort import Passport
from alignment.report import clock_of
from alignment.report.answer import Words as PassportWords
from alignment.report.answer import passport
from alignment.ui import definition_quality_words as told
from alignment.ui import definition_scout, words
from alignment.ui.definition_impact import NEEDS_OUTCOME, NEEDS_WORK
from alignment.ui.definition_view import DefinitionView
from alignment.ui.passport import explain
from alignment.whatif.answer import query_of
from alignment.whatif.quality import Quality, QualityImpact, ScoreBand, quality
from alignment.whatif.unknown_zone import UnknownZone

NEEDS_DECISIONS = "needs column leads.rejected_at, and leads.sal_at or leads.sql_at"


def show(view: DefinitionView) -> None:
    """Show the quality of the draft, or say what the data lacks for it."""
    found = quality(view.snapshot, view.base, view.definition, scout=definition_scout.rate(view))
    draft, say = found.draft, view.reader.words
    if draft.outcome is None:
        st.info(f"How good a hand-off is can't be told: {NEEDS_OUTCOME}.", icon=":material/help:")
        return
    if not draft.handed.denominator:
        st.info("No lead is old enough yet to say what came of it.", icon=":material/hourglass_empty:")
        return
    st.html(_head(view, found))
    st.html(_measures(view, found))
    if draft.unknown:
        st.html(_unknown(view, draft, draft.unknown))
        definition_scout.show(view)
    else:
        st.caption(f"Which leads were worked is not known, so all of them count: {NEEDS_WORK}.")
    st.html(_calibration(view, draft))
    st.html(_agreement(view, draft) + f'<p class="accord-basis">{escape(told.basis(draft, say))}</p>')
    with st.popover(
        "About how good it is",
        icon=":material/info:",
        type="tertiary",
        key="about_quality",
        on_change="rerun",
    ) as opened:
        if opened.open:
            explain(_passport(view, draft))


def _head(view: DefinitionView, found: QualityImpact) -> str:
    """The one thing to read: what sales would get and what we would miss; and whether it can be trusted."""
    draft, is_honest = found.draft, view.snapshot.is_time_honest
    badge, state = (told.IS_HONEST, "") if is_honest else (told.NOT_HONEST, " accord-flatters")
    sign = "✓" if is_honest else "!"
    gained = told.gained(draft, view.reader.words, is_time_honest=is_honest)
    return (
        f'<p class="accord-good" role="status">{escape(gained)}</p>'
        f'<p class="accord-missed">{escape(told.missed(draft))}</p>'
        f'<p class="accord-honest{state}"><b aria-hidden="true">{sign}</b> {escape(badge)}</p>'
    )


def _measures(view: DefinitionView, found: QualityImpact) -> str:
    rows = told.rows(found, view.reader.words, is_time_honest=view.snapshot.is_time_honest)
    heads = ["", view.base_word, "draft"] if view.is_changed else ["", view.base_word]
    lines = "".join(_line(view, row) for row in rows)
    titles = "".join(f'<th scope="col">{title}</th>' for title in heads)
    return f'<table class="accord-measures"><thead><tr>{titles}</tr></thead><tbody>{lines}</tbody></table>'


def _line(view: DefinitionView, row: told.Row) -> str:
    before = f'<td data-label="{view.base_word}">{escape(row.before)}</td>'
    change = f"<em>{escape(row.change)}</em>" if row.change else ""
    after = f'<td data-label="draft"><b>{escape(row.after)}</b>{change}</td>' if view.is_changed else ""
    return (
        f'<tr><th scope="row">{escape(row.name)}<span>{escape(row.meaning)}</span></th>{before}{after}</tr>'
    )


def _unknown(view: DefinitionView, draft: Quality, zone: UnknownZone) -> str:
    """What nobody knows, hatched between its ends, with the recorded share as a line in it."""
    say, is_honest = view.reader.words, view.snapshot.is_time_honest
    said = [told.unknown(zone, say), told.bounds(zone, say, is_time_honest=is_honest)]
    text = "".join(f'<p class="accord-said">{escape(line)}</p>' for line in said if line)
    return f'<p class="accord-part">What nobody knows</p>{text}{_bounds(view, draft, zone)}'


def _bounds(view: DefinitionView, draft: Quality, zone: UnknownZone) -> str:
    found, recorded = zone.recall, draft.recall.value
    if found is None or found.least == found.most or recorded is None:
        return ""
    say = view.reader.words
    least, most = found.least * 100, found.most * 100
    alt = f"Share found: at least {say.percent(found.least)}, at most {say.percent(found.most)}."
    return (
        f'<div class="accord-bounds" role="img" aria-label="{escape(alt)}">'
        f'<i class="accord-surely" style="width:{least:.1f}%"></i>'
        f'<i class="accord-hatched" style="left:{least:.1f}%;width:{most - least:.1f}%"></i>'
        f'<i class="accord-recorded" style="left:{recorded * 100:.1f}%"></i></div>'
        '<div class="accord-keys"><span><i class="accord-s5"></i>found in any case '
        f'{escape(say.percent(found.least))}</span><span><i class="accord-hatched"></i>unknown</span>'
        f'<span><i class="accord-mark"></i>as recorded {escape(say.percent(recorded))}</span></div>'
    )


def _calibration(view: DefinitionView, draft: Quality) -> str:
    """Each band of ten points: how many of its worked leads succeeded, with interval and n."""
    became = told.BECAME[draft.outcome] if draft.outcome else ""
    top = max((band.rate.high or 0 for band in draft.bands if not band.rate.is_too_small), default=1) or 1
    lines = "".join(_band(view, band, top) for band in reversed(draft.bands))
    margin = f'<p class="accord-said">{escape(told.margin(draft, view.reader.words))}</p>'
    return (
        f'<p class="accord-part">Does a higher score mean more success?</p>{margin}'
        f'<table class="accord-calibration"><thead><tr><th scope="col">points</th>'
        f'<th scope="col">of the worked leads, those that {became}</th><th scope="col"></th>'
        f'<th scope="col">never worked</th></tr></thead><tbody>{lines}</tbody></table>'
    )


def _band(view: DefinitionView, band: ScoreBand, top: float) -> str:
    say, rate = view.reader.words, band.rate
    level = view.definition.level_of(band.high)
    handed = ' class="accord-handed"' if level and level.enters_hand_off else ""
    bar = ""
    if rate.interval and rate.value is not None and not rate.is_too_small:
        low, high = (end / top * 100 for end in rate.interval)
        few = " accord-few" if rate.is_small_sample else ""
        bar = (
            f'<i style="width:{rate.value / top * 100:.1f}%"></i>'
            f'<i class="accord-whisker{few}" style="left:{low:.1f}%;width:{high - low:.1f}%"></i>'
        )
    return (
        f'<tr{handed}><th scope="row">{band.low}–{band.high}</th>'
        f'<td><div class="accord-rate" aria-hidden="true">{bar}</div></td>'
        f"<td>{escape(say.rate(rate))}</td><td>{say.count(band.unknown)}</td></tr>"
    )


def _agreement(view: DefinitionView, draft: Quality) -> str:
    found = draft.agreement
    said = (
        told.agreement(found.kappa, found.undecided, view.reader.words)
        if found
        else f"Whom sales accepted and rejected is not known: {NEEDS_DECISIONS}."
    )
    return f'<p class="accord-part">Do we agree with sales?</p><p class="accord-said">{escape(said)}</p>'


def _passport(view: DefinitionView, draft: Quality) -> Passport:
    outcome = draft.outcome.label if draft.outcome else "SQL"
    within = words.window(draft.window_days)
    name = "Precision" if view.snapshot.is_time_honest else "Success as recorded today"
    share = "recall" if view.snapshot.is_time_honest else "the share found"
    text = PassportWords(
        "How good it is",
        f"{name} = hand-offs that became {outcome} {within} ÷ hand-offs worked; {share} = those ÷ all worked "
        f"leads that became {outcome}; lift = the first ÷ the rate of all worked leads; yield = handed off ÷ "
        "all. Wilson 95 % intervals, differences by Newcombe's, AUC by DeLong's, lift by the delta method. "
        "Only leads whose window is over. Bounds: every lead that nobody worked would, or would not, have "
        "succeeded. Agreement: Cohen's κ of handed off with accepted (SAL or more reached, not rejected "
        "since) and rejected (rejected, and not SQL or more since).",
        f"{draft.precision.numerator:,} of {draft.precision.denominator:,} hand-offs worked became {outcome}",
        f"{draft.everyone.denominator:,} leads worked and old enough, {draft.everyone.numerator:,} of them "
        f"became {outcome}",
        {
            "too young: their window isn't over": draft.too_young,
            f"became {outcome} at an unknown time": draft.undated,
            "never worked: unknown, counted neither way": (
                draft.unknown.handed + draft.unknown.below if draft.unknown else 0
            ),
            "without a score, so not in the bands nor in the AUC": draft.unscored,
        },
    )
    query = query_of(view.snapshot, (view.base, view.definition))
    return passport(clock_of(view.snapshot), text, query)
