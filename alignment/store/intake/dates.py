"""How a column writes its dates, decided from the whole column, and the query text that reads it so."""

import calendar
import re

from alignment.domain.mapping import DateOrder
from alignment.metrics.query import literal
from alignment.store.intake.date_order import date_order, refuse_day_before_month
from alignment.store.intake.date_reading import PLAIN_TEXT, DateReading
from alignment.store.intake.shapes import Shape, shapes_of
from alignment.store.intake.workbench import Workbench

_TIME = r"(?P<hour>99?):99(?P<seconds>:99)?(?P<fraction>\.9+)?(?P<half> ?[AaPp][Mm])?"
_OFFSET = r"(?P<offset> ?(?:Z|UTC|GMT|[+-]99(?::?99)?))?"
_YEAR_FIRST = re.compile(rf"9999[-/]99?[-/]99?(?:[T ]99?:99(?::99(?:\.9+)?)?{_OFFSET})?")
_SLASHED = re.compile(rf"99?(?P<mark>[/.-])99?(?P=mark)(?P<year>9999|99)(?:(?P<gap>,? ){_TIME})?")
_DAY_MONTH = re.compile(
    r"99?(?P<a>[ .-]{1,2})(?P<month>[A-Za-z]+)(?P<b>[ .,-]{1,2})"
    rf"(?P<year>9999|99)(?:(?P<gap>,? ){_TIME})?"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>[A-Za-z]+)(?P<a>[ .-]{{1,2}})99?(?P<b>,? )(?P<year>9999)(?:(?P<gap>,? ){_TIME})?"
)
_MONTH_ONLY = re.compile(r"9999(?P<mark>[-/])99|(?P<month>[A-Za-z]+)(?P<gap>[ -])9999")
_COMPACT = re.compile("9{8}")
_EPOCH = re.compile("9{10}|9{13}")
_MONTHS = {name.lower(): "%B" for name in calendar.month_name if name} | {
    name.lower(): "%b" for name in calendar.month_abbr if name
}


def read_dates(
    bench: Workbench,
    relation: str,
    value: str,
    said: DateOrder | None,
    column: str,
    *,
    may_be_month: bool = False,
) -> DateReading:
    """Return how the column writes dates; raise UndecidedError where day and month can't be told apart.

    With `may_be_month` a month alone, `2026-07` or `Jul 2026`, is its first day.
    """
    if _is_plain(bench, relation, value):
        return DateReading(year_first=True, offsets=False, epochs=False, formats=(), unread=0, certain=True)
    shapes = shapes_of(bench, relation, value)
    if any(_YEAR_FIRST.fullmatch(shape.text) for shape in shapes):
        refuse_day_before_month(bench, relation, value, column)
    if not any(_SLASHED.fullmatch(shape.text) for shape in shapes):
        return _reading(shapes, None, "", may_be_month=may_be_month)
    order, evidence = date_order(bench, relation, value, said, column)
    return _reading(shapes, order, evidence, may_be_month=may_be_month)


def _is_plain(bench: Workbench, relation: str, value: str) -> bool:
    """Tell whether every value is a date written year first without an offset, the commonest way."""
    (others,) = bench.one(
        f"select count(*) from {relation} where problem is null and {value} is not null and not "
        f"(regexp_full_match({value}, {literal(PLAIN_TEXT)}) and try_cast({value} as timestamp) is not null)",
        "Looking at the dates",
    )
    return others == 0


def _reading(
    shapes: tuple[Shape, ...], order: DateOrder | None, evidence: str, *, may_be_month: bool
) -> DateReading:
    formats, year_first, offsets, epochs, unread = set[str](), False, False, False, 0
    for shape in shapes:
        if found := _YEAR_FIRST.fullmatch(shape.text):
            year_first, offsets = True, offsets or bool(found["offset"])
        elif _EPOCH.fullmatch(shape.text):
            epochs = True
        elif form := _format(shape.text, order) or (may_be_month and _month(shape.text)):
            formats.add(form)
        else:
            unread += shape.count
    short_years_first = sorted(formats, key=lambda form: ("%y" not in form, form))
    return DateReading(year_first, offsets, epochs, tuple(short_years_first), unread, order, evidence)


def _format(shape: str, order: DateOrder | None) -> str | None:
    """Return the strptime format of a shape, or None where it is no date."""
    if _COMPACT.fullmatch(shape):
        return "%Y%m%d"
    if (found := _SLASHED.fullmatch(shape)) and order:
        return _slashed(found, order)
    if (found := _DAY_MONTH.fullmatch(shape)) and (month := _MONTHS.get(found["month"].lower())):
        return f"%d{found['a']}{month}{found['b']}{_year(found)}{_time(found)}"
    if (found := _MONTH_DAY.fullmatch(shape)) and (month := _MONTHS.get(found["month"].lower())):
        return f"{month}{found['a']}%d{found['b']}{_year(found)}{_time(found)}"
    return None


def _month(shape: str) -> str | None:
    """Return the strptime format of a month alone, or None where the shape is none."""
    found = _MONTH_ONLY.fullmatch(shape)
    if found is None:
        return None
    if found["mark"]:
        return f"%Y{found['mark']}%m"
    month = _MONTHS.get(found["month"].lower())
    return f"{month}{found['gap']}%Y" if month else None


def _slashed(found: re.Match[str], order: DateOrder) -> str | None:
    year, mark = _year(found), found["mark"]
    if order is DateOrder.ISO:
        return f"%y{mark}%m{mark}%d{_time(found)}" if year == "%y" else None
    first, second = ("%d", "%m") if order is DateOrder.DMY else ("%m", "%d")
    return f"{first}{mark}{second}{mark}{year}{_time(found)}"


def _year(found: re.Match[str]) -> str:
    return "%Y" if len(found["year"]) == len("2026") else "%y"


def _time(found: re.Match[str]) -> str:
    if not found["hour"]:
        return ""
    half = (found["half"] or "").lower().replace("am", "%p").replace("pm", "%p")
    seconds = ":%S" if found["seconds"] else ""
    return f"{found['gap']}{'%I' if half else '%H'}:%M{seconds}{'.%f' if found['fraction'] else ''}{half}"
