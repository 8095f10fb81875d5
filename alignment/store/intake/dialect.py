"""How a text file was written: encoding, delimiter, header, and whether its lines need care."""

import codecs
import csv
import mmap
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from alignment.domain.reading import AS_FOUND, Reading
from alignment.errors import UnreadableFileError
from alignment.store.intake.header_row import HeaderRow, filled, header_row
from alignment.store.intake.headers import Headers

SPACES = " \t\r\n\u00a0"
"""What doesn't count around a value; a row of nothing else is a blank row."""

DELIMITERS = (",", ";", "\t", "|")
_LETTERS_A_ZERO = 16  # two-byte text is full of zeros: each comma, digit and line end has one
LONGEST_CELL = 1 << 20
LONGEST_LINE = 8 * LONGEST_CELL
_CONTROLS = frozenset(map(chr, range(32))) - frozenset("\t\r\n")
_STRAY, _NOT_ASCII = re.compile("[\udc80-\udcff]"), re.compile(r"[^\x00-\x7f]")
"""What surrogateescape makes of a byte that is not UTF-8; and any letter beyond ASCII."""
_BLOCK_BYTES = 1 << 22
_HEAD_RECORDS = 200
_BLANK_LINES = (b"\n\n", b"\n\r\n")
_NO_BREAK_SPACE = "\u00a0".encode()
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Dialect:
    """What the reader must know: how letters are written, what stands between values, where the names are."""

    encoding: str
    delimiter: str
    header: HeaderRow

    @property
    def headers(self) -> Headers:
        """Return the columns' names."""
        return self.header.headers

    @property
    def is_plain(self) -> bool:
        """Tell whether the fast reader takes the file as it is."""
        return self.encoding in {"utf-8", "utf-8-sig"}

    @property
    def needs_care(self) -> bool:
        """Tell whether the fast reader can't take the file at all: its letters have two bytes."""
        return self.encoding.startswith("utf-16")


@dataclass(frozen=True)
class TextFacts:
    """What one look at all bytes of a text file tells: its lines, and whether spaces of a rare kind occur."""

    lines: int
    has_rare_spaces: bool


def dialect_of(path: Path, file: str, reading: Reading = AS_FOUND, encoding: str = "") -> Dialect:
    """Return how the file was written; raise UnreadableFileError when it is empty or no text.

    `file` is how sentences name it. Without an encoding the file's beginning decides; UTF-8 is then for its
    reader to confirm. Raises HeaderQuestionError where its first row looks like data.
    """
    refuse_endless_line(path, file)
    encoding = encoding or _likely_encoding(path, file)
    by_mark = {mark: head_records(path, file, encoding, mark) for mark in DELIMITERS}
    if not any(filled(record) for record in by_mark[","]):
        raise UnreadableFileError(f"{file} is empty. Export it again; it needs a header and rows.")
    delimiter = max(DELIMITERS, key=lambda mark: _fit(by_mark[mark]))
    return Dialect(encoding, delimiter, header_row(file, by_mark[delimiter], reading))


def head_records(
    path: Path, file: str, encoding: str, delimiter: str, count: int = _HEAD_RECORDS
) -> list[list[str]]:
    """Return the file's first records as they are written, blank ones and the header among them."""
    with path.open(encoding=encoding, newline="", errors="replace") as text, long_cells():
        try:
            return list(islice(csv.reader(text, delimiter=delimiter), count))
        except csv.Error:
            raise UnreadableFileError(too_long(file)) from None


@contextmanager
def long_cells() -> Generator[None]:
    """Have the csv module take cells as long as we do."""
    previous = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(previous)


def too_long(where: str) -> str:
    """Return the sentence about a value that is longer than any we take."""
    return (
        f"{where} holds a value longer than {LONGEST_CELL >> 20} MB, or a quotation mark that is never "
        "closed. Shorten or close it and import again."
    )


def text_facts(path: Path) -> TextFacts:
    """Return how many lines a text file in UTF-8 has, and whether tabs or no-break spaces stand in it."""
    lines, rare, last = 0, False, b"\n"
    for block in _blocks(path):
        lines += block.count(b"\n")
        rare = rare or b"\t" in block or (not block.isascii() and _NO_BREAK_SPACE in block)
        last = block[-1:]
    return TextFacts(lines + (last != b"\n"), rare)


def _fit(records: list[list[str]]) -> tuple[float, int, int]:
    """Return how well a delimiter fits: the share of records as wide as most, that width, and the first's."""
    widths = [len(record) for record in records if filled(record)]
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    if usual == 1:
        return 0, 1, widths[0]
    return sum(width >= usual for width in widths) / len(widths), usual, widths[0]


def refuse_endless_line(path: Path, file: str) -> None:
    """Raise UnreadableFileError for a file with a line that no table has; nothing may take it in whole."""
    size, start = path.stat().st_size, 0
    if size < LONGEST_LINE:
        return
    with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as text:
        while (
            size - start >= LONGEST_LINE
        ):  # from the last line end within reach to the next: few are looked at
            reach = start + LONGEST_LINE
            end = text.rfind(b"\n", start, reach)  # mostly near the end: the pages before it stay untouched
            if end < 0 and (end := text.rfind(b"\r", start, reach)) < 0:
                raise UnreadableFileError(
                    f"{file} has a line longer than {LONGEST_LINE >> 20} MB, which no table has. "
                    "Export it again."
                )
            start = end + 1


def encoding_of(path: Path, file: str) -> tuple[str, bool]:
    """Return a text file's encoding, and whether blank lines or two-byte letters need care."""
    encoding = _likely_encoding(path, file)
    encoding = whole_encoding(path, file) if encoding == "utf-8" else encoding
    return encoding, encoding.startswith("utf-16") or has_blank_lines(path)


def _likely_encoding(path: Path, file: str) -> str:
    """Return a text file's encoding; where its beginning is UTF-8, the rest isn't looked at."""
    with path.open("rb") as opened:
        head = opened.read(_BLOCK_BYTES)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return name
    if b"\0" in head:
        return _utf16_without_bom(file, head)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return whole_encoding(path, file)
    return "utf-8"


def _utf16_without_bom(file: str, head: bytes) -> str:
    name = "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(name, errors="replace")
    is_too_rare = max(head[1::2].count(0), head[0::2].count(0)) * _LETTERS_A_ZERO < len(head)
    if is_too_rare or not _CONTROLS.isdisjoint(text):
        raise UnreadableFileError(
            f"{file} is no table: it holds binary data. Export it as CSV, Excel or Parquet."
        )
    return name


def whole_encoding(path: Path, file: str) -> str:
    """Return UTF-8 where the whole file is; else Windows-1252, or Latin-1 where even that has gaps.

    Raises UnreadableFileError for a file of two encodings: read by either, some of its letters are garbled.
    """
    for name in ("utf-8", "cp1252"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            for block in _blocks(path):
                if decoder.getstate()[0] or not block.isascii():
                    decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            if name == "utf-8":
                _refuse_mixed(path, file)
            continue
        return name
    return "latin-1"


def _refuse_mixed(path: Path, file: str) -> None:
    """Raise UnreadableFileError where most letters beyond ASCII are UTF-8, though not all."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    letters = strays = line = 0
    for block in _blocks(path):
        text = decoder.decode(block)
        if not strays:
            first = _STRAY.search(text)
            line += text.count("\n", 0, first.start() if first else len(text)) + bool(first)
        found = len(_STRAY.findall(text))
        strays += found
        letters += len(_NOT_ASCII.findall(text)) - found
    if letters >= strays:
        raise UnreadableFileError(
            f"{file} is UTF-8, but line {line} holds letters of another encoding. Export it again as UTF-8."
        )


def has_blank_lines(path: Path) -> bool:
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
