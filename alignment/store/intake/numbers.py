"""How a column writes its numbers, decided from the whole column, and the query text that reads it so."""

import re
from dataclasses import dataclass

from alignment.domain.contract import Kind
from alignment.errors import UndecidedError
from alignment.metrics.query import literal
from alignment.store.intake.shapes import Shape, shapes_of
from alignment.store.intake.workbench import Workbench

_SIGNS = r"(?:[$€£₹¥]|R\$|US\$|[A-Z]{3})"
_WRAPPED = re.compile(rf"(?P<minus>[-+]?) ?{_SIGNS}? ?(?P<body>[-+]?[9.,' \u00a0\u202f]*9) ?{_SIGNS}?")
_PLAIN = re.compile(r"[-+]?(?:9+(?:\.9*)?|\.9+)")
_POINT = re.compile(r"[-+]?(?:9{1,3}(?:,9{2,3})*,999|9+)(?:\.9+)?")
_COMMA = re.compile(r"[-+]?(?:9{1,3}(?:\.999)+|9+)(?:,9+)?")
_UNCLEAR = {re.compile(r"[-+]?9{1,3}\.999"): ".", re.compile(r"[-+]?9{1,3},999"): ","}
_PLAIN_TEXT = r"[-+]?\d+(\.\d*)?"
_UNCLEAR_TEXT = r"[-+]?\d{1,3}\.\d{3}"
_NUMBER_TEXT = (
    r"[-+]? ?([$€£₹¥]|R\$|US\$|[A-Z]{3})? ?[-+]?[0-9.,' \x{a0}\x{202f}]*[0-9] ?([$€£₹¥]|R\$|US\$|[A-Z]{3})?"
)


@dataclass(frozen=True)
class NumberReading:
    """How a column's texts become numbers.

    `mark` stands before the decimals, `dropped` are the characters that mean nothing (currency, thousands),
    `unread` counts values of no known shape, `certain` tells that every value was tried and is a number.
    """

    mark: str
    dropped: str = ""
    unread: int = 0
    certain: bool = False

    def number(self, value: str, physical: str) -> str:
        """Return the query text of the value as a number of that type; null where it is none."""
        text = f"translate({value}, {literal(self.dropped)}, '')" if self.dropped else value
        text = f"replace({text}, ',', '.')" if self.mark == "," else text
        number = f"try_cast({text} as {physical})"
        fits = f"regexp_full_match({value}, {literal(_NUMBER_TEXT)})"
        return f"case when {fits} then {number} end" if self.unread else number


def read_numbers(
    bench: Workbench, relation: str, value: str, kind: Kind, column: str, said: str | None = None
) -> NumberReading:
    """Return how the column writes numbers; raise UndecidedError where `1.098` may be two amounts."""
    if said != "," and _is_plain(bench, relation, value, may_be_unclear=kind is Kind.MONEY and said is None):
        return NumberReading(".", certain=True)
    shapes = shapes_of(bench, relation, value)
    bodies = {shape: body for shape in shapes if (body := _body(shape.text)) is not None}
    unread = sum(shape.count for shape in shapes if shape not in bodies)
    mark = said or _mark(bodies, kind, column)
    meaning = {"9", "-", "+", mark}
    dropped = {character for shape in bodies for character in shape.text} - meaning
    return NumberReading(mark, "".join(sorted(dropped)), unread)


def _is_plain(bench: Workbench, relation: str, value: str, *, may_be_unclear: bool) -> bool:
    """Tell whether every value is digits with a decimal point at most, and the point can be nothing else."""
    others, points, unclear = bench.one(
        f"select count(*) filter (not regexp_full_match({value}, '{_PLAIN_TEXT}') "
        f"or try_cast({value} as decimal(18, 2)) is null), count(*) filter (contains({value}, '.')), "
        f"count(*) filter (regexp_full_match({value}, '{_UNCLEAR_TEXT}')) "
        f"from {relation} where problem is null and {value} is not null",
        "Looking at the numbers",
    )
    return others == 0 and not (may_be_unclear and points and points == unclear)


def _body(shape: str) -> str | None:
    """Return the digits and marks of a number's shape without currency and spaces, None for no number."""
    found = _WRAPPED.fullmatch(shape)
    if found is None:
        return shape if _PLAIN.fullmatch(shape) else None
    body = found["minus"] + re.sub(r"[' \u00a0\u202f]", "", found["body"])
    return body if any(form.fullmatch(body) for form in (_PLAIN, _POINT, _COMMA)) else None


def _mark(bodies: dict[Shape, str], kind: Kind, column: str) -> str:
    point = [shape for shape, body in bodies.items() if not _COMMA.fullmatch(body)]
    comma = [
        shape for shape, body in bodies.items() if not (_POINT.fullmatch(body) or _PLAIN.fullmatch(body))
    ]
    if point and comma:
        raise UndecidedError(
            f"{column}: “{point[0].example}” has a decimal point and “{comma[0].example}” a decimal comma. "
            "Write all of them one way and import again."
        )
    if point or comma:
        return "." if point else ","
    return _mark_of_unclear(bodies, kind, column)


def _mark_of_unclear(bodies: dict[Shape, str], kind: Kind, column: str) -> str:
    """Return the mark where each value with one may be read both ways: `1,098` as money has thousands."""
    for form, seen in _UNCLEAR.items():
        for shape, body in bodies.items():
            if form.fullmatch(body) and (seen == ".") is (kind is Kind.MONEY):
                whole = re.sub(r"[^0-9]", "", shape.example)
                raise UndecidedError(
                    f"{column}: “{shape.example}” may be {whole}, or a number with three decimals. "
                    'Write decimal = "." or decimal = "," for the table in the mapping.'
                )
    return "."
