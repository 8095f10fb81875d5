"""Rules of the header and of rows that are no data: found by evidence, said, never guessed."""

import pytest

from alignment.domain.mapping import Assignment, Mapping, TableMapping
from alignment.domain.reading import NO_HEADER, Reading
from alignment.errors import HeaderQuestionError, UnreadableFileError

BY_PLACE = Mapping(
    (TableMapping("leads", (Assignment("lead_id", "column_1"), Assignment("created_at", "column_2"))),)
)


def test_a_file_without_header_is_loaded_once_it_is_said(loaded):
    """Its columns are named by their place, and its first row is data."""
    mapping = BY_PLACE.with_reading("leads", Reading(header=NO_HEADER))

    leads = loaded(leads="ada,2026-07-01,web\nbo,2026-07-02,mail\n", mapping=mapping)

    assert leads.rows("select lead_id, column_3 from leads order by 1") == [("ada", "web"), ("bo", "mail")]


def test_the_first_row_of_a_file_without_header_is_row_1(loaded):
    """The number is that of the spreadsheet."""
    mapping = BY_PLACE.with_reading("leads", Reading(header=NO_HEADER))

    assert loaded(leads="ada,soon\nbo,2026-07-02\n", mapping=mapping).values(
        "select row_number from set_aside"
    ) == [1]


def test_a_header_that_looks_like_data_is_taken_when_it_is_said(loaded):
    """A pivot names its columns by years."""
    mapping = Mapping(
        (TableMapping("leads", (Assignment("lead_id", "who"), Assignment("created_at", "2026"))),)
    ).with_reading("leads", Reading(header=1))

    assert loaded(leads="who,2026\nada,2026-07-01\n", mapping=mapping).values(
        "select lead_id from leads"
    ) == ["ada"]


def test_names_that_we_know_are_a_header_whatever_stands_beside_them(loaded):
    """Two of them in one row are no chance."""
    leads = loaded(leads="lead_id,created_at,2026\nada,2026-07-01,7\n")

    assert leads.columns("leads")[-1] == "2026"


def test_a_row_that_is_said_and_not_there_is_refused(loaded):
    """Row 9 of a file of two rows."""
    with pytest.raises(UnreadableFileError, match=r"leads\.csv has no names in row 9\. Say another row\."):
        loaded(
            leads="lead_id,created_at\nada,2026-07-01\n",
            mapping=Mapping().with_reading("leads", Reading(header=9)),
        )


def test_a_file_of_addresses_without_header_is_asked_about(loaded):
    """`ada@x.org` is nobody's name of a column."""
    with pytest.raises(HeaderQuestionError, match="row 1 looks like data"):
        loaded(leads="ada@x.org,web\nbo@x.org,mail\n")


def test_a_title_shifts_no_row_number(loaded):
    """Row 4 of the spreadsheet is row 4 of our list."""
    leads = loaded(leads="All leads of July\nlead_id,created_at,source\nada,2026-07-01,web\nbo,soon,web\n")

    assert leads.values("select row_number from set_aside") == [4]


@pytest.mark.parametrize("row", ["Total,2026-07-03,5", "Total Energies,2026-07-03,5", "Totally,,"])
def test_a_row_that_only_begins_like_a_total_is_data(loaded, row):
    """A customer may be called so; a total has numbers beside it and nothing else."""
    leads = loaded(leads=f"lead_id,created_at,visits\nada,2026-07-01,5\n{row}\nbo,2026-07-02,7\n")

    assert leads.receipt.tables[0].loaded == 3


def test_a_total_is_set_aside_with_its_reason_and_its_cells(loaded):
    """Loaded as a deal it would double the revenue."""
    deals = loaded(deals="deal_id,closed_at,amount\nd1,2026-07-01,10\nTotal:,,$10.00\n")

    assert deals.rows("select row_number, category, reason, cells from set_aside") == [
        (
            3,
            "a total",
            "it sums up other rows",
            '{"deal_id":"Total:","closed_at":null,"amount":"$10.00"}',
        )
    ]


def test_a_last_lead_with_nothing_but_its_key_is_a_lead(loaded):
    """Only words of a footer make a footer."""
    leads = loaded(leads="lead_id,created_at,source\nada,2026-07-01,web\nbo,,\n")

    assert leads.receipt.tables[0].loaded == 2


def test_a_value_equal_to_a_name_is_no_header(loaded):
    """The whole row has to be the header once more."""
    leads = loaded(leads="lead_id,created_at,source\nlead_id,2026-07-01,source\n")

    assert leads.receipt.tables[0].loaded == 1
