"""Rules of values that may stand for none: found in whole columns, told, and loaded as they are."""

from dataclasses import replace

from alignment.domain.contract import LEADS
from alignment.domain.mapping import DateOrder, Mapping, suggest

HEADER = "lead_id,created_at,mql_at,industry\n"


def leads(day, industry, count=12):
    """Draw leads of which every third has another day and industry than these."""
    rows = [
        (f"2026-07-{place + 1:02}", "Bank") if place % 3 == 0 else (day, industry) for place in range(count)
    ]
    return HEADER + "".join(f"l{place},2026-07-01,{at},{text}\n" for place, (at, text) in enumerate(rows))


def proposed(found):
    """Return what the receipt proposes: text, column, rows."""
    return [(one.text, *one.places[0]) for one in found.receipt.tables[0].lookalikes]


def test_a_word_for_nothing_is_proposed_and_loaded_as_it_is(loaded):
    """Nothing is taken for no value unasked."""
    found = loaded(leads=leads("2026-07-09", "Not specified"))

    assert proposed(found) == [("Not specified", "industry", 8)]
    assert "Not specified" in found.values("select industry from leads")


def test_a_day_far_from_all_others_on_which_many_rows_lie_is_proposed(loaded):
    """A system that needs a date and has none writes the day it began with."""
    assert proposed(loaded(leads=leads("1/1/2001", "Bank"), dates=DateOrder.MDY)) == [
        ("1/1/2001", "mql_at", 8)
    ]


def test_a_day_among_the_others_is_a_busy_day(loaded):
    """A trade fair brings hundreds of leads at once."""
    assert proposed(loaded(leads=leads("2026-07-20", "Bank"))) == []


def test_once_said_it_is_read_as_no_value(loaded):
    """In words and in days."""
    drawn = leads("2001-01-01", "Not specified")
    mapping = replace(
        Mapping((suggest(LEADS, ("lead_id", "created_at", "mql_at", "industry")),)),
        placeholders=("Not specified", "2001-01-01"),
    )

    found = loaded(leads=drawn, mapping=mapping)

    assert found.rows("select count(mql_at), count(industry) from leads") == [(4, 4)]
    assert proposed(found) == []


def test_such_a_day_of_an_attribute_is_proposed_too(loaded):
    """Attributes have no reading of their own, their days are as empty."""
    drawn = leads("2001-01-01", "Bank").replace("mql_at", "renewal")

    assert proposed(loaded(leads=drawn)) == [("2001-01-01", "renewal", 8)]
