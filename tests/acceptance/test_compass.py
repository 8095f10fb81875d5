"""The compass on public data sets: it judges what it can, and names the column that it lacks."""

import pytest

from alignment import report
from alignment.errors import MissingColumnError
from alignment.store.warehouse import Warehouse
from tests.acceptance.asked import DATA, answered
from tests.acceptance.test_golden import FILES

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the public data sets are not on this machine")

XEDUCATION = {"leads": "xeducation/Leads.csv"}


def loaded(files, path):
    """Return the snapshot of a data set, loaded as anybody would."""
    given = [word for table, file in files.items() for word in (f"--{table}", str(DATA / file))]
    answered("import", *given, "--into", str(path), "--currency", "USD")
    return Warehouse(path).snapshot()


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        (FILES["olist"], "leads.sql_at"),
        (FILES["maven"], "leads.mql_at"),
        (XEDUCATION, "leads.mql_at"),
    ],
    ids=["olist", "maven", "xeducation"],
)
def test_data_without_mql_or_sql_names_the_column(files, missing, tmp_path):
    """None of the three knows when sales confirmed an opportunity."""
    with pytest.raises(MissingColumnError, match=f"needs column {missing}"):
        report.compass(loaded(files, tmp_path / "public.duckdb"))
