"""A column written in any locale reads back the same or ends in a question; no row is ever lost."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.domain.refusal import Refusal
from alignment.errors import UndecidedError
from alignment.store.intake import Sources, load
from tests import engine

BRIEFLY = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def written_and_loaded(table, lines, query):
    """Load a file of these lines; return the receipt of its table and the rows of the query."""
    with TemporaryDirectory() as folder:
        path, into = Path(folder) / f"{table}.csv", Path(folder) / "accord.duckdb"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        receipt = load(Sources(**{table: path}), into)
        return receipt.tables[0], engine.rows(into, query)


def indian(amount):
    """Write 1234567.5 as 12,34,567.50."""
    whole, cents = f"{abs(amount):.2f}".split(".")
    head, groups = whole[:-3], [whole[-3:]]
    while head:
        head, groups = head[:-2], [head[-2:], *groups]
    return f"{'-' if amount < 0 else ''}{','.join(groups)}.{cents}"


def german(amount):
    """Write 1234.5 as 1.234,50."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


AMOUNTS = {
    "plain": lambda amount: f"{amount:.2f}",
    "whole": lambda amount: f"{amount:,.0f}",
    "english": lambda amount: f"{amount:,.2f}",
    "german": german,
    "german without cents": lambda amount: f"{amount:,.0f}".replace(",", "."),
    "swiss": lambda amount: f"{amount:,.2f}".replace(",", "'"),
    "french": lambda amount: german(amount).replace(".", "\u202f"),
    "indian": indian,
    "dollar": lambda amount: f"${amount:,.2f}".replace("$-", "-$"),
    "euro": lambda amount: f"{german(amount)} €",
    "real": lambda amount: f"R$ {german(amount)}",
    "rupee": lambda amount: f"₹{indian(amount)}",
    "code": lambda amount: f"{amount:,.2f} CHF",
    "brackets": lambda amount: f"({-amount:,.2f})" if amount < 0 else f"{amount:,.2f}",
}
CENTS = st.integers(-10_000_000, 1_000_000_000).map(lambda cents: Decimal(cents) / 100)


@pytest.mark.parametrize("locale", AMOUNTS)
@BRIEFLY
@given(drawn=st.lists(CENTS, min_size=1, max_size=8))
def test_amounts_read_back_the_same_or_are_asked(locale, drawn):
    """A thousand must never become one, nor a credit a sale."""
    amounts = [
        amount.quantize(Decimal(1)) if "cents" in locale or locale == "whole" else amount for amount in drawn
    ]
    lines = [f'd{place},2026-07-01,"{AMOUNTS[locale](amount)}"' for place, amount in enumerate(amounts)]

    try:
        table, rows = written_and_loaded(
            "deals", ["deal_id,created_at,amount", *lines], "select amount from deals order by deal_id"
        )
    except UndecidedError:
        return

    assert [amount for (amount,) in rows] == amounts
    assert table.loaded == len(amounts)


DATES = [
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%m-%d-%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%y/%m/%d",
    "%y-%m-%d",
]
DATES += ["%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d %b %Y", "%B %d, %Y", "%Y%m%d", "%Y/%m/%d %H:%M:%S"]
DAYS = st.datetimes(datetime(2001, 1, 1), datetime(2031, 12, 31)).map(
    lambda at: at.replace(hour=at.hour, second=0, microsecond=0)
)


@pytest.mark.parametrize("form", DATES)
@BRIEFLY
@given(drawn=st.lists(DAYS, min_size=1, max_size=8))
def test_dates_read_back_the_same_or_are_asked(form, drawn):
    """On one real export read month first, a third of the dates were wrong and nothing complained."""
    days = drawn if "%M" in form else [datetime.combine(at, datetime.min.time()) for at in drawn]
    lines = [f'd{place},"{at.strftime(form)}"' for place, at in enumerate(days)]

    try:
        table, rows = written_and_loaded(
            "leads", ["lead_id,created_at", *lines], "select created_at from leads order by lead_id"
        )
    except UndecidedError:
        return

    assert [at for (at,) in rows] == days
    assert table.loaded == len(days)


@BRIEFLY
@given(day=st.dates(date(2001, 1, 1), date(2031, 12, 31)), others=st.lists(DAYS, min_size=1, max_size=6))
def test_dates_that_a_spreadsheet_turned_are_never_read(day, others):
    """Day first opened month first: what it could read is turned, what it couldn't stays a text."""
    day = day.replace(day=13 + day.day % 12)
    turned = [at.replace(day=1 + at.day % 12).strftime("%Y-%d-%m") for at in others]
    lines = [f"d{place},{text}" for place, text in enumerate([day.strftime("%d/%m/%Y"), *turned])]

    with pytest.raises(UndecidedError, match="a spreadsheet has taken day and month"):
        written_and_loaded("leads", ["lead_id,created_at", *lines], "select 1")


MESS = st.tuples(
    st.sampled_from(["a", "b", "c", "d", "", "e", "=f()", "00"]),
    st.sampled_from(["2026-07-01", "2026-02-30", "yesterday", "", "1900-01-01", "13/07/2026"]),
    st.sampled_from(["1.50", "$2.00", "€3.00", "N/A", "(4)", "a lot", "5,00.0"]),
    st.sampled_from(["", ",", ",one too many"]),
)


@settings(max_examples=20, deadline=None)
@given(mess=st.lists(MESS, min_size=1, max_size=12))
def test_no_row_is_ever_lost(mess):
    """Rows read = loaded + set aside + repeats, whatever the file holds."""
    lines = [f"{key},{day},{amount}{more}" for key, day, amount, more in mess]

    try:
        table, rows = written_and_loaded(
            "deals", ["deal_id,created_at,amount", *lines], "select count(*) from deals"
        )
    except Refusal:
        return

    assert table.read == len(mess)
    assert rows == [(table.loaded,)]
    assert table.loaded + table.rows_set_aside + table.repeats == len(mess)
