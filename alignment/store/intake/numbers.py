"""How a column writes its numbers, decided from the whole column, and the query text that reads it so."""

import re
from dataclasses import dataclass

from alignment.domain.contract import Kind
from alignment.errors import UndecidedError
from alignment.store.intake.shapes import Shape, shapes_of
from alignment.store.intake.workbench import Workbench

_SIGNS = r"(?:[$€£₹¥]|R\$|US\$|[A-Z]{3})"
_WRAPPED = re.compile(rf"(?P<minus>[-+]?) ?{_SIGNS}? ?(?P<body>[-+]?[9.,' \u00a0\u202f]*9) ?{_SIGNS}?")
_PLAIN = re.compile(r"[-+]?(?:9+(?:\.9*)?|\.9+)")
_POINT = re.compile(r"[-+]?(?:9{1,3}(?:,9{2,3})*,999|9+)(?:\.9+)?")
_COMMA = re.compile(r"[-+]?(?:9{1,3}(?:\.999)+|9+)(?:,9+)?")
_UNCLEAR = {re.compile(r"[-+]?9{1,3}\.999"): ".", re.compile(r"[-+]?9{1,3},999"): ","}
_NUMBER_TEXT = r"^[-+]? ?([$€£₹¥]|R\$|US\$|[A-Z]{3})? ?[-+]?[0-9.,'' ]*[0-9] ?([$€£₹¥]|[A-Z]{3})?$"


@dataclass(frozen=True)
class NumberReading:
    """How a column's texts become numbers: `mark` stands before the decimals; `plain` needs no cleaning."""

    mark: str
    plain: bool
    unread: int

    def number(self, value: str, physical: str) -> str:
        """Return the query text of the value as a number of that type; null where it is none."""
        if self.plain and not self.unread:
            return f"try_cast({value} as {physical})"
        cleaned = f"regexp_replace({value}, '[^0-9.,+-]', '', 'g')"
        if self.mark == ".":
            cleaned = f"replace({cleaned}, ',', '')"
        else:
            cleaned = f"replace(replace({cleaned}, '.', ''), ',', '.')"
        return f"case when regexp_full_match({value}, '{_NUMBER_TEXT}') then try_cast({cleaned} as {physical}) end"


def read_numbers(
    bench: Workbench, relation: str, value: str, kind: Kind, column: str, said: str | None = None
) -> NumberReading:
    """Return how the column writes numbers; raise UndecidedError where `1.098` may be two different amounts."""
    shapes = shapes_of(bench, relation, value)
    bodies = {shape: _body(shape.text) for shape in shapes}
    known = {shape: body for shape, body in bodies.items() if body is not None}
    unread = sum(shape.count for shape in shapes if bodies[shape] is None)
    plain = all(_PLAIN.fullmatch(shape.text) for shape in known)
    mark = said or _mark(known, kind, column)
    return NumberReading(mark, plain and mark == ".", unread)


def _body(shape: str) -> str | None:
    """Return the digits and marks of a number's shape without currency and spaces, None where it is no number."""
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
            f"{column}: “{point[0].example}” (row {point[0].row:,}) has a decimal point and “{comma[0].example}” "
            f"(row {comma[0].row:,}) a decimal comma. Write all of them one way and import again."
        )
    if point or comma:
        return "." if point else ","
    return _mark_of_unclear(bodies, kind, column)


def _mark_of_unclear(bodies: dict[Shape, str], kind: Kind, column: str) -> str:
    """Return the mark where each value with one may be read both ways: `1,098` as money has thousands."""
    for form, seen in _UNCLEAR.items():
        for shape, body in bodies.items():
            if form.fullmatch(body) and (seen == ".") is (kind is Kind.MONEY):
                raise UndecidedError(
                    f"{column}: “{shape.example}” (row {shape.row:,}) may be {_spelt(shape.example, seen)}. "
                    'Write decimal = "." or decimal = "," for the table in the mapping.'
                )
    return "."


def _spelt(example: str, seen: str) -> str:
    whole = re.sub(r"[^0-9]", "", example)
    return f"{int(whole):,} or a number with three decimals after the “{seen}”".replace(",", " ")
