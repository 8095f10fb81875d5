"""Figures that others published about public data sets, asked of our own command line, one by one."""

import json
import re
import sys

import pytest

from alignment.__main__ import main
from tests.acceptance.asked import DATA, answered

GOLDEN = DATA / "golden.json"
FILES = {
    "olist": {
        "leads": "olist/olist_marketing_qualified_leads_dataset.csv",
        "deals": "olist/olist_closed_deals_dataset.csv",
    },
    "maven": {"deals": "maven/sales_pipeline.csv"},
}
PUBLISHED_DIGITS = 1e-6
HALF_A_CENT = 0.005
MD5_OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e"
Q4 = ("--start", "2017-10-01", "--end", "2018-01-01")

pytestmark = pytest.mark.skipif(not GOLDEN.exists(), reason="the public data sets are not on this machine")


class Told:
    """What the command line tells about one data set, once it is loaded into `path`."""

    def __init__(self, name, path):
        """Load the data set's files."""
        given = [word for table, file in FILES[name].items() for word in (f"--{table}", str(DATA / file))]
        self.receipt = answered("import", *given, "--into", str(path), "--currency", "USD")
        self.warehouse = ("--warehouse", str(path))

    def loaded(self, table):
        """Return how many rows of a table were loaded."""
        return self._table(table)["loaded"]

    def empty(self, table, column):
        """Return how many cells of a column are empty."""
        return next(there["nulls"] for there in self._table(table)["columns"] if there["name"] == column)

    def won(self, start="lead", within="ever", **by):
        """Return the conversion to won, of all or of the one group named."""
        asked = ("report", "conversion", "--from", start, "--to", "won", "--within", within, *self.warehouse)
        return _row(asked, by)

    def wons(self, by):
        """Return the conversion to won of every group."""
        asked = ("report", "conversion", "--from", "lead", "--to", "won", "--within", "ever", "--by", by)
        return answered(*asked, *self.warehouse)

    def revenue(self, *period, **by):
        """Return the revenue row of all or of the one group named."""
        return _row(("report", "revenue", *period, *self.warehouse), by)

    def revenues(self, by):
        """Return the revenue rows of every group."""
        return answered("report", "revenue", "--by", by, *self.warehouse)

    def share(self, by, prefix):
        """Return the share in won revenue of the groups whose name begins so."""
        parts = sum(row["won_amount"] for row in self.revenues(by) if row["by"][by].startswith(prefix))
        return parts / self.revenue()["won_amount"]

    def _table(self, name):
        return next(table for table in self.receipt["tables"] if table["table"] == name)


def _row(asked, by):
    """Return the one row without a group, or the row of the group named `column=value`."""
    if not by:
        (row,) = answered(*asked)
        return row
    ((column, value),) = by.items()
    return next(row for row in answered(*asked, "--by", column) if row["by"] == {column: value})


def _interval(row):
    return [round(100 * row["low"], 4), round(100 * row["high"], 4)]


CHECKED = {
    "olist": {
        r"leads_total": lambda told: told.won()["denominator"],
        r"mql_total": lambda told: told.won("mql")["denominator"],
        r"deals_won": lambda told: told.revenue()["won_count"],
        r"mql_to_won_pct": lambda told: 100 * told.won("mql")["rate"],
        r"deals_with_lead_match": lambda told: told.won()["numerator"],
        r"last_won_at": lambda told: told.receipt["as_of"].replace("T", " "),
        r"leads\[source=(.+)\]": lambda told, source: told.won(source=source)["denominator"],
        r"mql_to_won_pct\[source=(.+)\]": lambda told, source: 100 * told.won("mql", source=source)["rate"],
        r"leads\[source is null\]": lambda told: told.won(source=None)["denominator"],
        r"mql_to_won_pct\[source is null\]": lambda told: 100 * told.won("mql", source=None)["rate"],
        r"won_before_created": lambda told: told.won()["reversed"],
        r"leads\[created=(.+)\]": lambda told, month: told.won(month=month)["denominator"],
        r"cohort_won_pct\[created=(.+)\]": lambda told, month: 100 * told.won(month=month)["rate"],
        r"deals_won\[closed=(.+)\]": lambda told, month: told.revenue(month=month)["won_count"],
        r"mql_to_won_within_(\d+)d_pct": lambda told, days: 100 * told.won("mql", days)["rate"],
        r"top_segment_deals\[(.+)\]": lambda told, segment: told.revenue(business_segment=segment)[
            "won_count"
        ],
        r"landing_page_md5_of_empty_string": lambda told: told.won(campaign=MD5_OF_NOTHING)["denominator"],
        r"landing_pages_distinct": lambda told: len(told.wons("campaign")),
        r"owners_distinct_sr": lambda told: len(told.revenues("owner")),
        r"mql_to_won_pct_wilson95": lambda told: _interval(told.won("mql")),
        r"mql_to_won_pct_wilson95\[source is null\]": lambda told: _interval(told.won("mql", source=None)),
    },
    "maven": {
        r"deals_total": lambda told: told.loaded("deals"),
        r"deals\[stage=Won\]": lambda told: told.revenue()["won_count"],
        r"deals\[stage=Lost\]": lambda told: told.revenue()["lost_count"],
        r"win_rate_pct": lambda told: 100 * told.revenue()["win_rate"],
        r"won_share_of_all_pct": lambda told: 100 * told.revenue()["won_count"] / told.loaded("deals"),
        r"revenue_won": lambda told: told.revenue()["won_amount"],
        r"avg_won_deal": lambda told: told.revenue()["mean_won_amount"],
        r"revenue\[(2017Q\d)\]": lambda told, quarter: told.revenue(quarter=quarter)["won_amount"],
        r"won\[(2017Q\d)\]": lambda told, quarter: told.revenue(quarter=quarter)["won_count"],
        r"won\[owner=(.+),2017Q4\]": lambda told, owner: told.revenue(*Q4, owner=owner)["won_count"],
        r"revenue\[owner=(.+),2017Q4\]": lambda told, owner: told.revenue(*Q4, owner=owner)["won_amount"],
        r"avg_won_deal\[owner=(.+),2017Q4\]": lambda told, owner: told.revenue(*Q4, owner=owner)[
            "mean_won_amount"
        ],
        r"win_rate_pct\[owner=(.+),2017Q4\]": lambda told, owner: (
            100 * told.revenue(*Q4, owner=owner)["win_rate"]
        ),
        r"win_rate_pct\[owner=([^,]+)\]": lambda told, owner: 100 * told.revenue(owner=owner)["win_rate"],
        r"revenue\[owner=([^,]+)\]": lambda told, owner: told.revenue(owner=owner)["won_amount"],
        r"gtx_share_of_revenue_pct": lambda told: 100 * told.share("product", "GTX"),
        r"mg_special_share_of_revenue_pct": lambda told: 100 * told.share("product", "MG Special"),
        r"days_to_won_median": lambda told: told.revenue()["median_cycle_days"],
        r"deals_without_account": lambda told: told.empty("deals", "account"),
        r"deals_without_created_at": lambda told: told.empty("deals", "created_at"),
    },
}
"""How each published figure is asked for, by the pattern of its name; what is in parentheses is passed on."""

NOT_EXPRESSIBLE = {
    "olist": {
        r"first_created_at|last_created_at|first_won_at": "the reports give no first or last day of a column",
        r"days_mql_to_won_.+": "the reports count who came through within days, not the spread",
        r"declared_revenue_.+": "a seller's own figure, an attribute of the deal; revenue sums amounts only",
    },
    "maven": {
        r"deals\[stage=(Engaging|Prospecting)\]": "open deals are the pipeline's, which no report gives",
        r"median_won_deal": "the reports give the mean won amount",
        r"avg_close_value_incl_lost_zero": "a trap: the value of a lost deal is no revenue",
        r"avg_weeks_to_close_.+": "the reports give the median cycle of won deals",
        r".+\[team=.+\]": "teams stand in a file of their own, which is no table of the contract",
        r"days_to_won_mean|days_to_lost_median": "the reports give the median cycle of won deals",
    },
}
"""What was published and the reports don't say, with the reason."""


def published():
    """Return every golden row of the two data sets."""
    rows = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else []
    return [row for row in rows if row["dataset"] in FILES]


def named(row):
    """Return how a row is shown in the test's name."""
    return f"{row['dataset']} {row['metric']}"


def found(table, row):
    """Return the entries of a table whose pattern is the row's name, with what the pattern caught."""
    patterns = (
        (re.fullmatch(pattern, row["metric"]), entry) for pattern, entry in table[row["dataset"]].items()
    )
    return [(match.groups(), entry) for match, entry in patterns if match]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Load both data sets through the command line."""
    folder = tmp_path_factory.mktemp("golden")
    return {name: Told(name, folder / f"{name}.duckdb") for name in FILES}


@pytest.mark.parametrize("row", [row for row in published() if found(CHECKED, row)], ids=named)
def test_a_published_figure_is_ours_too(told, row):
    """Two independent counts of one data set agree, or one of them is wrong."""
    ((caught, ask),) = found(CHECKED, row)

    ours = ask(told[row["dataset"]], *caught)

    if isinstance(row["value"], int | float):
        nearest = HALF_A_CENT if row["unit"] == "USD" else PUBLISHED_DIGITS
        assert ours == pytest.approx(row["value"], abs=nearest, rel=0)
    else:
        assert ours == row["value"]


def test_every_published_figure_is_checked_or_its_absence_explained(capsys):
    """A figure that nobody looks at would pass for one that agrees."""
    rows = published()
    silent = [(row, found(NOT_EXPRESSIBLE, row)) for row in rows if not found(CHECKED, row)]
    listed = [f"  {named(row):60} {'; '.join(why for _caught, why in reasons)}\n" for row, reasons in silent]
    with capsys.disabled():
        checked = len(rows) - len(silent)
        sys.stdout.write(
            f"\n{checked} of {len(rows)} published figures are checked. The reports don't say:\n"
        )
        sys.stdout.writelines(listed)

    assert [named(row) for row, reasons in silent if len(reasons) != 1] == []


@pytest.mark.parametrize("table", [CHECKED, NOT_EXPRESSIBLE], ids=["checked", "not expressible"])
def test_no_entry_speaks_of_a_figure_that_was_not_published(table):
    """A pattern that fits nothing checks nothing."""
    idle = [
        pattern
        for dataset, patterns in table.items()
        for pattern in patterns
        if not any(row["dataset"] == dataset and re.fullmatch(pattern, row["metric"]) for row in published())
    ]

    assert idle == []


@pytest.mark.parametrize(
    ("name", "question", "column"),
    [
        ("olist", ("handoff",), "leads.first_touch_at"),
        ("olist", ("handoff", "--quality"), "leads.first_touch_at"),
        ("olist", ("black-hole",), "leads.last_activity_at"),
        ("maven", ("handoff",), "leads.mql_at"),
        ("maven", ("black-hole",), "leads.mql_at"),
    ],
)
def test_what_a_data_set_cannot_tell_of_hand_offs_names_its_column(told, capsys, name, question, column):
    """Never 0 % and never 100 %."""
    assert main(["report", *question, *told[name].warehouse]) == 2
    assert f"needs column {column}" in capsys.readouterr().err


@pytest.mark.parametrize("name", FILES)
def test_without_touches_attribution_says_what_it_needs(told, capsys, name):
    """Neither data set knows who reached whom; nothing is attributed by guess."""
    assert main(["report", "attribution", *told[name].warehouse]) == 2
    assert "needs table touches. With it you would see what brought" in capsys.readouterr().err
