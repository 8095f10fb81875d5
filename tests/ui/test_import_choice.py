"""Rules of what people choose on the import page: which table, which column, and what speaks against it."""

from dataclasses import replace

import pytest

from alignment.domain.contract import DEALS, LEADS
from alignment.domain.mapping import Mapping, suggest
from alignment.domain.reading import Reading
from alignment.imports import Preview, PreviewColumn
from alignment.ui.intake import choice, upload, words
from alignment.ui.intake import saved as saved_mapping
from alignment.ui.intake.choice import Chosen


def preview(*headers, file="file.csv", table=LEADS):
    """Return what a person sees of a file with these headers."""
    return Preview(file, tuple(PreviewColumn(name, ()) for name in headers), suggest(table, headers))


def chosen(*headers, file="file.csv", table=LEADS):
    """Return such a file as it would be loaded if nobody touched anything."""
    found = preview(*headers, file=file, table=table)
    return Chosen(found, found.mapping)


def test_what_is_suggested_can_be_loaded_untouched():
    """The usual export should need one press."""
    assert choice.problems([chosen("lead_id", "created_at", "source")]) == []


def test_a_column_chosen_for_two_columns_is_said_with_both():
    """Which of the two would win is nobody's guess."""
    start = suggest(LEADS, ("lead_id", "created_at", "first seen"))

    mapping = choice.with_columns(
        start, {"lead_id": "lead_id", "created_at": "created_at", "first seen": "created_at"}, []
    )

    assert choice.doubles(mapping) == [
        "created_at is chosen for “created_at” and for “first seen”. Keep it for one of them."
    ]


def test_what_a_table_needs_and_has_not_is_named():
    """Not "invalid mapping": the column, and what it means."""
    (sentence,) = choice.problems([chosen("name", "created_at")])

    assert sentence.startswith("file.csv: leads need lead_id (the lead's key).")


def test_two_files_of_one_table_need_the_same_columns():
    """A column of one month alone would be empty in the other; it is said before the load."""
    first = chosen("lead_id", "created_at", file="a.csv")
    second = chosen("lead_id", "created_at", "source", file="b.csv")

    (sentence,) = choice.problems([first, second])

    assert sentence.startswith("a.csv and b.csv are both given as leads, but have other columns.")


def test_two_files_of_the_same_columns_are_one_table():
    """Exports come by the month; the order of their columns doesn't matter."""
    first = chosen("lead_id", "created_at", file="a.csv")
    second = chosen("created_at", "lead_id", file="b.csv")

    assert choice.problems([first, second]) == []


def test_two_files_of_one_table_are_opened_alike():
    """One sheet and one row of names are kept with the mapping of a table."""
    first = chosen("lead_id", "created_at", file="a.csv")

    (sentence,) = choice.problems([first, replace(first, said=Reading(header=2))])

    assert "opened differently" in sentence
    assert choice.problems([first, replace(first, said=Reading(sheet="July"))]) == []


def test_a_load_without_leads_and_deals_is_no_load():
    """Spend alone answers nothing."""
    (sentence,) = choice.problems([chosen("month_on", "amount", table=choice.TABLES["spend"])])

    assert "leads, of deals, or both" in sentence


def test_a_column_taken_away_becomes_an_attribute_again():
    """What is not mapped is not lost."""
    start = suggest(LEADS, ("lead_id", "created_at", "source"))

    mapping = choice.with_columns(
        start, {"lead_id": "lead_id", "created_at": "created_at", "source": None}, []
    )

    assert mapping.assignment("source") is None


def test_what_follows_from_a_name_stays_only_where_people_keep_it():
    """A file keyed by mql_id suggests that each lead is an MQL; only they know whether it is so."""
    start = suggest(LEADS, ("mql_id", "first_contact_date"))
    columns = {"mql_id": "lead_id", "first_contact_date": "created_at"}

    assert choice.with_columns(start, columns, ["mql_at"]).assignment("mql_at")
    assert choice.with_columns(start, columns, []).assignment("mql_at") is None


def test_a_saved_mapping_is_offered_when_all_its_columns_are_there():
    """The same export a month later needs no second thought."""
    saved = Mapping((suggest(DEALS, ("deal_id", "closed_at")),))

    assert choice.likely_table(preview("deal_id", "closed_at", "extra"), saved) == "deals"
    assert saved_mapping.known_for(("deal_id", "close date"), saved) is None


def test_a_saved_mapping_of_leads_makes_no_leads_of_deals():
    """Deals hold the lead's key and a day too; their own columns say what they are."""
    saved = Mapping((suggest(LEADS, ("lead_id", "created_at")),))
    deals = preview("deal_id", "lead_id", "created_at", "amount", table=DEALS)

    assert choice.likely_table(deals, saved) == "deals"


def test_a_file_that_fits_no_table_is_left_out_unless_somebody_says_otherwise():
    """A list of products is no list of leads, however many columns it shares."""
    assert choice.likely_table(preview("product", "series", "sales_price"), None) is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/leads.csv", "leads.csv"),
        ("C:\\Users\\ada\\leads.csv", "leads.csv"),
        ("leads\0.csv", "leads.csv"),
        ("..", "file"),
        ("", "file"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_an_uploaded_name_is_a_name_and_no_path(name, kept):
    """A file is written into its own folder, whatever it is called."""
    assert upload.safe_name(name) == kept


def test_a_label_that_is_read_out_holds_no_markup():
    """A screen reader reads the name; nothing draws it."""
    assert words.spoken("![x](http://evil/p.png) created_at") == "x http evil p.png created_at"
