"""Rules of columns: the contract's are read as what they are, the others as what all their values are."""

from datetime import datetime

import pytest


def attribute(loaded, *texts, name="extra"):
    """Load leads with this attribute; return its type and values."""
    lines = "".join(f'lead {place},2026-07-01,"{text}"\n' for place, text in enumerate(texts))
    leads = loaded(leads=f"lead_id,created_at,{name}\n{lines}")
    (kind,) = leads.values(f"select data_type from duckdb_columns() where column_name = '{name}'")
    return kind, leads.values(f'select "{name}" from leads order by lead_id')


ATTRIBUTES = (
    (["12", "-3"], "BIGINT", [12, -3]),
    (["12", "3.5"], "DOUBLE", [12.0, 3.5]),
    (["$1,200,000", "$5"], "DOUBLE", [1200000.0, 5.0]),
    (["Yes", "no"], "BOOLEAN", [True, False]),
    (["TRUE", "false"], "BOOLEAN", [True, False]),
    (["2026-07-01", "2026-07-02 10:00"], "TIMESTAMP", [datetime(2026, 7, 1), datetime(2026, 7, 2, 10)]),
    (["0", "1"], "BIGINT", [0, 1]),
    (["007", "12"], "VARCHAR", ["007", "12"]),
    (["+49 30 1234", "$5"], "VARCHAR", ["+49 30 1234", "$5"]),
    (["12", "a dozen"], "VARCHAR", ["12", "a dozen"]),
    (["1,098", "550"], "VARCHAR", ["1,098", "550"]),
    (["nan", "5"], "BIGINT", [None, 5]),
    (["inf", "5"], "VARCHAR", ["inf", "5"]),
)


@pytest.fixture(scope="module")
def attributes(load_once, tmp_path_factory):
    """Load leads with all these attributes, a column each: every column is read by itself."""
    path = tmp_path_factory.mktemp("drawn") / "leads.csv"
    columns = [f"extra{place}" for place in range(len(ATTRIBUTES))]
    lines = [
        ",".join([f"lead {place},2026-07-01", *(f'"{text}"' for text in texts)])
        for place, texts in enumerate(zip(*(texts for texts, _, _ in ATTRIBUTES), strict=True))
    ]
    path.write_text("\n".join([f"lead_id,created_at,{','.join(columns)}", *lines]) + "\n", encoding="utf-8")
    return load_once(leads=path)


@pytest.mark.parametrize("place", range(len(ATTRIBUTES)), ids=[" ".join(texts) for texts, _, _ in ATTRIBUTES])
def test_an_attribute_is_what_all_its_values_are(attributes, place):
    """One value that doesn't fit makes it text; no row is set aside for an attribute."""
    name, (_texts, kind, values) = f"extra{place}", ATTRIBUTES[place]

    assert attributes.values(f"select data_type from duckdb_columns() where column_name = '{name}'") == [kind]
    assert attributes.values(f'select "{name}" from leads order by lead_id') == values


def test_zero_and_one_are_yes_and_no_where_the_name_asks(loaded):
    """`has_company` is a question, `visits` is a count."""
    assert attribute(loaded, "1", "0", name="has_company") == ("BOOLEAN", [True, False])


@pytest.mark.parametrize("text", ["Yes", "y", "TRUE", "t", "1", "1.0"])
def test_a_flag_of_the_contract_knows_the_words_for_yes(loaded, text):
    """Each CRM has its own."""
    leads = loaded(leads=f"lead_id,converted\nada,{text}\nbo,\n")

    assert leads.values("select is_converted from leads order by lead_id") == [True, None]


def test_a_flag_of_the_contract_that_is_neither_sets_its_row_aside(loaded):
    """`maybe` is not no."""
    leads = loaded(leads="lead_id,converted\nada,no\nbo,maybe\n")

    assert leads.values("select reason from set_aside") == ["converted “maybe” is neither yes nor no"]


@pytest.mark.parametrize("text", ["Select", "N/A", "-", "NULL", "(No value)"])
def test_a_placeholder_is_no_value(loaded, text):
    """A list box that nobody touched says `Select`."""
    leads = loaded(leads=f"lead_id,created_at,source\nada,2026-07-01,{text}\nbo,2026-07-01,unknown\n")

    assert leads.values("select source from leads order by lead_id") == [None, "unknown"]


def test_the_receipt_counts_placeholders(loaded):
    """What was taken for no value is said, so that a wrong guess is seen."""
    leads = loaded(leads="lead_id,created_at,source\nada,2026-07-01,Select\nbo,2026-07-01,web\n")

    assert {column.name: column.placeholders for column in leads.receipt.tables[0].columns}["source"] == 1


def test_a_deal_id_of_zeros_is_no_deal(loaded):
    """Salesforce writes zeros for an empty look-up; read as a key, every lead would look converted."""
    leads = loaded(
        leads="lead_id,created_at,ConvertedOpportunityId\nada,2026-07-01,000000000000000AAA\nbo,2026-07-01,d1\n"
    )

    assert leads.values("select converted_deal_id from leads order by lead_id") == [None, "d1"]


def test_a_column_without_any_value_is_not_there(loaded):
    """A panel then names the column it needs, instead of saying 0 %."""
    leads = loaded(leads="lead_id,created_at,sql_at\nada,2026-07-01,\n")

    assert "sql_at" not in leads.columns("leads")
    assert leads.receipt.tables[0].notes == ("sql_at has no value in any row, so sql_at is not there",)


def test_columns_stand_in_the_order_of_the_contract(loaded):
    """Attributes follow, in the order of the file."""
    leads = loaded(leads="zip,owner,Create Date,Lead ID\n1,bo,2026-07-01,ada\n")

    assert leads.columns("leads") == ["lead_id", "created_at", "owner", "zip"]


def test_an_attribute_never_takes_a_name_of_the_contract(loaded):
    """HubSpot's leads have a lifecycle stage and may have a column `Stage` of their own."""
    leads = loaded(
        leads="lead_id,created_at,amount,Lifecycle Stage,campaign,Campaign\na,2026-07-01,1,lead,x,y\n"
    )

    assert leads.columns("leads")[-2:] == ["amount", "Campaign (2)"]


@pytest.mark.parametrize(
    "name",
    [
        '"; drop table leads; --',
        "<img src=x onerror=alert(1)>",
        "../../x",
        "🙂 الاسم",
        "a'b",
        "c0",
        "row_number",
        "{x}",
        "%s",
    ],
)
def test_a_hostile_column_name_is_a_name(loaded, write, name):
    """Names are data: kept as they are written, never run."""
    quoted = name.replace('"', '""')
    leads = loaded(leads=write("leads.csv", f'lead_id,created_at,"{quoted}"\nada,2026-07-01,x\n'))

    assert leads.columns("leads") == ["lead_id", "created_at", name]
    assert leads.values(f'select "{quoted}" from leads') == ["x"]


def test_a_hostile_value_is_a_value(loaded):
    """So are cells."""
    hostile = "'); drop table target.leads; --"

    assert loaded(leads=f"lead_id,created_at\n{hostile},2026-07-01\n").values(
        "select lead_id from leads"
    ) == [hostile]


def test_a_wide_export_loads(loaded):
    """A CRM with six hundred fields of its own is not rare."""
    names = [f"a{place}" for place in range(598)]
    leads = loaded(leads=f"lead_id,created_at,{','.join(names)}\nada,2026-07-01{',x' * 598}\n")

    assert len(leads.columns("leads")) == 600


def test_a_percentage_is_the_number_that_is_written(loaded):
    """45 %, not 0.45; the receipt says so."""
    assert attribute(loaded, "45%", "7.5 %") == ("DOUBLE", [45.0, 7.5])


@pytest.mark.parametrize("texts", [["45%", "0.45"], ["$5", "€5"], ["$5", "5"], ["N", "N"]])
def test_an_attribute_that_reads_two_ways_stays_text(loaded, texts):
    """Percentages beside shares, dollars beside euros, a letter that may be a code."""
    assert attribute(loaded, *texts) == ("VARCHAR", texts)


def test_y_and_n_are_yes_and_no(loaded):
    """Where both stand there."""
    assert attribute(loaded, "Y", "n") == ("BOOLEAN", [True, False])


def note_of(loaded, *texts, name="extra"):
    """Load leads with this attribute; return what the receipt says about it."""
    lines = "".join(f'lead {place},2026-07-01,"{text}"\n' for place, text in enumerate(texts))
    leads = loaded(leads=f"lead_id,created_at,{name}\n{lines}")
    return leads.receipt.tables[0].columns[-1].note


@pytest.mark.parametrize(
    ("name", "texts", "note"),
    [
        ("employees", ["10-May", "11-50"], "1 values such as “10-May” were ranges until a spreadsheet took"),
        ("account", ["1.23E+15", "7"], "1 values such as “1.23E+15” were shortened by a spreadsheet"),
        ("zip", ["10115", "20095", "4109"], "1 values such as “4109” are one digit short"),
        ("extra", ["Select", "web"], "read as no value: “Select” in 1 rows"),
    ],
)
def test_the_receipt_tells_of_damage_and_placeholders(loaded, name, texts, note):
    """What can't be undone here can be exported again."""
    assert note in note_of(loaded, *texts, name=name)


@pytest.mark.parametrize(
    "text", ["1900-01-01", "01/01/1900", "1970-01-01T00:00:00Z", "12/31/9999", "0000-00-00", "0"]
)
def test_the_days_of_empty_databases_are_no_dates(loaded, text):
    """No lead was called in 1900."""
    leads = loaded(leads=f"lead_id,created_at,sql_at\nada,2026-07-01,{text}\nbo,2026-07-01,2026-07-05\n")

    assert leads.values("select sql_at::date::varchar from leads order by lead_id") == [None, "2026-07-05"]


def test_a_key_of_zeros_names_no_lead(loaded):
    """Some systems write 0 where a deal has no lead."""
    deals = loaded(deals="deal_id,created_at,lead_id\na,2026-07-01,0\nb,2026-07-01,7\n")

    assert deals.values("select lead_id from deals order by deal_id") == [None, "7"]
