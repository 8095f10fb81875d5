"""Rules of suggestions by content: a column whose name tells nothing is offered for what stands in it."""

import pytest

from alignment.store.intake import preview


def offered(write, text):
    """Return what the values of a file tell, by our columns."""
    found = preview(write("drawn.csv", text))
    return {given.column: given.origin for given in found.by_content(found.mapping)}


LEADS = """
    Kundennummer,angelegt,Kanal,Lead Status
    k1,2026-07-01,google,Neu
    k2,2026-07-01,facebook,Neu
    k3,2026-07-02,google,Alt
    """


def test_a_key_a_day_and_a_channel_are_known_by_their_values(write):
    """Every row its own, a day in each, words that name channels."""
    assert offered(write, LEADS) == {"lead_id": "Kundennummer", "created_at": "angelegt", "source": "Kanal"}


def test_of_two_columns_of_days_none_is_offered(write):
    """Which of the two is the creation, nobody can tell from days; people can."""
    assert "created_at" not in offered(
        write,
        LEADS.replace("angelegt", "angelegt,geändert")
        .replace("2026-07-01,", "2026-07-01,2026-07-03,")
        .replace("2026-07-02,", "2026-07-02,2026-07-03,"),
    )


def test_a_value_that_repeats_is_no_key(write):
    """Two rows would be one lead."""
    assert "lead_id" not in offered(write, LEADS.replace("k3", "k1"))


def test_of_many_rows_a_few_may_be_faulty(write):
    """A real export repeats a row and has a day that is none."""
    rows = [f"k{place},2026-07-{place % 28 + 1:02}" for place in range(100)]

    assert offered(write, "\n".join(["Nummer,Tag", *rows, "k1,2026-07-09", "k200,gestern", ""])) == {
        "lead_id": "Nummer",
        "created_at": "Tag",
    }


def test_deals_are_known_by_their_outcomes_amounts_and_currencies(write):
    """Some won, some lost; a mark beside each amount; codes of ISO 4217."""
    drawn = """
        Deal Stage,Vorgang,Betrag,Geld,Ende
        offen,v1,€10,EUR,won
        offen,v2,€20,EUR,lost
        neu,v3,€30,USD,won
        """

    assert offered(write, drawn) == {"deal_id": "Vorgang", "amount": "Betrag", "currency": "Geld"}


@pytest.mark.parametrize("names", ["lead_id,created_at,source"])
def test_what_the_names_told_is_left_alone(write, names):
    """A name that we know is better evidence than any value."""
    assert offered(write, f"{names}\nk1,2026-07-01,google\nk2,2026-07-01,facebook\n") == {}
