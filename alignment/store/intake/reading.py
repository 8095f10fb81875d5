"""Which reader takes a file: decided by what the file holds, not by what it is called."""

from pathlib import Path

from alignment.errors import UnreadableFileError
from alignment.store.intake.csv_file import stage_csv
from alignment.store.intake.excel import stage_excel
from alignment.store.intake.parquet import stage_parquet
from alignment.store.intake.staged import Staged
from alignment.store.intake.workbench import Workbench

_SAVE_AS = "Export it as CSV, Excel (.xlsx) or Parquet."
_REFUSED = (
    (
        8,
        b"DUCK",
        "is a DuckDB file: it can act like a program, so it is only opened when the operator names it. ",
    ),
    (0, b"SQLite format 3", "is an SQLite database. "),
    (0, b"\xd0\xcf\x11\xe0", "is an old or encrypted Excel file. "),
    (0, b"\x1f\x8b", "is packed (gzip); unpack it first. "),
    (0, b"%PDF", "is a PDF document. "),
)
_READERS = ((b"PAR1", stage_parquet), (b"PK\x03\x04", stage_excel))


def stage(bench: Workbench, path: Path, name: str) -> Staged:
    """Stage a file's rows as text under a name; raise UnreadableFileError when that can't be."""
    head = readable_head(path)
    for magic, reader in _READERS:
        if head.startswith(magic):
            return reader(bench, path, name)
    return stage_csv(bench, path, name)


def readable_head(path: Path) -> bytes:
    """Return the file's first bytes; raise UnreadableFileError where there is no file that we read."""
    if path.is_dir():
        raise UnreadableFileError(f"{path.name} is a folder. Name the file inside it.")
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except FileNotFoundError:
        raise UnreadableFileError(f"There is no file {path}. Check the name.") from None
    except OSError as error:
        raise UnreadableFileError(f"{path} can't be read: {error.strerror or error}.") from None
    if not head:
        raise UnreadableFileError(f"{path.name} is empty. Export it again; it needs a header and rows.")
    for place, magic, words in _REFUSED:
        if head[place:].startswith(magic):
            raise UnreadableFileError(f"{path.name} {words}{_SAVE_AS}")
    return head
