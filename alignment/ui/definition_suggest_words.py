"""The sentences of what the data suggests: what might change, and how far the data bears it out."""

import streamlit as st

from alignment.report import clock_of
from alignment.report.answer import Words
from alignment.report.answer import passport as passport_of
from alignment.ui import words
from alignment.ui.definition_view import DefinitionView
from alignment.ui.passport import explain
from alignment.whatif import Auc, AucDifference, ByTime, CriterionSuggestion, Figures, Suggestions, Suspect
from alignment.whatif.answer import query_of

PAIRS = 100


def effect(view: DefinitionView, suggested: Figures) -> str:
    """Say what the suggestion would do to the hand-offs and their conversion."""
    return _effect(view, suggested, suggested.hand_offs_a_week)


def effect_of_criterion(view: DefinitionView, found: Suggestions, suggestion: CriterionSuggestion) -> str:
    """Say the same of a criterion, whose figures may be counted on a part of the leads."""
    before, a_week = suggestion.before.hand_offs.leads, suggestion.after.hand_offs_a_week
    present = found.draft.hand_offs_a_week
    if found.share < 1 and before and present is not None:
        a_week = present * suggestion.after.hand_offs.leads / before
    return _effect(view, suggestion.after, a_week, about="about " if found.share < 1 else "")


def _effect(view: DefinitionView, suggested: Figures, a_week: float | None, about: str = "") -> str:
    say, impact = view.reader.words, view.impact
    if a_week is None:
        known = [say.count(each.hand_offs.leads) for each in (impact.in_force, impact.draft)]
        then = say.count(suggested.hand_offs.leads)
    else:
        known = [say.decimal(each.hand_offs_a_week) for each in (impact.in_force, impact.draft)]
        then = say.decimal(a_week)
    rates = [
        say.percent(each.hand_offs.conversion.value)
        if not each.hand_offs.conversion.is_too_small
        else "n too small"
        for each in (impact.in_force, impact.draft)
    ]
    rate, outcome = suggested.hand_offs.conversion, suggested.outcome
    label = f"Hand-off → {outcome.label if outcome else 'SQL'} {words.window(suggested.window_days)}"
    unit = "Hand-offs" if a_week is None else "Hand-offs a week"
    return f"{unit}: {_three(view, known, about + then)}. {label}: {_three(view, rates, say.rate(rate))}."


def _three(view: DefinitionView, known: list[str], then: str) -> str:
    """Say in force, draft, suggested; the draft only where it differs."""
    in_force, draft = known
    if view.is_changed:
        return f"{in_force} in force → {draft} draft → {then} suggested"
    return f"{in_force} in force → {then} suggested"


def verdict(found: Suggestions) -> str:
    """Say whether the suggested points are any better, on the months that were kept apart."""
    points = found.points
    told = points.checked or points.fitted
    if not points.steps or told is None:
        return "The present points do as well: no others would clearly rank the leads better."
    if not (told.is_better or told.is_worse):
        return "The present points do as well: there is no clear difference."
    if told.is_worse:
        return "On the newest months the present points do better than those learned from older ones."
    if points.checked is None:
        return "Other points might rank the leads better; nobody can check that yet."
    return (
        "Other points might rank the leads better: they did on newer months that they were not learned from."
    )


def is_better(found: Suggestions) -> bool:
    """Tell whether the newest months bear the points out."""
    return found.points.checked is not None and found.points.checked.is_better


def check(
    view: DefinitionView, months: ByTime, checked: AucDifference | None, fitted: AucDifference | None
) -> str:
    """Say how both rank the leads, on which months, and what keeps it from being checked."""
    told = checked or fitted
    if told is None:
        return ""
    pairs = (
        f"Of {PAIRS} pairs of a lead that succeeds and one that doesn't, the score puts the right one first "
        f"in {_auc(told.after)}; with the draft's points in {_auc(told.before)}."
    )
    say = view.reader.words
    basis = f" Learned from {words.period(months.fitted_on)}"
    ranked = say.count(told.after.converted + told.after.others)
    counts = f"{say.count(told.after.converted)} successes of {ranked}"
    if checked is None:
        return f"{pairs} On the same {counts} that it was learned from. {months.why_unchecked}"
    return f"{pairs}{basis}, checked on {words.period(months.checked_on)}: {counts} leads that sales worked."


def _auc(found: Auc) -> str:
    if found.value is None or found.interval is None:
        return "an unknown number"
    low, high = (round(PAIRS * end) for end in found.interval)
    return f"{round(PAIRS * found.value)} ({low}–{high})"


def basis_of_criteria(view: DefinitionView, found: Suggestions) -> str:
    """Say on which leads the further criteria were looked for."""
    part = f" Looked for on {view.reader.words.percent(found.share)} of the leads." if found.share < 1 else ""
    return f"Columns that might tell more, beside the draft as it stands.{part}"


def gain(suggestion: CriterionSuggestion) -> str:
    """Say what a criterion adds to the ranking, and whether the newest months bear it out."""
    told = suggestion.checked or suggestion.fitted
    where = "on the newest months" if suggestion.checked else "where it was found, unchecked"
    doubt = "" if told.is_better else " (no clear difference)" if not told.is_worse else " (likely worse)"
    return f"Right in {_auc(told.after)} of {PAIRS} pairs instead of {_auc(told.before)}, {where}{doubt}."


def why(suspect: Suspect) -> str:
    """Say why a column is left out."""
    if suspect.rate:
        value = "no value" if suspect.value is None else f"“{suspect.value}”"
        return f"{suspect.rate} of the leads with {value} succeed, which gives the outcome away"
    if suspect.auc is not None:
        return (
            f"alone it is right in {round(PAIRS * suspect.auc)} of {PAIRS} pairs: too good to be known before"
        )
    return "marked in the mapping as written after sales contact"


def passport(view: DefinitionView, found: Suggestions) -> None:
    """Put an ⓘ button that says how suggestions are worked out."""
    with st.popover(
        "About", icon=":material/info:", type="tertiary", key="about_suggest", on_change="rerun"
    ) as opened:
        if opened.open:
            st.markdown("**What the data suggests**")
            query = query_of(view.snapshot, (view.base, view.definition))
            explain(passport_of(clock_of(view.snapshot), _words(found), query))


def _words(found: Suggestions) -> Words:
    points, told = found.points, found.points.checked or found.points.fitted
    return Words(
        "What the data suggests",
        "Points: logistic regression with a ridge on who met which criterion, made whole points within −50 … "
        "+50 by coordinate descent on the AUC, at about the draft's number of hand-offs. Learned from leads "
        "that sales worked and whose window is over, in the older months; the AUC is counted on the "
        "newest ones, with DeLong's 95 % interval. Leads that nobody worked teach nothing. A column is left "
        "out when it is marked as written after contact, when it ranks the leads alone with an AUC of 0.9 "
        "or more, or when a value that at least 1 in 20 leads (and 100) have goes with success in 95 % or "
        "more, or in 2 % or less where 20 % or more succeed.",
        f"{told.after.converted:,} successes" if told else points.why_not,
        f"{told.after.converted + told.after.others:,} leads to rank" if told else "",
    )
