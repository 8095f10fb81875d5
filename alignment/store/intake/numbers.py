"""How a column writes its numbers, decided from the whole column, and the query text that reads it so."""

import re
from dataclasses import dataclass

from alignment.domain.contract import Kind
from alignment.errors import UndecidedError
from alignment.metrics.query import literal
from alignment.store.intake.currencies import codes_of, currency_of
from alignment.store.intake.number_shape import COMMA, PLAIN, POINT, Written, written
from alignment.store.intake.shapes import SHAPE_OF, Shape, is_cut_off, shapes_of
from alignment.store.intake.workbench import Workbench

_UNCLEAR = {re.compile(r"[-+]?9{1,3}\.999"): ".", re.compile(r"[-+]?9{1,3},999"): ","}
_PLAIN_TEXT = r"[-+]?\d+(\.\d*)?"
_UNCLEAR_TEXT = r"[-+]?\d{1,3}\.\d{3}"
_NO_MARK = "0123456789.,-+()'\u2212\u2019 \u00a0\u202f"


@dataclass(frozen=True)
class NumberReading:
    """How a column's texts become numbers.

    `mark` stands before the decimals, `dropped` are the characters that mean nothing (currency, thousands),
    `unread` counts values of no known shape, and `shapes` are then the known ones; `certain` tells that every
    value was tried and is a number. `currencies` are the marks beside the amounts, `unmarked` counts amounts
    without one.
    """

    mark: str
    dropped: str = ""
    unread: int = 0
    certain: bool = False
    shapes: tuple[str, ...] = ()
    in_brackets: bool = False
    minus_last: bool = False
    currencies: tuple[str, ...] = ()
    unmarked: int = 0
    in_percent: bool = False

    def number(self, value: str, physical: str) -> str:
        """Return the query text of the value as a number of that type; null where it is none."""
        number = f"try_cast({self._digits(value)} as {physical})"
        if not self.shapes:
            return number
        known = ", ".join(literal(shape) for shape in self.shapes)
        return f"case when {SHAPE_OF.format(value=value)} in ({known}) then {number} end"

    def currency(self, value: str, business: str) -> str:
        """Return the query text of the currency that the value's mark stands for; null without a mark."""
        mark = f"translate({value}, {literal(_NO_MARK)}, '')"
        codes = " ".join(
            f"when {literal(known)} then {literal(currency_of(known, business))}" for known in self.currencies
        )
        return f"case {mark} {codes} end"

    def agrees(self, value: str, currency: str) -> str:
        """Return the query text that tells whether the value's mark may stand for that currency."""
        mark = f"translate({value}, {literal(_NO_MARK)}, '')"
        codes = " ".join(
            f"when {literal(known)} then {currency} in ({', '.join(map(literal, codes_of(known)))})"
            for known in self.currencies
        )
        return f"coalesce(case {mark} {codes} end, true)"

    def codes(self, business: str) -> tuple[str, ...]:
        """Return the currencies that the marks stand for."""
        return tuple(dict.fromkeys(currency_of(mark, business) for mark in self.currencies))

    def _digits(self, value: str) -> str:
        """Return the query text of the number as the database writes it."""
        turned = {"\u2212": "-"} if "\u2212" in self.dropped else {}
        if self.mark == ",":
            turned[","] = "."
        before = "".join(turned) + "".join(mark for mark in self.dropped if mark not in turned)
        text = (
            f"translate({value}, {literal(before)}, {literal(''.join(turned.values()))})" if before else value
        )
        if self.in_brackets:
            text = f"case when contains({value}, '(') then concat('-', {text}) else {text} end"
        if self.minus_last:
            text = f"case when ends_with({text}, '-') then concat('-', rtrim({text}, '-')) else {text} end"
        return text


def read_numbers(  # noqa: PLR0913 - what is known of a column's numbers; each has its name at the call
    bench: Workbench,
    relation: str,
    value: str,
    kind: Kind,
    column: str,
    said: str | None = None,
    *,
    may_be_percent: bool = False,
    may_be_cents: bool = False,
) -> NumberReading:
    """Return how the column writes numbers; raise UndecidedError where `1.098` may be two amounts.

    With `may_be_cents` so may `1,098`, which is else an amount with its thousands.
    """
    if said != "," and _is_plain(bench, relation, value, may_be_unclear=kind is Kind.MONEY and said is None):
        return NumberReading(".", certain=True)
    shapes = shapes_of(bench, relation, value)
    found = {
        shape: number for shape in shapes if (number := written(shape.text, may_be_percent=may_be_percent))
    }
    bodies = {shape: number.body for shape, number in found.items()}
    unclear = "," if kind is not Kind.MONEY else ",." if may_be_cents else "."
    mark = said or _mark(bodies, unclear, column)
    forms = (POINT, PLAIN) if mark == "." else (COMMA,)
    read = {
        shape: number for shape, number in found.items() if any(form.fullmatch(number.body) for form in forms)
    }
    _refuse_contradicted(column, said, found, read)
    if may_be_percent and len({number.in_percent for number in read.values()}) > 1:
        raise UndecidedError(f"{column}: some values are in percent, others are not.")
    return _reading(mark, shapes, read)


def _reading(mark: str, shapes: tuple[Shape, ...], read: dict[Shape, Written]) -> NumberReading:
    unread = sum(shape.count for shape in shapes if shape not in read)
    dropped = {character for shape in read for character in shape.text} - {"9", "-", "+", mark}
    numbers = read.values()
    return NumberReading(
        mark,
        "".join(sorted(dropped)),
        unread,
        shapes=tuple(shape.text for shape in read) if unread or is_cut_off(shapes) else (),
        in_brackets=any(number.in_brackets for number in numbers),
        minus_last=any(number.minus_last for number in numbers),
        currencies=tuple(dict.fromkeys(number.currency for number in numbers if number.currency)),
        unmarked=sum(shape.count for shape, number in read.items() if not number.currency),
        in_percent=any(number.in_percent for number in numbers),
    )


def _refuse_contradicted(
    column: str, said: str | None, found: dict[Shape, Written], read: dict[Shape, Written]
) -> None:
    """Refuse a decimal mark that most of the column contradicts; single values are set aside."""
    against = [shape for shape in found if shape not in read]
    if said and sum(shape.count for shape in against) > sum(shape.count for shape in read):
        name = "point" if said == "." else "comma"
        raise UndecidedError(
            f"{column}: the mark before the cents was said to be a {name}, yet “{against[0].example}” and "
            "most others can't be read so. Change decimal in the mapping, or leave it out."
        )


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


def _mark(bodies: dict[Shape, str], unclear: str, column: str) -> str:
    point = [shape for shape, body in bodies.items() if not COMMA.fullmatch(body)]
    comma = [shape for shape, body in bodies.items() if not (POINT.fullmatch(body) or PLAIN.fullmatch(body))]
    if point and comma:
        raise UndecidedError(
            f"{column}: “{point[0].example}” has a decimal point and “{comma[0].example}” a decimal comma. "
            "Write all of them one way and import again."
        )
    if point or comma:
        return "." if point else ","
    return _mark_of_unclear(bodies, unclear, column)


def _mark_of_unclear(bodies: dict[Shape, str], unclear: str, column: str) -> str:
    """Return the mark where each value with one may be read both ways; of those `unclear`, ask."""
    for form, seen in _UNCLEAR.items():
        for shape, body in bodies.items():
            if form.fullmatch(body) and seen in unclear:
                whole = re.sub(r"[^0-9]", "", shape.example)
                raise UndecidedError(
                    f"{column}: “{shape.example}” may be {whole}, or a number with three decimals. "
                    'Write decimal = "." or decimal = "," for the table in the mapping.'
                )
    return "."
