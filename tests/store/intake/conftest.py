"""Files drawn in a test, loaded for real, and asked what became of them."""

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from alignment.store.intake import Receipt, Sources, load
from tests import engine


@dataclass(frozen=True)
class Loaded:
    """A load's receipt and its file."""

    receipt: Receipt
    path: Path

    def rows(self, query):
        """Return the rows of a query on the loaded file."""
        return engine.rows(self.path, query)

    def values(self, query):
        """Return the first column of a query on the loaded file."""
        return [row[0] for row in self.rows(query)]

    def columns(self, table):
        """Return the names of a loaded table's columns."""
        return self.values(
            f"select column_name from duckdb_columns() where table_name = '{table}' order by column_index"
        )


@pytest.fixture
def write(tmp_path):
    """Write a drawn file: `write("leads.csv", text)` returns its path; the drawing is dedented."""

    def written(name, text, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(dedent(text).lstrip("\n").encode(encoding))
        return path

    return written


@pytest.fixture(scope="module")
def load_once(tmp_path_factory):
    """Load files that several tests ask about, for all of them: `load_once(leads=path)`."""

    def load_given(**paths):
        path = tmp_path_factory.mktemp("loaded") / "accord.duckdb"
        return Loaded(load(Sources(**paths), path), path)

    return load_given


@pytest.fixture
def loaded(tmp_path, write):
    """Load drawn CSV texts or paths: `loaded(leads="…", time_zone="…")` returns what became of them."""

    def load_drawn(*, into="accord.duckdb", mapping=None, **given):
        tables = {name: given.pop(name) for name in Sources.__dataclass_fields__ if name in given}
        paths = {
            name: drawn if isinstance(drawn, Path) else write(f"{name}.csv", drawn)
            for name, drawn in tables.items()
        }
        path = tmp_path / into
        return Loaded(load(Sources(**paths), path, mapping=mapping, **given), path)

    return load_drawn
