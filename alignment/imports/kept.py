"""What the last load left to be used again: its mapping, and the rows that it set aside."""

import tempfile
from dataclasses import replace
from pathlib import Path

from alignment.domain.agreement import Person
from alignment.domain.mapping import Mapping
from alignment.errors import (
    MappingError,
)
from alignment.imports.place import refuse_observer
from alignment.store import intake
from alignment.store.intake import (
    Twins,
    load_mapping,
    save_mapping,
)


def mapping_path(warehouse: Path) -> Path:
    """Return where the mapping of the last load is kept: `accord.mapping.toml` beside `accord.duckdb`."""
    return warehouse.with_name(f"{warehouse.stem}.mapping.toml")


def kept_mapping(warehouse: Path) -> Mapping | None:
    """Return the mapping of the last load, None where none was kept; raise MappingError for a spoilt one."""
    path = mapping_path(warehouse)
    return load_mapping(path) if path.exists() else None


def keep_merge(warehouse: Path, table: str, twins: Twins, who: Person) -> None:
    """Add a merge of spellings to the mapping of the last load; the next load with it writes one of them.

    Raises NotAllowedError for an observer, MappingError where no mapping of that table was kept.
    """
    refuse_observer(who)
    kept = kept_mapping(warehouse)
    mapping = kept.of(table) if kept else None
    if kept is None or mapping is None:
        raise MappingError(
            f"No mapping of {table} was kept with the last load. Import the file again, then merge."
        )
    save_mapping(kept.with_table(mapping.with_merge(twins.origin, twins.merged)), mapping_path(warehouse))


def keep_placeholder(warehouse: Path, text: str, who: Person) -> None:
    """Add a text to those that stand for no value; the next load with the last load's mapping reads it so.

    Raises NotAllowedError for an observer, MappingError where no mapping was kept.
    """
    refuse_observer(who)
    kept = kept_mapping(warehouse)
    if kept is None:
        raise MappingError("No mapping was kept with the last load. Import the files again, then say it.")
    texts = tuple(dict.fromkeys((*kept.placeholders, text)))
    save_mapping(replace(kept, placeholders=texts), mapping_path(warehouse))


def mapping_text(mapping: Mapping) -> bytes:
    """Return a mapping as the TOML file that `load_mapping` reads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.toml"
        save_mapping(mapping, path)
        return path.read_bytes()


def set_aside(warehouse: Path, table: str) -> bytes:
    """Return the rows of a table that the last load set aside as CSV, to be mended and imported again."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "set_aside.csv"
        intake.export_set_aside(warehouse, table, out)
        return out.read_bytes()
