"""How a text file was written: encoding, delimiter, header, and whether its lines need care."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from alignment.errors import UnreadableFileError
from alignment.store.intake.headers import Headers

SPACES = " \t\r\n\u00a0"
"""What doesn't count around a value; a row of nothing else is a blank row."""

DELIMITERS = (",", ";", "\t", "|")
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\r\n")
_BLOCK_BYTES = 1 << 22
_HEAD_RECORDS = 200
_BLANK_LINES = (b"\n\n", b"\n\r\n")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Dialect:
    """What the reader must know; `needs_care` where blank lines would shift the row numbers."""

    encoding: str
    delimiter: str
    headers: Headers
    needs_care: bool

    @property
    def is_plain(self) -> bool:
        """Tell whether the fast reader takes the file as it is."""
        return self.encoding in {"utf-8", "utf-8-sig"} and not self.needs_care


def dialect_of(path: Path) -> Dialect:
    """Return how the file was written; raise UnreadableFileError when it is empty or no text."""
    encoding, needs_care = _encoding(path)
    head = [record for record in head_records(path, encoding, ",") if record]
    if not head:
        raise UnreadableFileError(f"{path.name} is empty. Export it again; it needs a header and rows.")
    delimiter = max(DELIMITERS, key=lambda mark: _columns(path, encoding, mark))
    header = next(record for record in head_records(path, encoding, delimiter) if record)
    return Dialect(encoding, delimiter, Headers.of(path.name, header), needs_care)


def head_records(path: Path, encoding: str, delimiter: str, count: int = _HEAD_RECORDS) -> list[list[str]]:
    """Return the file's first records as they are written, the header among them."""
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        try:
            return list(islice(csv.reader(file, delimiter=delimiter), count))
        except csv.Error as error:
            raise UnreadableFileError(f"{path.name} can't be read as a table: {error}.") from None


def holds_any(path: Path, marks: tuple[bytes, ...]) -> bool:
    """Tell whether any of the bytes stand anywhere in the file."""
    return any(mark in block for block in _blocks(path) for mark in marks)


def _columns(path: Path, encoding: str, delimiter: str) -> tuple[float, int]:
    """Return how well a delimiter fits: the share of records as wide as the header, and that width."""
    widths = [len(record) for record in head_records(path, encoding, delimiter) if record]
    if not widths or widths[0] == 1:
        return 0, 1
    return sum(width >= widths[0] for width in widths) / len(widths), widths[0]


def _encoding(path: Path) -> tuple[str, bool]:
    with path.open("rb") as file:
        head = file.read(_BLOCK_BYTES)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name, name == "utf-16" or _has_blank_lines(path)
    if b"\0" in head:
        return _utf16_without_bom(path, head), True
    return _eight_bit_encoding(path), _has_blank_lines(path)


def _utf16_without_bom(path: Path, head: bytes) -> str:
    name = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(name, errors="replace")
    if not _CONTROLS.isdisjoint(text):
        raise UnreadableFileError(
            f"{path.name} is no table: it holds binary data. Export it as CSV, Excel or Parquet."
        )
    return name


def _eight_bit_encoding(path: Path) -> str:
    """Return UTF-8 where the whole file is; else Windows-1252, or Latin-1 where even that has gaps."""
    for name in ("utf-8", "cp1252"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            for block in _blocks(path):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    return "latin-1"


def _has_blank_lines(path: Path) -> bool:
    """Tell whether a blank line stands before the last row: the fast reader would skip it in its counting."""
    blank_so_far, edge = False, b"\n"
    for block in _blocks(path):
        if blank_so_far and not block.isspace():
            return True
        if _is_followed(edge + block[:2], block) or _is_followed(block, b""):
            return True
        blank_so_far = blank_so_far or any(mark in block for mark in _BLANK_LINES)
        edge = block[-2:]
    return False


def _is_followed(text: bytes, rest: bytes) -> bool:
    """Tell whether the text has a blank line that isn't the file's end so far."""
    places = [place for mark in _BLANK_LINES if (place := text.find(mark)) >= 0]
    return bool(places) and bool(text[min(places) :].strip() or rest.strip())


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            yield block
