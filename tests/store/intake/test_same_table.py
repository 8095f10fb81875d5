"""One table, written in any format and any locale, is read as that table or asked about; never as another."""

import csv
import gzip
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from alignment.errors import UndecidedError
from alignment.store.intake import Sources, load
from tests import engine

NAMES = ("deal_id", "created_at", "amount", "is_won", "discount", "product")


def grouped(amount, thousands, decimal, *, is_indian=False):
    """Write 1234567.5 with these marks: 1,234,567.50, or 12,34,567.50 as in India."""
    whole, cents = f"{abs(amount):.2f}".split(".")
    size, groups = 3, []
    while whole:
        whole, group = whole[:-size], whole[-size:]
        groups.insert(0, group)
        size = 2 if is_indian else 3
    return f"{thousands.join(groups)}{decimal}{cents}"


@dataclass(frozen=True)
class Locale:
    """How a country writes days, amounts, percentages, yes and no, and no value at all."""

    day: str
    thousands: str
    decimal: str
    mark: str = "{}"
    credit: str = "-{}"
    yes_no: tuple[str, str] = ("true", "false")
    nothing: str = ""
    is_indian: bool = False

    def written(self, row):
        """Return a row's cells as texts of this locale."""
        key, at, amount, is_won, discount, product = row
        plain = grouped(amount, self.thousands, self.decimal, is_indian=self.is_indian)
        money = self.mark.format(plain)
        return [
            key,
            at.strftime(self.day),
            self.credit.format(money) if amount < 0 else money,
            self.nothing if is_won is None else self.yes_no[0] if is_won else self.yes_no[1],
            f"{discount}{self.decimal}5 %",
            product or self.nothing,
        ]


LOCALES = {
    "database": Locale("%Y-%m-%d", "", "."),
    "us": Locale("%m/%d/%Y", ",", ".", "${}", "({})", ("Yes", "No"), "N/A"),
    "us, short": Locale("%m/%d/%y", ",", ".", "${}", "-{}", ("Y", "N"), "-"),
    "britain": Locale("%d/%m/%Y", ",", ".", "£{}", "-{}", ("TRUE", "FALSE"), "null"),
    "germany": Locale("%d.%m.%Y", ".", ",", "{} €", "-{}", ("1", "0"), "-"),
    "france": Locale("%d/%m/%Y", "\u202f", ",", "{} €", "\u2212{}", ("1", "0"), "(none)"),
    "brazil": Locale("%d/%m/%Y", ".", ",", "R$ {}", "-{}", ("Y", "N"), "NULL"),
    "india": Locale("%d-%m-%Y", ",", ".", "₹{}", "({})", ("Yes", "No"), "Select", is_indian=True),
    "switzerland": Locale("%d.%m.%Y", "'", ".", "CHF {}", "-{}", ("true", "false"), "--"),
    "words": Locale("%d %b %Y", ",", ".", "US$ {}", "-{}", ("yes", "no"), "#N/A"),
}
CURRENCIES = {
    "$": "USD", "£": "GBP", "€": "EUR", "R$": "BRL", "₹": "INR", "CHF": "CHF", "US$": "USD",
}  # fmt: skip


def as_csv(lines, encoding, delimiter, newline):
    """Return the lines as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows(lines)
    return text.getvalue().encode(encoding)


def as_json(lines, *, is_list):
    """Return the lines as JSON lines, or as one list."""
    head, *rows = lines
    objects = [dict(zip(head, row, strict=True)) for row in rows]
    if is_list:
        return json.dumps(objects).encode()
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in objects).encode()


def as_excel(lines):
    """Return the lines as a workbook, each cell as it is given: a text, a number or a day."""
    book, packed = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append([value or None if isinstance(value, str) else value for value in line])
    book.save(packed)
    return packed.getvalue()


def as_parquet(lines):
    """Return the lines as a Parquet file, each column of the type of its values."""
    head, *rows = lines
    columns = [
        pa.array(column, pa.string() if all(value is None for value in column) else None)
        for column in zip(*rows, strict=True)
    ]
    packed = io.BytesIO()
    pq.write_table(pa.table(columns, list(head)), packed)
    return packed.getvalue()


def in_zip(content):
    """Return the file in a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export", content)
    return packed.getvalue()


TEXTS = {
    f"{encoding}, {delimiter!r}, {newline!r}": lambda lines, how=(encoding, delimiter, newline): as_csv(
        lines, *how
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
    for delimiter in ",;\t|"
    for newline in ("\n", "\r\n")
}
FORMATS = {
    **TEXTS,
    "JSON lines": lambda lines: as_json(lines, is_list=False),
    "a JSON list": lambda lines: as_json(lines, is_list=True),
    "a workbook of texts": as_excel,
    "Parquet of texts": as_parquet,
}
PACKINGS = {"plain": bytes, "gzip": gzip.compress, "zip": in_zip}
ROWS = st.lists(
    st.tuples(
        st.dates(date(2001, 1, 1), date(2031, 12, 31)),
        st.integers(-10_000_000, 1_000_000_000).map(lambda cents: Decimal(cents) / 100),
        st.none() | st.booleans(),
        st.integers(0, 99),
        st.none() | st.sampled_from(["GTX", "a;b", "x, y", 'say "hi"', "two\nlines", "a|b", "5-10", "Ünï €"]),
    ),
    min_size=1,
    max_size=6,
).map(lambda drawn: [(f"d{place}", *row) for place, row in enumerate(drawn)])


def expected(rows, locale):
    """Return the canonical rows: an amount in brackets is a credit, a mark is a currency."""
    marks = [code for mark, code in CURRENCIES.items() if locale.mark.replace("{}", "").strip() == mark]
    currency = marks[0] if marks and marks[0] != "EUR" else None
    return [
        (key, datetime.combine(day, datetime.min.time()), amount, is_won, discount + 0.5, product, currency)
        for key, day, amount, is_won, discount, product in rows
    ]


def read(content, folder):
    """Load the file; return the deals, what is not there as None, and the receipt."""
    path, into = folder / "deals", folder / "accord.duckdb"
    path.write_bytes(content)
    receipt = load(Sources(deals=path), into, currency="EUR").tables[0]
    with engine.opened(into) as connection:
        found = connection.execute("from deals order by deal_id")
        there = [column[0] for column in found.description]
        rows = [dict(zip(there, row, strict=True)) for row in found.fetchall()]
    return [tuple(row.get(name) for name in (*NAMES, "currency")) for row in rows], receipt


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=ROWS,
    locale=st.sampled_from(list(LOCALES)),
    form=st.sampled_from(list(FORMATS)),
    packing=st.sampled_from(list(PACKINGS)),
)
def test_one_table_in_any_format_and_locale_is_one_table_or_a_question(
    tmp_path_factory, rows, locale, form, packing
):
    """A wrong date read silently is worse than a refusal; so is a wrong amount, or a yes for a no."""
    lines = [list(NAMES), *map(LOCALES[locale].written, rows)]
    try:
        content = PACKINGS[packing](FORMATS[form](lines))
    except UnicodeEncodeError:  # Windows-1252 has no rupee
        reject()

    try:
        found, receipt = read(content, tmp_path_factory.mktemp("same"))
    except UndecidedError:
        return

    assert found == expected(rows, LOCALES[locale])
    assert (receipt.read, receipt.loaded) == (len(rows), len(rows))


@settings(max_examples=5, deadline=None)
@given(rows=ROWS, write=st.sampled_from((as_excel, as_parquet)), packing=st.sampled_from(list(PACKINGS)))
def test_a_file_that_knows_its_types_is_the_same_table_and_never_asks(tmp_path_factory, rows, write, packing):
    """A workbook's days and Parquet's decimals say what they are: there is nothing to decide."""
    typed = [
        (key, day, amount, is_won, discount + 0.5, product)
        for key, day, amount, is_won, discount, product in rows
    ]

    found, receipt = read(PACKINGS[packing](write([NAMES, *typed])), tmp_path_factory.mktemp("typed"))

    assert found == expected(rows, LOCALES["database"])
    assert receipt.loaded == len(rows)
