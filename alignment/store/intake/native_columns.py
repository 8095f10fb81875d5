"""How natively staged columns are read: their values are known, so nothing is asked of their texts."""

from alignment.domain.contract import Kind
from alignment.store.intake.attributes import Typed
from alignment.store.intake.date_reading import DateReading
from alignment.store.intake.natives import Native
from alignment.store.intake.samples import Sample
from alignment.store.intake.staged import Staged

_LONGEST_WHOLE = 15  # digits that an amount and a float hold exactly


def native_dates(staged: Staged, value: str) -> DateReading | None:
    """Return how a column of times or days is read."""
    found = staged.native(value)
    if found is None or found[0] not in {Native.TIME, Native.DAY}:
        return None
    native = found[1] if found[0] is Native.TIME else f"cast({found[1]} as timestamp)"
    return DateReading(
        year_first=True, offsets=False, epochs=False, formats=(), unread=0, certain=True, native=native
    )


def native_whole(staged: Staged, value: str, sample: Sample) -> str | None:
    """Return the identifier of a column of whole numbers that an amount can hold."""
    found = staged.native(value)
    if found is None or found[0] is not Native.WHOLE:
        return None
    longest = max(len((end or "").lstrip("-")) for end in (sample.least, sample.greatest))
    return found[1] if longest <= _LONGEST_WHOLE else None


def native_flag(staged: Staged, value: str) -> str | None:
    """Return the identifier of a column of true and false."""
    found = staged.native(value)
    return found[1] if found and found[0] is Native.FLAG else None


def native_typed(staged: Staged, value: str, sample: Sample, zone: str) -> Typed | None:
    """Return how an attribute of native values is loaded; a column of 0 and 1 may be a flag by its name."""
    found = staged.native(value)
    if found is None or (found[0] is Native.WHOLE and sample.looks("flag")):
        return None
    if reading := native_dates(staged, value):
        return Typed(reading.instant(value, zone), Kind.INSTANT)
    return Typed(found[1], Kind.FLAG if found[0] is Native.FLAG else Kind.NUMBER)
