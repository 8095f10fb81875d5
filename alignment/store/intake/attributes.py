"""What the columns outside the contract hold, decided from all their values; in doubt, text."""

from dataclasses import dataclass

from alignment.domain.contract import Kind
from alignment.domain.known_names import folded
from alignment.domain.mapping import DateOrder
from alignment.errors import UndecidedError
from alignment.store.intake.dates import DateReading, read_dates
from alignment.store.intake.numbers import read_numbers
from alignment.store.intake.samples import Sample
from alignment.store.intake.workbench import Workbench

TRUE_WORDS = ("true", "yes", "y", "t", "1", "1.0")
FALSE_WORDS = ("false", "no", "n", "f", "0", "0.0")
_WORDS_OF_FLAGS = ("true", "false", "yes", "no")
_LETTERS_OF_FLAGS = ("y", "n")
_DECIMAL = r"-?(0|[1-9][0-9]*)?([.][0-9]+)?([eE][-+]?[0-9]+)?"
_CODE = r"[+0]\d.*|.*\d \d.*"  # telephone numbers, postcodes


@dataclass(frozen=True)
class Typed:
    """The query text of an attribute, the kind it was found to have, and what to say about it."""

    expression: str
    kind: Kind
    note: str = ""


def typed(
    bench: Workbench, relation: str, value: str, sample: Sample, name: str, said: DateOrder | None, zone: str
) -> Typed:
    """Return how an attribute is loaded: a flag, a number, an instant, else text as it stands."""
    if sample.looks("flag") and (found := _flag(bench, relation, value, name)):
        return found
    if sample.looks("whole") or sample.looks("decimal"):
        return _number(bench, relation, value) or Typed(value, Kind.TEXT)
    if sample.looks("date") and (reading := _dates(bench, relation, value, said, name)):
        return Typed(reading.instant(value, zone), Kind.INSTANT, reading.evidence)
    if sample.looks("money"):
        return _money(bench, relation, value, name) or Typed(value, Kind.TEXT)
    return Typed(value, Kind.TEXT)


def flag(value: str) -> str:
    """Return the query text of a yes or no; null for any other word."""
    word = f"lower({value})"
    return f"case when {word} in {TRUE_WORDS!r} then true when {word} in {FALSE_WORDS!r} then false end"


def _flag(bench: Workbench, relation: str, value: str, name: str) -> Typed | None:
    """Return a flag for words; 0 and 1 are a flag only where the name says so (`is_…`, `has_…`)."""
    words = _WORDS_OF_FLAGS + (("0", "1") if folded(name).startswith(("is", "has")) else ())
    all_fit = _all(bench, relation, value, f"lower({value}) in {words!r}")
    both_letters = not all_fit and _are_both_letters(bench, relation, value)
    return Typed(flag(value), Kind.FLAG) if all_fit or both_letters else None


def _are_both_letters(bench: Workbench, relation: str, value: str) -> bool:
    """Tell whether the column holds Y and N and nothing else; one of them alone may be any code."""
    found = bench.run(
        f"select distinct lower({value}) from {relation} "
        f"where problem is null and {value} is not null limit 3"
    )
    return {word for (word,) in found} == set(_LETTERS_OF_FLAGS)


def _number(bench: Workbench, relation: str, value: str) -> Typed | None:
    """Return a number; texts with leading zeros are no numbers, they are codes."""
    if _all(bench, relation, value, f"cast(try_cast({value} as bigint) as varchar) = {value}"):
        return Typed(f"try_cast({value} as bigint)", Kind.NUMBER)
    if _all(
        bench,
        relation,
        value,
        f"regexp_full_match({value}, '{_DECIMAL}') and try_cast({value} as double) is not null",
    ):
        return Typed(f"try_cast({value} as double)", Kind.NUMBER)
    return None


def _dates(
    bench: Workbench, relation: str, value: str, said: DateOrder | None, name: str
) -> DateReading | None:
    try:
        reading = read_dates(bench, relation, value, said, name)
    except UndecidedError:  # an attribute is not worth a question: it stays text
        return None
    if reading.unread or reading.epochs or not reading.is_date:
        return None
    return reading if _all(bench, relation, value, f"{reading.instant(value, 'UTC')} is not null") else None


def _money(bench: Workbench, relation: str, value: str, name: str) -> Typed | None:
    """Return amounts and percentages as numbers; amounts in several currencies stay as they are written."""
    try:
        reading = read_numbers(bench, relation, value, Kind.NUMBER, name, may_be_percent=True)
    except UndecidedError:
        return None
    if reading.unread or len(reading.currencies) > 1 or (reading.currencies and reading.unmarked):
        return None
    expression = reading.number(value, "double")
    is_number = f"{expression} is not null and not regexp_full_match({value}, '{_CODE}')"
    if not _all(bench, relation, value, is_number):
        return None
    note = "in percent, as written" if reading.in_percent else ""
    return Typed(expression, Kind.NUMBER, note or "".join(f"in {mark}" for mark in reading.currencies))


def _all(bench: Workbench, relation: str, value: str, condition: str) -> bool:
    """Tell whether the condition holds for every value of the column."""
    (misfits,) = bench.one(
        f"select count(*) from {relation} "
        f"where problem is null and {value} is not null and not coalesce({condition}, false)"
    )
    return misfits == 0
