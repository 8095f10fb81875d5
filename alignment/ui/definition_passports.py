"""The passports of the definition page's figures, made only when somebody opens one."""

from collections.abc import Callable, Mapping

import streamlit as st

from alignment.domain.cohort import Passport
from alignment.report import clock_of
from alignment.report.answer import Words, passport
from alignment.ui import words
from alignment.ui.definition_view import DefinitionView
from alignment.ui.passport import explain
from alignment.whatif import Figures
from alignment.whatif.answer import query_of

ON_THE_SAME = "Both definitions are counted on the same leads, as if each had been in force when they came."
_UNSCORED = "leads with a value for none of the criteria (unscored)"
_NEVER_DATED = "leads without created_at: of no period"


def button(view: DefinitionView, title: str) -> None:
    """Put an ⓘ button that opens the passport of a figure."""
    with st.popover(
        f"About {title}",
        icon=":material/info:",
        type="tertiary",
        key=f"about_{title.partition(' ')[0]}",
        on_change="rerun",
    ) as opened:
        if opened.open:
            st.markdown(f"**{title}**")
            explain(_passport(view, title))


def _passport(view: DefinitionView, title: str) -> Passport:
    query = query_of(view.snapshot, (view.base, view.definition))
    return passport(clock_of(view.snapshot), _WORDS[title](view.impact.draft), query)


def _hand_offs(found: Figures) -> Words:
    return Words(
        "Hand-offs a week",
        "Leads of a level that enters hand-off ÷ weeks of the period. "
        f"A score on the cutoff is inside. {ON_THE_SAME}",
        f"{found.hand_offs.leads:,} leads handed off by the draft",
        f"{found.weeks:.1f} weeks, {words.period(found.period)}" if found.weeks else "the data has no dates",
        {_UNSCORED: found.unscored, _NEVER_DATED: found.never_dated},
    )


def _conversion(found: Figures) -> Words:
    outcome = found.outcome.label if found.outcome else "SQL"
    return Words(
        "Conversion of hand-offs",
        f"Hand-offs that became {outcome} {words.window(found.window_days)} ÷ hand-offs that sales worked "
        f"and whose window is over; Wilson 95 % interval, the difference by Newcombe's. {ON_THE_SAME}",
        f"{found.hand_offs.conversion.numerator:,} became {outcome}",
        f"{found.hand_offs.conversion.denominator:,} worked and old enough",
        {
            "never worked: unknown, counted neither way": found.hand_offs.unknown or 0,
            "too young: their window isn't over": found.hand_offs.too_young,
            f"became {outcome} at an unknown time": found.hand_offs.undated,
            _NEVER_DATED: found.never_dated,
        },
    )


def _won(found: Figures) -> Words:
    amount, won = found.hand_offs.won_revenue, found.hand_offs.won
    brought = f"{amount.amount:,.2f} {amount.currency}" if amount else "an unknown amount"
    return Words(
        "Won revenue of hand-offs",
        "Σ amount of the deals won by now from leads handed off; a deal of several leads counts once, with "
        "the first of them: where that one isn't handed off, the deal's money isn't here, though its other "
        f"leads count as won. {ON_THE_SAME}",
        "the data tells no won deals of leads" if won is None else f"{brought} from {won:,} leads",
        left_out={
            "leads won by a deal without an amount or exchange rate: unknown, not zero": (
                found.hand_offs.unvalued
            ),
            "leads whose deal counts with an earlier lead of it": found.hand_offs.counted_elsewhere,
            _NEVER_DATED: found.never_dated,
        },
    )


def _levels(found: Figures) -> Words:
    return Words(
        "Leads a week at each level",
        f"Leads by score = Σ points of the criteria met, capped per group, clipped to 0…100. {ON_THE_SAME}",
        "; ".join(f"{band.level.name} {band.leads:,}" for band in found.bands),
        f"{found.leads:,} leads",
        {_UNSCORED: found.unscored, _NEVER_DATED: found.never_dated},
    )


_WORDS: Mapping[str, Callable[[Figures], Words]] = {
    "hand-offs a week": _hand_offs,
    "conversion": _conversion,
    "won revenue": _won,
    "leads at each level": _levels,
}
