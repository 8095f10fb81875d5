"""Rows of the data as a file, batch by batch: CSV that no spreadsheet runs, or Parquet."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

from alignment.errors import UnknownTermError

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What makes a spreadsheet run a cell instead of showing it; such texts get a leading apostrophe."""
ENDINGS = (".csv", ".parquet")


def write(rows: pa.RecordBatchReader, into: Path, facts: Mapping[str, str]) -> int:
    """Write the rows to a file by its ending and return their number; the file appears once it is whole.

    Parquet carries the facts in its metadata; CSV starts with the header, as a CRM reads it. Raises
    UnknownTermError for another ending and OSError for a place that can't be written.
    """
    ending = into.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownTermError(f"Scored leads go into a file that ends in .csv or .parquet, got “{into}”.")
    with TemporaryDirectory(prefix=".accord-", dir=into.absolute().parent) as folder:
        part = Path(folder) / into.name
        written = _csv(rows, part) if ending == ".csv" else _parquet(rows, part, facts)
        part.replace(into)
    return written


def content(rows: pa.RecordBatchReader, ending: str, facts: Mapping[str, str]) -> bytes:
    """Return what `write` would put into a file with that ending."""
    with TemporaryDirectory(prefix="accord-") as folder:
        path = Path(folder) / f"rows{ending}"
        write(rows, path, facts)
        return path.read_bytes()


def _csv(rows: pa.RecordBatchReader, path: Path) -> int:
    written = 0
    with path.open("wb") as file:
        file.write("\ufeff".encode())  # so that a spreadsheet reads it as UTF-8
        with csv.CSVWriter(file, _safe_names(rows.schema)) as writer:
            for batch in rows:
                writer.write_batch(_safe(batch))
                written += batch.num_rows
    return written


def _parquet(rows: pa.RecordBatchReader, path: Path, facts: Mapping[str, str]) -> int:
    written = 0
    schema = rows.schema.with_metadata(dict(facts))
    with parquet.ParquetWriter(path, schema) as writer:
        for batch in rows:
            writer.write_batch(batch.replace_schema_metadata(dict(facts)))
            written += batch.num_rows
    return written


def _safe(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the rows with an apostrophe before each text that a spreadsheet would take for a formula."""
    columns = [_safe_texts(column) if pa.types.is_string(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=_safe_names(batch.schema))


def _safe_names(schema: pa.Schema) -> pa.Schema:
    """Return the schema with column names that are safe like its texts: they come from people's files."""
    names = [f"'{name}" if name.startswith(FORMULA) else name for name in schema.names]
    return pa.schema([field.with_name(name) for field, name in zip(schema, names, strict=True)])


def _safe_texts(texts: pa.Array) -> pa.Array:
    first = pc.call_function("utf8_slice_codeunits", [texts], pc.SliceOptions(0, 1))
    is_formula = pc.call_function("is_in", [first], pc.SetLookupOptions(pa.array(FORMULA)))
    quoted = pc.call_function("binary_join_element_wise", ["'", texts, ""])
    return pc.call_function("if_else", [is_formula, quoted, texts])
