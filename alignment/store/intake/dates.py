"""How a column writes its dates, decided from the whole column, and the query text that reads it so."""

import calendar
import re
from dataclasses import dataclass

from alignment.domain.mapping import DateOrder
from alignment.errors import UndecidedError
from alignment.metrics.query import literal
from alignment.store.intake.shapes import Shape, shapes_of
from alignment.store.intake.workbench import Workbench

_DECISIVE_SHARE = 0.05  # fewer proofs than this may be slips of the pen
_TIME = r"(?P<hour>99?):99(?P<seconds>:99)?(?P<fraction>\.9+)?(?P<half> ?[AaPp][Mm])?"
_OFFSET = r"(?P<offset> ?(?:Z|UTC|GMT|[+-]99(?::?99)?))?"
_YEAR_FIRST = re.compile(rf"9999[-/]99?[-/]99?(?:[T ]99?:99(?::99(?:\.9+)?)?{_OFFSET})?")
_SLASHED = re.compile(rf"99?(?P<mark>[/.-])99?(?P=mark)(?P<year>9999|99)(?:(?P<gap>,? ){_TIME})?")
_DAY_MONTH = re.compile(
    rf"99?(?P<a>[ .-]{{1,2}})(?P<month>[A-Za-z]+)(?P<b>[ .,-]{{1,2}})(?P<year>9999|99)(?:(?P<gap>,? ){_TIME})?"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>[A-Za-z]+)(?P<a>[ .-]{{1,2}})99?(?P<b>,? )(?P<year>9999)(?:(?P<gap>,? ){_TIME})?"
)
_COMPACT = re.compile("9{8}")
_EPOCH = re.compile("9{10}|9{13}")
_MONTHS = {name.lower(): "%B" for name in calendar.month_name if name} | {
    name.lower(): "%b" for name in calendar.month_abbr if name
}
_YEAR_FIRST_TEXT = (
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?( ?(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?"
)


@dataclass(frozen=True)
class DateReading:
    """How a column's texts become instants.

    `formats` are strptime formats for what is not written year first; `unread` counts values of no known shape.
    """

    year_first: bool
    offsets: bool
    epochs: bool
    formats: tuple[str, ...]
    unread: int
    order: DateOrder | None = None
    evidence: str = ""

    @property
    def is_date(self) -> bool:
        """Tell whether any value looks like a date."""
        return self.year_first or self.epochs or bool(self.formats)

    def instant(self, value: str, zone: str) -> str:
        """Return the query text of the value as naive UTC; a value without offset is read in the zone."""
        branches = [f"({branch})" for branch in self._branches(value, zone)]
        return f"coalesce({', '.join(branches)})" if branches else "cast(null as timestamp)"

    def day(self, value: str, zone: str) -> str:
        """Return the query text of the value as a day in the zone."""
        instant = self.instant(value, zone)
        return f"cast({_shifted(instant, 'UTC', zone)} as date)"

    def _branches(self, value: str, zone: str) -> list[str]:
        branches = []
        if self.year_first:
            branches.append(self._year_first(value, zone))
        if self.formats:
            formats = ", ".join(literal(form) for form in self.formats)
            branches.append(_shifted(f"try_strptime({value}, [{formats}])", zone, "UTC"))
        if self.epochs:
            number = f"cast({value} as bigint) * case when length({value}) = 13 then 1000 else 1000000 end"
            branches.append(
                f"case when regexp_full_match({value}, '\\d{{10}}|\\d{{13}}') then make_timestamp({number}) end"
            )
        return branches

    def _year_first(self, value: str, zone: str) -> str:
        naive = _shifted(f"try_cast({value} as timestamp)", zone, "UTC")
        text = naive
        if self.offsets:
            exact = f"timezone('UTC', try_cast({value} as timestamptz))"
            ends = (
                f"length({value}) > 10 and regexp_matches({value}, '(Z|UTC|GMT|[+-]\\d{{2}}(:?\\d{{2}})?)$')"
            )
            text = f"case when {ends} then {exact} else {naive} end"
        if self.unread or self.formats or self.epochs:
            text = f"case when regexp_full_match({value}, {literal(_YEAR_FIRST_TEXT)}) then {text} end"
        return text


def read_dates(
    bench: Workbench, relation: str, value: str, said: DateOrder | None, column: str, *, may_ask: bool = True
) -> DateReading | None:
    """Return how the column writes dates; raise UndecidedError (or return None where it may not ask) if unclear."""
    shapes = shapes_of(bench, relation, value)
    slashed = [shape for shape in shapes if _SLASHED.fullmatch(shape.text)]
    order, evidence = None, ""
    if slashed:
        decided = _order(bench, relation, value, said, column, may_ask=may_ask)
        if decided is None:
            return None
        order, evidence = decided
    return _reading(shapes, order, evidence)


def _reading(shapes: tuple[Shape, ...], order: DateOrder | None, evidence: str) -> DateReading:
    formats, year_first, offsets, epochs, unread = set[str](), False, False, False, 0
    for shape in shapes:
        if found := _YEAR_FIRST.fullmatch(shape.text):
            year_first, offsets = True, offsets or bool(found["offset"])
        elif _EPOCH.fullmatch(shape.text):
            epochs = True
        elif form := _format(shape.text, order):
            formats.add(form)
        else:
            unread += shape.count
    short_years_first = sorted(formats, key=lambda form: ("%y" not in form, form))
    return DateReading(year_first, offsets, epochs, tuple(short_years_first), unread, order, evidence)


def _format(shape: str, order: DateOrder | None) -> str | None:
    """Return the strptime format of a shape, or None where it is no date."""
    if _COMPACT.fullmatch(shape):
        return "%Y%m%d"
    if (found := _SLASHED.fullmatch(shape)) and order in {DateOrder.DMY, DateOrder.MDY}:
        first, second = ("%d", "%m") if order is DateOrder.DMY else ("%m", "%d")
        return f"{first}{found['mark']}{second}{found['mark']}{_year(found)}{_time(found)}"
    if (found := _DAY_MONTH.fullmatch(shape)) and (month := _MONTHS.get(found["month"].lower())):
        return f"%d{found['a']}{month}{found['b']}{_year(found)}{_time(found)}"
    if (found := _MONTH_DAY.fullmatch(shape)) and (month := _MONTHS.get(found["month"].lower())):
        return f"{month}{found['a']}%d{found['b']}{_year(found)}{_time(found)}"
    return None


def _shifted(naive: str, zone: str, into: str) -> str:
    """Return the query text of a naive instant of one zone as a naive instant of another."""
    return naive if zone == into else f"timezone({literal(into)}, timezone({literal(zone)}, {naive}))"


def _year(found: re.Match[str]) -> str:
    return "%Y" if len(found["year"]) == len("2026") else "%y"


def _time(found: re.Match[str]) -> str:
    if not found["hour"]:
        return ""
    half = (found["half"] or "").lower().replace("am", "%p").replace("pm", "%p")
    seconds = ":%S" if found["seconds"] else ""
    return f"{found['gap']}{'%I' if half else '%H'}:%M{seconds}{'.%f' if found['fraction'] else ''}{half}"


def _order(
    bench: Workbench, relation: str, value: str, said: DateOrder | None, column: str, *, may_ask: bool
) -> tuple[DateOrder, str] | None:
    """Return day first or month first with the evidence, from every value written with slashes, dots or dashes."""
    total, same, day_first, month_first, example = bench.one(
        f"""
        with parts as (
            select {value} as written, string_split(translate({value}, '.-', '//'), '/') as part
            from {relation}
            where problem is null and regexp_matches({value}, '^\\d{{1,2}}[./-]\\d{{1,2}}[./-]\\d')
        ), numbers as (
            select written, try_cast(part[1] as integer) as a, try_cast(part[2] as integer) as b from parts
        )
        select count(*), count(*) filter (a = b), count(*) filter (a > 12 and b <= 12),
               count(*) filter (b > 12 and a <= 12), min(written) filter (a <= 12 and b <= 12 and a <> b)
        from numbers
        """
    )
    proofs = {DateOrder.DMY: day_first, DateOrder.MDY: month_first}
    if said in proofs:
        _refuse_contradicted(column, said, proofs, total)
        return said, f"read {said.words}, as said"
    likely, unlikely = sorted(proofs, key=lambda order: -proofs[order])
    if said is None and not proofs[unlikely] and proofs[likely] >= max(1, _DECISIVE_SHARE * total):
        return (
            likely,
            f"read {likely.words}: {proofs[likely]:,} of {total:,} values can be read in no other way",
        )
    if total == same:
        return DateOrder.DMY, "day and month are the same number in every value"
    if not may_ask:
        return None
    raise UndecidedError(_question(column, said, proofs, total, example or ""))


def _refuse_contradicted(column: str, said: DateOrder, proofs: dict[DateOrder, int], total: int) -> None:
    other = DateOrder.MDY if said is DateOrder.DMY else DateOrder.DMY
    if not proofs[said] and proofs[other] >= max(1, _DECISIVE_SHARE * total):
        raise UndecidedError(
            f"{column}: the dates were said to be {said.words}, yet {proofs[other]:,} of {total:,} can only be read "
            f"{other.words}. Use dates = {other.value}, or leave it out."
        )


def _question(
    column: str, said: DateOrder | None, proofs: dict[DateOrder, int], total: int, example: str
) -> str:
    answer = "Say which it is: --dates dmy (day first) or --dates mdy (month first)."
    if said is DateOrder.ISO:
        return f"{column}: the dates were said to be year first, yet {total:,} are written as “{example}”. {answer}"
    if any(proofs.values()):
        return (
            f"{column}: {proofs[DateOrder.DMY]:,} of {total:,} dates can only be read day first and "
            f"{proofs[DateOrder.MDY]:,} only month first. {answer}"
        )
    return f"{column}: “{example}” may be day first or month first, and nothing in the column tells. {answer}"
