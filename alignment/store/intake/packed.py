"""Files packed as zip or gzip, unpacked into the scratch folder under names of our own, within limits."""

import gzip
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from alignment.errors import UnreadableFileError

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
WORKBOOK = "xl/workbook.xml"
LARGEST_BYTES = 32 << 30
LARGEST_RATIO = 200  # exports repeat themselves, yet not that much
MOST_FILES = 1000
_SMALL = 64 << 20
_BLOCK_BYTES = 1 << 22
_LONGEST_NAME = 120
_ENCRYPTED = 0x1
_LEFT_BEHIND = ("__MACOSX", ".", "~$", "Thumbs.db")


@dataclass(frozen=True)
class Named:
    """A file to be read, and the name that people know it by."""

    path: Path
    file: str


def unpacked(path: Path, file: str, folder: Path) -> tuple[Named, ...]:
    """Return the files inside a packed one, in the order of their names, or the file itself.

    Nothing is written but `folder/0`, `folder/1` …, whatever the names inside say. Raises UnreadableFileError
    for a file that is damaged, encrypted, packed twice, or far larger unpacked than it looks.
    """
    with path.open("rb") as opened:
        head = opened.read(4)
    if head.startswith(GZIP):
        folder.mkdir(parents=True, exist_ok=True)
        return (_once(_gunzipped(path, file, folder / "0"), file),)
    if head == ZIP and not is_workbook(path, file):
        folder.mkdir(parents=True, exist_ok=True)
        return _unzipped(path, file, folder)
    return (Named(path, file),)


def is_workbook(path: Path, file: str) -> bool:
    """Tell whether a zip file is an Excel workbook; raise UnreadableFileError for a damaged one."""
    return any(entry.filename == WORKBOOK for entry in entries_of(path, file))


def entries_of(path: Path, file: str) -> list[zipfile.ZipInfo]:
    """Return what a zip file says is inside; raise UnreadableFileError for a damaged one."""
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise UnreadableFileError(f"{file} is damaged. Save it again.") from None


def _gunzipped(path: Path, file: str, into: Path) -> Named:
    most = _most(path)
    try:
        with gzip.open(path) as source:
            _copied(source, into, most, file)
    except (OSError, EOFError, zlib.error):
        raise UnreadableFileError(
            f"{file} is damaged: it can't be unpacked to its end. Pack it again."
        ) from None
    return Named(into, file.removesuffix(".gz"))


def _unzipped(path: Path, file: str, folder: Path) -> tuple[Named, ...]:
    entries = sorted(_files(entries_of(path, file)), key=lambda entry: entry.filename)
    if not entries:
        raise UnreadableFileError(f"{file} holds no file. Pack the export and import it again.")
    if len(entries) > MOST_FILES:
        raise UnreadableFileError(
            f"{file} holds {len(entries):,} files; at most {MOST_FILES:,} can be parts of one table."
        )
    most = _most(path)
    _refuse_large(sum(entry.file_size for entry in entries), most, file)
    found = []
    with zipfile.ZipFile(path) as packed:
        for place, entry in enumerate(entries):
            name = f"{file}, {_last_part(entry.filename)}"
            _unzip(packed, entry, folder / str(place), name)
            found.append(_once(Named(folder / str(place), name), file))
    return tuple(found)


def _unzip(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path, name: str) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableFileError(f"{name} is encrypted. Pack it without a password.")
    try:
        with packed.open(entry) as source:
            _copied(source, into, entry.file_size, name)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError):
        raise UnreadableFileError(
            f"{name} is damaged: it can't be unpacked to its end. Pack it again."
        ) from None


def _copied(source: IO[bytes] | gzip.GzipFile, into: Path, most: int, name: str) -> None:
    """Copy what is unpacked, as far as it may go: what a file says of its size is only what it says."""
    written = 0
    with into.open("wb") as out:
        while block := source.read(_BLOCK_BYTES):
            written += len(block)
            _refuse_large(written, most, name)
            out.write(block)


def _refuse_large(size: int, most: int, name: str) -> None:
    if size > most:
        raise UnreadableFileError(
            f"{name} unpacks to more than {max(most >> 20, 1):,} MB, too much for its size. "
            "Unpack it and import what is inside."
        )


def _most(path: Path) -> int:
    """Return how many bytes a packed file may become: in proportion to it, and to the room on the disk."""
    room = shutil.disk_usage(path.parent).free // 2
    return min(max(LARGEST_RATIO * path.stat().st_size, _SMALL), LARGEST_BYTES, room)


def _files(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Return the entries that are files of data; systems leave some of their own behind."""
    return [entry for entry in entries if not entry.is_dir() and not _is_left_behind(entry.filename)]


def _is_left_behind(name: str) -> bool:
    return any(part != ".." and part.startswith(_LEFT_BEHIND) for part in PurePosixPath(name).parts)


def _last_part(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-_LONGEST_NAME:] or "a file"


def _once(found: Named, file: str) -> Named:
    """Refuse a packed file inside a packed one."""
    with found.path.open("rb") as opened:
        head = opened.read(4)
    if head.startswith(GZIP) or (head == ZIP and not is_workbook(found.path, found.file)):
        raise UnreadableFileError(f"{file} holds another packed file. Unpack it and import what is inside.")
    return found
