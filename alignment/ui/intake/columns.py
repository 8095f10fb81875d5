"""The second step: what each column of a file means."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from alignment.domain.contract import LEADS, Table
from alignment.domain.mapping import DateOrder, TableMapping
from alignment.imports import Preview, PreviewColumn
from alignment.ui.intake import choice, stages, words
from alignment.ui.plain import plain

WIDTHS = (3, 4, 5, 5)
HEADINGS = ("Your column", "Some of its values", "Our column", "What it enables")
DECIMALS = {None: "Decided from each column", ".": "1,234.50", ",": "1.234,50"}
_SAMPLE_LETTERS = 44


def mapped(preview: Preview, start: TableMapping, key: str, *, is_asked: bool = False) -> TableMapping:
    """Show a file's columns to be mapped and return the mapping; `is_asked` opens how dates are written."""
    table = choice.Chosen(preview, start).table
    known = [choice.column_of(start, column.name) is not None for column in preview.columns]
    rows = list(enumerate(preview.columns))
    chosen: dict[str, str | None] = {}
    with st.container(key=f"{key}_columns", gap="xxsmall"):
        _headings(key)
        for place, column in rows:
            if known[place]:
                chosen[column.name] = _row(column, table, start, f"{key}_{place}")
        kept = _derived(start, key)
        others = [(place, column) for place, column in rows if not known[place]]
        if others:
            with st.expander(_other_columns(len(others), table), expanded=not any(known)):
                for place, column in others:
                    chosen[column.name] = _row(column, table, start, f"{key}_{place}")
        late = _late(preview, chosen, start, key) if table is LEADS else start.after_contact
        dates, decimal = _written(start, key, is_asked=is_asked)
    start = replace(start, after_contact=late)
    mapping = choice.with_columns(
        start, {column.name: chosen[column.name] for column in preview.columns}, kept
    )
    return stages.said(replace(mapping, dates=dates, decimal=decimal), preview, key)


def _headings(key: str) -> None:
    with st.container(key=f"{key}_headings"):
        for place, heading in zip(st.columns(WIDTHS), HEADINGS, strict=True):
            place.caption(heading)


def _row(column: PreviewColumn, table: Table, start: TableMapping, key: str) -> str | None:
    suggested = choice.column_of(start, column.name)
    options: list[str | None] = [None, *table.column_names]
    with st.container(key=f"{key}_row"):
        name, samples, ours, enables = st.columns(WIDTHS, vertical_alignment="center", gap="small")
        name.markdown(f"**{plain(column.name)}**")
        samples.markdown(_samples(column.samples))
        with ours:
            picked = st.selectbox(
                f"Our column for {words.spoken(column.name)}",
                options,
                options.index(suggested),
                format_func=lambda option: words.our_column(table, option),
                key=f"{key}_{table.name}",
                label_visibility="collapsed",
            )
        with enables.container(gap=None):
            for line in _why(column.name, picked, table, start):
                st.caption(plain(line))
    return picked


def _samples(values: Sequence[str]) -> str:
    if not values:
        return ":gray[no value in the first rows]"
    shown = values[0]
    for value in values[1:]:
        if len(shown) + len(value) < _SAMPLE_LETTERS:
            shown = f"{shown} · {value}"
    return f":gray[{plain(shown[:_SAMPLE_LETTERS] + ('…' if len(shown) > _SAMPLE_LETTERS else ''))}]"


def _why(header: str, picked: str | None, table: Table, start: TableMapping) -> list[str]:
    """Return what a column enables as it is mapped, and why it was mapped so, a line each."""
    if picked is None:
        late = "Written after sales contact: a criterion on it would know the outcome."
        kept = "Can be a criterion of the definition." if table is LEADS else ""
        return [line for line in (late if header in start.after_contact else "", kept) if line]
    column, given = table.column(picked), start.assignment(picked)
    enables = (column.enables or column.meaning) if column else ""
    reason = given.reason if given and given.origin == header else choice.CHOSEN
    return [f"{enables[:1].upper()}{enables[1:]}.", f"({reason})"]


def _derived(start: TableMapping, key: str) -> list[str]:
    """Offer what follows from a column without being its values; return our columns that stay."""
    return [
        given.column
        for given in choice.derived(start)
        if st.checkbox(
            plain(f"{given.column}: {given.reason}"), value=True, key=f"{key}_{given.column}_derived"
        )
    ]


def _late(preview: Preview, chosen: dict[str, str | None], start: TableMapping, key: str) -> tuple[str, ...]:
    """Ask which attributes sales wrote after contact; return them in the order of the file."""
    options = [column.name for column in preview.columns if chosen[column.name] is None]
    if not options:
        return ()
    begun = [name for name in options if name in start.after_contact]
    title = f"Written after sales contact: {len(begun)} of {len(options)} attributes"
    with st.expander(title):
        st.caption(
            "What sales knows only afterwards predicts what it was written after: no criterion uses it."
        )
        picked = st.multiselect(
            "Attributes written after sales contact",
            options,
            begun,
            format_func=words.spoken,
            key=f"{key}_late",
            placeholder="None of them",
        )
    return tuple(name for name in options if name in picked)


def _other_columns(count: int, table: Table) -> str:
    if not table.keeps_other_columns:
        return f"{count} more columns, which {table.name} don't need"
    return f"{count} more columns, kept as attributes as they are"


def _written(start: TableMapping, key: str, *, is_asked: bool) -> tuple[DateOrder | None, str | None]:
    orders: list[DateOrder | None] = [None, *DateOrder]
    with st.expander("How dates and amounts are written", expanded=is_asked):
        left, right = st.columns(2)
        dates = left.selectbox(
            "Order of day and month",
            orders,
            orders.index(start.dates),
            format_func=lambda order: order.words.capitalize() if order else "Decided from each column",
            key=f"{key}_dates",
        )
        decimal = right.selectbox(
            "Amounts",
            list(DECIMALS),
            list(DECIMALS).index(start.decimal),
            format_func=DECIMALS.__getitem__,
            key=f"{key}_decimal",
        )
    return dates, decimal
