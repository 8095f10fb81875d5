"""Query text that reads dates, once it is known how a column writes them."""

from dataclasses import dataclass

from alignment.domain.mapping import DateOrder
from alignment.metrics.query import literal

PLAIN_TEXT = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"
"""What a date written year first looks like, as a pattern for a query."""

_YEAR_FIRST_TEXT = PLAIN_TEXT + r"( ?(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?"
_EPOCH_TEXT = r"\d{10}|\d{13}"


@dataclass(frozen=True)
class DateReading:
    """How a column's texts become instants.

    `formats` are strptime formats for what is not written year first; `unread` counts values of no known
    shape; `certain` tells that every value was tried and is a date, `native` is their query text then.
    """

    year_first: bool
    offsets: bool
    epochs: bool
    formats: tuple[str, ...]
    unread: int
    order: DateOrder | None = None
    evidence: str = ""
    certain: bool = False
    native: str = ""

    @property
    def is_date(self) -> bool:
        """Tell whether any value looks like a date."""
        return self.year_first or self.epochs or bool(self.formats)

    def instant(self, value: str, zone: str) -> str:
        """Return the query text of the value as naive UTC; a value without offset is read in the zone."""
        if self.native:
            return _shifted(self.native, zone, "UTC")
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
            fits = f"regexp_full_match({value}, {literal(_EPOCH_TEXT)})"
            branches.append(f"case when {fits} then make_timestamp({number}) end")
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


def _shifted(naive: str, zone: str, into: str) -> str:
    """Return the query text of a naive instant of one zone as a naive instant of another."""
    return naive if zone == into else f"timezone({literal(into)}, timezone({literal(zone)}, {naive}))"
