"""Rules of an export that comes again: its mapping, how it was opened, and what is otherwise this time."""

from alignment.domain.contract import LEADS
from alignment.domain.mapping import Assignment, Mapping, suggest
from alignment.domain.reading import Reading
from alignment.imports import Preview, PreviewColumn, look_at
from alignment.ui.intake import choice, saved, words

NAMES = ("Kundennummer", "created_at", "source", "Industry")


def preview(*headers):
    """Return what a person sees of a file of leads with these headers."""
    return Preview("leads.csv", tuple(PreviewColumn(name, ()) for name in headers), suggest(LEADS, headers))


def known(**columns):
    """Return a saved mapping of leads: our column = theirs."""
    mapping = suggest(LEADS, ())
    for column, origin in columns.items():
        mapping = mapping.with_assignment(Assignment(column, origin))
    return Mapping((mapping,))


OURS = known(lead_id="Kundennummer", created_at="created_at", source="source")


def test_a_column_that_was_renamed_loses_its_place_and_the_others_keep_theirs():
    """One name of thirty is no reason to map all of them again."""
    mapping = choice.start_from(preview("Kundennr", "created_at", "source"), "leads", OURS)

    assert mapping.assignment("lead_id") is None
    assert mapping.assignment("source").origin == "source"


def test_what_was_lost_is_suggested_anew_where_a_name_tells_it():
    """The export now says lead_id itself."""
    mapping = choice.start_from(preview("lead_id", "created_at", "source"), "leads", OURS)

    assert mapping.assignment("lead_id").origin == "lead_id"


def test_what_nobody_wanted_mapped_stays_unmapped():
    """A saved mapping without owner was made by somebody who saw the owner."""
    mapping = choice.start_from(preview("Kundennummer", "created_at", "source", "owner"), "leads", OURS)

    assert mapping.assignment("owner") is None


def test_the_differences_name_what_is_gone_and_what_is_new():
    """An attribute that disappears takes its criterion along."""
    found = saved.differences(
        OURS.tables[0], preview("Kundennr", "created_at", "source", "Branche"), before=NAMES
    )

    assert found == [
        "gone: “Kundennummer” (our lead_id), “Industry”",
        "new: “Kundennr”, “Branche”",
    ]


def test_the_same_shape_has_no_differences():
    """Then there is nothing to say."""
    assert saved.differences(OURS.tables[0], preview(*NAMES), before=NAMES) == []


def test_a_mapping_of_another_file_is_not_this_file_s():
    """Less than half of its columns: it was made for something else."""
    assert saved.nearest(("created_at", "amount"), OURS) is None


def test_a_file_that_only_its_values_explain_is_mapped_and_said_to_be_so(tmp_path):
    """A German export has no name that we know; whoever loads it should see why it looks as it does."""
    leads = tmp_path / "kontakte.csv"
    leads.write_text("Kundennummer,angelegt\nk1,2026-07-01\nk2,2026-07-01\n", encoding="utf-8")
    found = look_at([(leads, Reading())])[0]

    mapping = choice.start_from(found, "leads", None)

    assert {given.column: given.origin for given in mapping.assignments} == {
        "lead_id": "Kundennummer",
        "created_at": "angelegt",
    }
    assert words.why_table(None, choice.table_by_values(found)).endswith("by its values it may be leads.")
