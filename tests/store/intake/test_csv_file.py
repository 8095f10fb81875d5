"""Rules of reading CSV: whatever wrote it, every row arrives, under its own row number."""

import pytest

from alignment.errors import UnreadableFileError

LEADS = "lead_id,created_at,source\nada,2026-07-01,Müller\nbo,2026-07-02,web\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
def test_an_encoding_changes_no_letter(loaded, write, encoding):
    """Excel saves the same table in half a dozen encodings."""
    leads = write("leads.csv", LEADS, encoding)

    assert loaded(leads=leads).values("select source from leads order by lead_id") == ["Müller", "web"]


def test_a_file_of_two_encodings_is_refused_with_the_line(loaded, write):
    """Read by either, a letter would be garbled and one source would become two."""
    leads = write("leads.csv", "lead_id,created_at,source\nada,2026-07-01,Köln\n")
    with leads.open("ab") as file:
        file.write("bob,2026-07-01,Köln\n".encode("latin-1"))
    with pytest.raises(UnreadableFileError, match=r"leads\.csv is UTF-8, but line 3 holds letters"):
        loaded(leads=leads)


def test_windows_signs_outside_latin_1_arrive(loaded, write):
    """The euro sign and curly quotes of Windows-1252 lie where Latin-1 has control codes."""
    leads = write("leads.csv", "lead_id,created_at,source\nada,2026-07-01,“Preis” 5 €\n", "cp1252")

    assert loaded(leads=leads).values("select source from leads") == ["“Preis” 5 €"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(loaded, write, mark):
    """A German Excel writes semicolons, and a comma inside a value is then no delimiter."""
    text = LEADS.replace(",", mark).replace("web", "web, mobile" if mark != "," else "web")

    assert loaded(leads=write("leads.csv", text)).columns("leads") == ["lead_id", "created_at", "source"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_line_ending_is_part_of_no_value(loaded, write, newline):
    """Files of Windows and of old Macs read the same."""
    leads = write("leads.csv", LEADS.replace("\n", newline))

    assert loaded(leads=leads).values("select source from leads order by lead_id") == ["Müller", "web"]


def test_a_newline_in_quotes_is_part_of_the_value(loaded):
    """An address in one cell may run over several lines."""
    lead = loaded(leads='lead_id,created_at,note\nada,2026-07-01,"line one\nline ""two"""\n')

    assert lead.values("select note from leads") == ['line one\nline "two"']


def test_a_row_with_too_few_values_is_set_aside(loaded):
    """Which value is missing can't be known, so none is guessed."""
    leads = loaded(
        leads="""
            lead_id,created_at,source
            ada,2026-07-01,web
            bo,2026-07-02
            """
    )

    assert leads.rows("select row_number, value, reason from set_aside") == [
        (3, "bo,2026-07-02", "it has 2 values where the header has 3")
    ]


def test_a_row_with_too_many_values_is_set_aside(loaded):
    """An unquoted comma shifts every value after it."""
    leads = loaded(leads="lead_id,created_at,source\nada,2026-07-01,web\nbo,2026-07-02,web,mobile\n")

    assert leads.receipt.tables[0].set_aside == {"a wrong number of values": 1}


def test_trailing_commas_in_the_rows_alone_are_harmless(loaded):
    """Some exports end each row, not the header, with a comma."""
    leads = loaded(leads="lead_id,created_at,source\nada,2026-07-01,web,\nbo,2026-07-02,mail,\n")

    assert leads.values("select source from leads order by lead_id") == ["web", "mail"]


def test_an_unnamed_column_without_values_is_no_column(loaded):
    """A header that ends with a comma has not announced anything."""
    leads = loaded(leads="lead_id,created_at,\nada,2026-07-01,\n")

    assert leads.columns("leads") == ["lead_id", "created_at"]


@pytest.mark.parametrize("blank", ["", "  ", ",,"])
def test_a_blank_row_is_no_row_but_keeps_its_number(loaded, blank):
    """Row 4 of the spreadsheet is row 4 of our list, whatever stands above it."""
    leads = loaded(leads=f"lead_id,created_at,source\nada,2026-07-01,web\n{blank}\nbo,no day,web\n")

    assert (leads.receipt.tables[0].read, leads.values("select row_number from set_aside")) == (2, [4])


def test_blank_lines_before_the_header_are_skipped(loaded):
    """A report's title line was deleted, its line stayed."""
    leads = loaded(leads="\n\nlead_id,created_at\nada,2026-07-01\n".replace("\n\n", " \n\n", 1))

    assert leads.values("select lead_id from leads") == ["ada"]


def test_mixed_line_endings_lose_no_row(loaded, write):
    """Two exports glued together end their lines differently."""
    leads = write("leads.csv", "lead_id,created_at\nada,2026-07-01\r\nbo,2026-07-02\ncy,2026-07-03\r\n")

    assert loaded(leads=leads).receipt.tables[0].loaded == 3


def test_an_inch_mark_inside_a_value_is_a_character(loaded):
    """A quotation mark only opens a value where the value begins."""
    leads = loaded(leads='lead_id,created_at,note\nada,2026-07-01,5" pipe\n')

    assert leads.values("select note from leads") == ['5" pipe']


def test_broken_quotes_set_their_row_aside(loaded):
    """Text after a closing quotation mark belongs nowhere."""
    leads = loaded(leads='lead_id,created_at,note\nada,2026-07-01,fine\nbo,2026-07-02,"x"y\n')

    assert leads.values("select row_number from set_aside") == [3]


def test_a_quote_that_never_closes_is_refused_with_its_row(loaded):
    """It would swallow every row after it."""
    with pytest.raises(UnreadableFileError, match=r"leads.csv, row 3: a quotation mark is opened"):
        loaded(leads='lead_id,created_at,note\nada,2026-07-01,x\nbo,2026-07-02,"open\ncy,2026-07-03,x\n')


def test_two_columns_of_one_name_are_both_kept(loaded):
    """Fivetran's Salesforce export repeats a column."""
    leads = loaded(leads="lead_id,created_at,Active,active\nada,2026-07-01,yes,no\n")

    assert leads.rows('select "Active", "active (2)" from leads') == [(True, False)]


def test_spaces_around_a_value_do_not_count(loaded):
    """` ada` and `ada` are one lead."""
    leads = loaded(leads="lead_id,created_at\n ada\u00a0,2026-07-01\nada,2026-07-01\n")

    assert (leads.receipt.tables[0].loaded, leads.receipt.tables[0].repeats) == (1, 1)


def test_a_file_of_ragged_rows_alone_is_parted_as_its_header_is(loaded):
    """Where most rows are one value, only the names tell the delimiter."""
    leads = loaded(leads="lead_id;created_at;source\na;2026-07-01;web\nx\ny,1\nz\n")

    assert leads.values("select lead_id from leads") == ["a"]
    assert leads.receipt.tables[0].set_aside == {"a wrong number of values": 3}
