"""How each engine writes names, texts and types: what differs between their query languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from alignment.metrics.query import literal, quoted

IN_LITERALS = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
"""A backslash escapes; a line break would end the text in some engines."""

EXACT_WHOLES = 2**53
"""Larger whole numbers are written as doubles, which they are."""


@dataclass(frozen=True)
class Dialect:
    """One engine: its name for people, its types, and how it quotes names and texts.

    `escapes`: what stands for a character inside a text, where a doubled quote is not enough.
    """

    label: str
    double: str = "double"
    text: str = "varchar"
    quote: Callable[[str], str] = quoted
    escapes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def literal(self, text: str) -> str:
        """Return a text as a string literal that this engine reads back as it is."""
        if not self.escapes:
            return literal(text)
        return "'" + "".join(self.escapes.get(sign, sign) for sign in text) + "'"

    @staticmethod
    def number(value: float) -> str:
        """Return a number as a literal; with an exponent each engine reads a fraction to its last digit."""
        if value == int(value) and abs(value) < EXACT_WHOLES:
            return str(int(value))
        return repr(value) if "e" in repr(value) else f"{value!r}e0"

    def as_number(self, column: str) -> str:
        """Return a column as the type that scores are compared in."""
        return f"cast({column} as {self.double})"

    def as_text(self, column: str) -> str:
        """Return a column as text."""
        return f"cast({column} as {self.text})"

    def table(self, name: str) -> str:
        """Return a table's name, each part between its dots quoted."""
        return ".".join(map(self.quote, name.split(".")))


def _in_doubled_backticks(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _in_escaped_backticks(name: str) -> str:
    return "`" + "".join({**IN_LITERALS, "`": "\\`"}.get(sign, sign) for sign in name) + "`"


DUCKDB = Dialect("DuckDB")
DIALECTS: Mapping[str, Dialect] = {
    "duckdb": DUCKDB,
    "postgres": Dialect("PostgreSQL", double="double precision"),
    "spark": Dialect(
        "Spark",
        text="string",
        quote=_in_doubled_backticks,
        # A dollar sign could begin a variable, which Spark puts in wherever it stands.
        escapes={**IN_LITERALS, "'": "\\'", "$": "\\u0024"},
    ),
    "bigquery": Dialect(
        "BigQuery",
        double="float64",
        text="string",
        quote=_in_escaped_backticks,
        escapes={**IN_LITERALS, "'": "\\'"},
    ),
    "snowflake": Dialect(
        "Snowflake",
        escapes={**IN_LITERALS, "'": "''"},
        note="Quoted names are exact in Snowflake: write them in capitals where your table has them so.",
    ),
}
