"""Values that were broken before they came here: a file is refused or loaded with exactly this sentence."""

import pytest

from alignment.domain.refusal import Refusal
from alignment.store.intake import Sources, load

# The table is named by the file: leads… or deals…
BROKEN = {
    "days that read two ways": (
        "leads.csv",
        "lead_id,created_at\nada,3/4/2026\nbo,5/6/2026\n",
        (
            "leads.csv, created_at: “3/4/2026” may be day first or month first, and nothing "
            "in the column tells. Say which it is: --dates dmy (day first) or --dates mdy "
            "(month first)."
        ),
    ),
    "day first and month first in one column": (
        "leads.csv",
        "lead_id,created_at\nada,25/12/2025\nbo,12/25/2025\n",
        (
            "leads.csv, created_at: 1 of 2 dates can only be read day first and 1 only month "
            "first. Say which it is: --dates dmy (day first) or --dates mdy (month first)."
        ),
    ),
    "points and slashes in one column": (
        "leads.csv",
        "lead_id,created_at\nada,25.12.2025\nbo,3/4/2026\n",
        (
            "leads.csv, created_at: the dates are written in more than one way, and 1 with "
            "“.” prove day first, 1 with “/” prove nothing. Say which it is: --dates dmy "
            "(day first) or --dates mdy (month first)."
        ),
    ),
    "a year of two digits that may stand first": (
        "leads.csv",
        "lead_id,created_at\nada,26/07/05\n",
        (
            "leads.csv, created_at: “26/07/05” may begin with its day or with its year. Say "
            "which it is: --dates dmy (day first), --dates mdy (month first) or --dates iso "
            "(year first)."
        ),
    ),
    "days that a spreadsheet turned": (
        "leads.csv",
        "lead_id,created_at\nada,25/12/2025\nbo,2026-03-04\n",
        (
            "leads.csv, created_at: 1 dates such as “2026-03-04” have no day after the 12th, "
            "all others have: a spreadsheet has taken day and month of these for each other. "
            "Export the column again without opening it in a spreadsheet; if they are right, "
            "say so: --dates dmy."
        ),
    ),
    "the day between year and month": (
        "leads.csv",
        "lead_id,created_at\nada,2026-25-12\nbo,2026-01-07\ncy,2026-30-07\n",
        (
            "leads.csv, created_at: 2 of 3 dates such as “2026-25-12” can only be read as year, day, month. "
            "Export the column as year, month, day, and import again."
        ),
    ),
    "a day that does not exist": (
        "leads.csv",
        "lead_id,created_at\nada,2026-02-28\nbo,2026-02-30\n",
        ("leads from leads.csv: 2 rows read, 1 loaded, 1 set aside (1 with no date in created_at)."),
    ),
    "nothing but days of 1900": (
        "leads.csv",
        "lead_id,created_at\nada,1900-01-01\nbo,1900-01-01\n",
        (
            "leads.csv: created_at has no value in any row, and leads need created_at or "
            "is_converted. Export the column with its values, or map another one."
        ),
    ),
    "one day of 1900": (
        "leads.csv",
        "lead_id,created_at\nada,1900-01-01\nbo,2026-07-01\n",
        (
            "leads from leads.csv: 2 rows read, 2 loaded, none set aside.\nleads.csv, "
            "created_at: read as no value: “1900-01-01” in 1 rows."
        ),
    ),
    "a thousand or one": (
        "deals.csv",
        "deal_id,created_at,amount\na,2026-07-01,1.098\nb,2026-07-01,550\n",
        (
            "deals.csv, amount: “1.098” may be 1098, or a number with three decimals. Write "
            'decimal = "." or decimal = "," for the table in the mapping.'
        ),
    ),
    "a thousand or one, between semicolons": (
        "deals.csv",
        "deal_id;created_at;amount\na;2026-07-01;1,098\nb;2026-07-01;550\n",
        (
            "deals.csv, amount: “1,098” may be 1098, or a number with three decimals. Write "
            'decimal = "." or decimal = "," for the table in the mapping.'
        ),
    ),
    "two decimal marks": (
        "deals.csv",
        'deal_id,created_at,amount\na,2026-07-01,"1,234.50"\nb,2026-07-01,"1.234,50"\n',
        (
            "deals.csv, amount: “1,234.50” has a decimal point and “1.234,50” a decimal "
            "comma. Write all of them one way and import again."
        ),
    ),
    "digits with a gap": (
        "deals.csv",
        "deal_id,created_at,amount\na,2026-07-01,5.00\nb,2026-07-01,12 34\n",
        ("deals from deals.csv: 2 rows read, 1 loaded, 1 set aside (1 with no amount in amount)."),
    ),
    "an amount in percent": (
        "deals.csv",
        "deal_id,created_at,amount\na,2026-07-01,5.00\nb,2026-07-01,45%\n",
        ("deals from deals.csv: 2 rows read, 1 loaded, 1 set aside (1 with no amount in amount)."),
    ),
    "marks on some amounts only": (
        "deals.csv",
        "deal_id,created_at,amount\na,2026-07-01,$5.00\nb,2026-07-01,12.00\n",
        (
            "deals.csv, amount: 1 amounts have no currency beside them, others are in USD. "
            'Map a column to currency, or say it for all rows: currency = "USD" under '
            "[deals.constants]."
        ),
    ),
    "amounts of three currencies": (
        "deals.csv",
        "deal_id,created_at,amount\na,2026-07-01,$5.00\nb,2026-07-01,€7.00\nc,2026-07-01,₹9.00\n",
        (
            "deals from deals.csv: 3 rows read, 3 loaded, none set aside.\ndeals.csv, amount: "
            "the currency comes from the marks beside the amounts."
        ),
    ),
    "a mark that contradicts its currency": (
        "deals.csv",
        "deal_id,created_at,amount,currency\na,2026-07-01,$5.00,USD\nb,2026-07-01,$6.00,EUR\n",
        (
            "deals from deals.csv: 2 rows read, 1 loaded, 1 set aside (1 with no amount in "
            "the currency of its row in amount)."
        ),
    ),
    "a flag that is neither": (
        "leads.csv",
        "lead_id,converted\nada,yes\nbo,maybe\n",
        (
            "leads from leads.csv: 2 rows read, 1 loaded, 1 set aside (1 with neither yes "
            "nor no in is_converted)."
        ),
    ),
    "ranges that became dates": (
        "leads.csv",
        "lead_id,created_at,employees\nada,2026-07-01,10-May\nbo,2026-07-01,11-50\n",
        (
            "leads from leads.csv: 2 rows read, 2 loaded, none set aside.\nleads.csv, "
            "employees: 1 values such as “10-May” were ranges until a spreadsheet took them "
            "for dates."
        ),
    ),
    "ids that lost their last digits": (
        "leads.csv",
        "lead_id,created_at\n1.23E+15,2026-07-01\nbo,2026-07-02\n",
        (
            "leads from leads.csv: 2 rows read, 2 loaded, none set aside.\nleads.csv, "
            "lead_id: 1 values such as “1.23E+15” were shortened by a spreadsheet, their "
            "last digits are lost."
        ),
    ),
    "postcodes without their zero": (
        "leads.csv",
        "lead_id,created_at,zip\nada,2026-07-01,10115\nbo,2026-07-01,20095\ncy,2026-07-01,4109\n",
        (
            "leads from leads.csv: 3 rows read, 3 loaded, none set aside.\nleads.csv, zip: 1 "
            "values such as “4109” are one digit short: a spreadsheet may have dropped their "
            "first zero."
        ),
    ),
    "leads deleted in the CRM": (
        "leads.csv",
        "Id,CreatedDate,IsDeleted\nada,2026-07-01,0\nbo,2026-07-01,1\n",
        ("leads from leads.csv: 2 rows read, 1 loaded, 1 set aside (1 with a deletion in the CRM)."),
    ),
    "a product in two spellings": (
        "leads.csv",
        "lead_id,created_at,product\nada,2026-07-01,GTXPro\nbo,2026-07-01,GTXPro\ncy,2026-07-01,GTX Pro\n",
        (
            "leads from leads.csv: 3 rows read, 3 loaded, none set aside.\nleads, product: "
            "“GTXPro” (2 rows), “GTX Pro” (1 rows) look like one value. To merge them, "
            'write:\n  [leads.merge."product"]\n  "GTX Pro" = "GTXPro"'
        ),
    ),
    "a lead key of zeros": (
        "deals.csv",
        "deal_id,created_at,lead_id\na,2026-07-01,000000000000000\nb,2026-07-01,7\n",
        (
            "deals from deals.csv: 2 rows read, 2 loaded, none set aside.\ndeals.csv, "
            "lead_id: read as no value: “000000000000000” in 1 rows."
        ),
    ),
}


@pytest.mark.parametrize(("file", "content", "sentence"), BROKEN.values(), ids=list(BROKEN))
def test_broken_values_are_asked_reported_or_set_aside_in_these_words(tmp_path, file, content, sentence):
    """A wrong value read silently is worse than a refusal."""
    path = tmp_path / file
    path.write_text(content, encoding="utf-8")

    try:
        said = str(load(Sources(**{file[:5]: path}), tmp_path / "accord.duckdb"))
    except Refusal as refusal:
        said = str(refusal)

    assert said == sentence
