"""Which reader takes a file: decided by what the file holds, not by what it is called."""

from collections.abc import Sequence
from pathlib import Path

from alignment.domain.reading import Reading
from alignment.errors import UnreadableFileError
from alignment.store.intake.csv_file import Order, stage_csv
from alignment.store.intake.excel import stage_excel
from alignment.store.intake.json_file import is_json, stage_json
from alignment.store.intake.mended import refuse_mended_alone, without_marks
from alignment.store.intake.packed import ZIP, Named, unpacked
from alignment.store.intake.parquet import stage_parquet
from alignment.store.intake.parts import joined
from alignment.store.intake.staged import Staged
from alignment.store.intake.workbench import Workbench

PARQUET = b"PAR1"
_HEAD_BYTES = 1 << 16
_SAVE_AS = "Export it as CSV, Excel (.xlsx), Parquet or JSON lines."
_REFUSED = (
    (
        8,
        b"DUCK",
        "is a DuckDB file: it can act like a program, so it is only opened when the operator names it. ",
    ),
    (0, b"SQLite format 3", "is an SQLite database. "),
    (0, b"\xd0\xcf\x11\xe0", "is an old or encrypted Excel file. "),
    (0, b"7z\xbc\xaf\x27\x1c", "is packed with 7-Zip; zip and gzip can be read. "),
    (0, b"Rar!", "is packed with RAR; zip and gzip can be read. "),
    (0, b"BZh", "is packed with bzip2; zip and gzip can be read. "),
    (0, b"\x28\xb5\x2f\xfd", "is packed with zstd; zip and gzip can be read. "),
    (0, b"%PDF", "is a PDF document. "),
    (0, b"<!DOCTYPE html", "is a web page, perhaps of a sign-in that has run out. "),
    (0, b"<html", "is a web page, perhaps of a sign-in that has run out. "),
    (0, b"{\\rtf", "is a text document. "),
)


def stage_table(bench: Workbench, paths: Sequence[Path], name: str, reading: Reading, order: Order) -> Staged:
    """Stage the rows of all files of a table as text under a name; those of one file in that order.

    Raises UnreadableFileError when a file can't be read or has other columns than the first.
    """
    staged: list[Staged] = []
    for path in paths:
        _refuse_unreadable(path)
        files = unpacked(path, path.name, bench.folder / f"unpacked_{name}_{len(staged)}")
        is_alone = len(paths) == len(files) == 1
        for file in files:
            bench.tell(f"Reading {file.file}")
            found = _stage(bench, file, f"{name}_{len(staged)}", reading, order if is_alone else _no_order)
            staged.append(without_marks(bench, found))
    whole = joined(bench, staged, name)
    refuse_mended_alone(whole)
    return whole


def _no_order(_names: tuple[str, ...]) -> None:
    """Say that the order is all one."""


def _stage(bench: Workbench, found: Named, name: str, reading: Reading, order: Order) -> Staged:
    head = readable_head(found)
    if head.startswith(PARQUET):
        return stage_parquet(bench, found.path, found.file, name)
    if head.startswith(ZIP):
        return stage_excel(bench, found.path, found.file, name, reading)
    if is_json(head):
        return stage_json(bench, found.path, found.file, name)
    return stage_csv(bench, found.path, found.file, name, reading, order)


def files_in(path: Path) -> tuple[Path, ...]:
    """Return the files of a folder in the order of their names, or the file itself; hidden ones don't count.

    Raises UnreadableFileError for a folder without files, or with folders inside.
    """
    if not path.is_dir():
        return (path,)
    inside = sorted(entry for entry in path.iterdir() if not entry.name.startswith((".", "~$", "__MACOSX")))
    folders = [entry.name for entry in inside if entry.is_dir()]
    if folders:
        raise UnreadableFileError(
            f"{path.name} is a folder with folders inside ({folders[0]}). Name the one that holds the table."
        )
    if not inside:
        raise UnreadableFileError(
            f"{path.name} is a folder without files. Name the one that holds the table."
        )
    return tuple(inside)


def opened(path: Path, folder: Path) -> tuple[Named, ...]:
    """Return the files of data in a file that may be packed, unpacked into a folder."""
    _refuse_unreadable(path)
    return unpacked(path, path.name, folder)


def readable_head(found: Named) -> bytes:
    """Return the file's first bytes; raise UnreadableFileError where it is none that we read."""
    with found.path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise UnreadableFileError(f"{found.file} is empty. Export it again; it needs a header and rows.")
    for place, magic, words in _REFUSED:
        if head[place : place + len(magic)].lower() == magic.lower():
            raise UnreadableFileError(f"{found.file} {words}{_SAVE_AS}")
    return head


def _refuse_unreadable(path: Path) -> None:
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError:
        raise UnreadableFileError(f"There is no file {path}. Check the name.") from None
    except OSError as error:
        raise UnreadableFileError(f"{path} can't be read: {error.strerror or error}.") from None
