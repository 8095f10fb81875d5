"""One sample company for all rules on it: written once, asked many times."""

from datetime import date

import duckdb
import pytest

from alignment.sample import company

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory):
    """Return the warehouse file of the sample company as of 30 June 2026."""
    path = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    company.write(path, as_of=AS_OF)
    return path


@pytest.fixture
def ask(sample_file):
    """Return a function that answers a query on the sample company with its rows."""
    with duckdb.connect(sample_file, read_only=True) as connection:
        yield lambda query, *values: connection.execute(query, values).fetchall()
