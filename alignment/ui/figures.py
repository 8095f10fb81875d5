"""Key figures in a row: a name, a value, what it was counted from, and its passport."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from alignment.domain.cohort import Passport
from alignment.domain.conversion import Conversion
from alignment.domain.revenue import Revenue
from alignment.ui import passport, words
from alignment.ui.figure import Figure
from alignment.ui.reader import Reader
from alignment.ui.table import Table
from alignment.ui.words import UNKNOWN, Words


def of_revenue(found: Revenue, say: Words) -> list[Figure]:
    """Return what was won and how: revenue, win rate both ways, mean, cycle."""
    rate, cycle = found.win_rate, found.median_cycle_days
    by_count = "n too small" if rate and rate.is_too_small else say.percent(rate.value if rate else None)
    return [
        Figure(
            "Won revenue", say.short_money(found.won_amount), f"{say.counted(found.won_count, 'deal')} won"
        ),
        Figure(
            "Win rate, by count",
            by_count,
            f"{say.of_counts(rate)}, {say.interval(rate)}" if rate else "no lost deal in the data",
        ),
        Figure("Win rate, by value", say.percent(found.win_rate_by_value), "of the amounts decided"),
        Figure("Mean deal won", say.short_money(found.mean_won_amount), "amounts of zero left out"),
        Figure(
            "Cycle, median",
            UNKNOWN if cycle is None else f"{say.decimal(cycle)} days",
            "created → won, won deals only",
        ),
    ]


def of_conversion(found: Conversion, label: str, say: Words) -> list[Figure]:
    """Return one conversion: its rate, and who is not in it yet."""
    rate = found.rate
    value = "n too small" if rate.is_too_small else say.percent(rate.value)
    young = (
        f"entered less than {found.window_days} days ago"
        if found.window_days is not None
        else "everybody counts"
    )
    return [
        Figure(
            f"{label} {words.window(found.window_days)}",
            value,
            f"{say.of_counts(rate)}, {say.interval(rate)}".rstrip(", "),
        ),
        Figure("Too young to judge", say.count(found.too_young), young),
        Figure("At an unknown time", say.count(found.undated), "reached it, nobody wrote down when"),
    ]


@dataclass(frozen=True)
class Explained:
    """A figure with what its ⓘ says of it; a figure without a passport has no ⓘ."""

    figure: Figure
    passport: Passport | None = None
    table: Table | None = None


def show(
    figures: list[Figure], explained: Passport, table: Table, reader: Reader, *, key: str, note: str
) -> None:
    """Show at most five figures of one answer side by side, each with the ⓘ that explains it."""
    show_each([Explained(figure, explained, table) for figure in figures], reader, key=key, note=note)


def show_each(shown: Sequence[Explained], reader: Reader, *, key: str, note: str) -> None:
    """Show at most five figures side by side, each with the ⓘ of its own answer."""
    with st.container(horizontal=True, key=f"figures_{key}", gap="large"):
        for number, each in enumerate(shown):
            figure, about = each.figure, f"{key}_{number}"
            with st.container(width="content", gap=None, key=f"figure_{about}"):
                with st.container(horizontal=True, vertical_alignment="center", gap=None):
                    st.markdown(figure.name, width="content")
                    if each.passport:
                        passport.button(
                            figure.name, each.passport, about, reader, table=each.table, note=note
                        )
                detail = f"<span>{escape(figure.detail)}</span>" if figure.detail else ""
                st.html(f'<div class="accord-fact"><b>{escape(figure.value)}</b>{detail}</div>')
