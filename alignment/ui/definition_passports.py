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
        {"leads with a value for none of the criteria (unscored)": found.unscored},
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
            "never worked: unknown, counted neither way": found.hand_offs.unknown,
            "too young: their window isn't over": found.hand_offs.too_young,
            f"became {outcome} at an unknown time": found.hand_offs.undated,
        },
    )


def _won(found: Figures) -> Words:
    return Words(
        "Won revenue of hand-offs",
        "Σ amount of the deals won by now from leads handed off; "
        f"a deal of several leads counts once. {ON_THE_SAME}",
        f"{found.hand_offs.won_revenue} from {found.hand_offs.won:,} leads",
    )


def _levels(found: Figures) -> Words:
    return Words(
        "Leads a week at each level",
        f"Leads by score = Σ points of the criteria met, capped per group, clipped to 0…100. {ON_THE_SAME}",
        "; ".join(f"{band.level.name} {band.leads:,}" for band in found.bands),
        f"{found.leads:,} leads",
        {"leads with a value for none of the criteria (unscored)": found.unscored},
    )


_WORDS: Mapping[str, Callable[[Figures], Words]] = {
    "hand-offs a week": _hand_offs,
    "conversion": _conversion,
    "won revenue": _won,
    "leads at each level": _levels,
}
