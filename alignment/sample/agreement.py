"""How the sample company came to its definition: two versions, signed by people of both sides."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from alignment.domain.agreement import Person, Side, Signature, Terms, Version
from alignment.domain.definition_plain import from_plain
from alignment.sample.definitions import DEFINITION_BEFORE, DEFINITION_NOW
from alignment.sample.expected import expected
from alignment.sample.story import Story

MARKETING = Person("Lena Hartwig", Side.MARKETING)
SALES = Person("Ida Kern", Side.SALES)
FIRST_HELD_DAYS = 420


def versions(as_of: date, warehouse: Path) -> tuple[Version, Version]:
    """Return what was in force before and what is in force now, seen from the newest day of the data.

    There was no data yet when the first was signed; what the second was expected to bring comes from it.
    """
    changed_on = Story(as_of).definition_changed_on
    now = from_plain(DEFINITION_NOW)
    began_on = changed_on - timedelta(FIRST_HELD_DAYS)
    return (
        Version(
            1,
            from_plain(DEFINITION_BEFORE),
            Terms("Our first definition in writing: whoever shows interest is worth a call.", began_on),
            _signed(began_on),
            at=_signed(began_on)[-1].at,
        ),
        Version(
            2,
            now,
            Terms(
                "Many calls went to companies too small for us: fit counts as much as interest.", changed_on
            ),
            _signed(changed_on),
            expected(warehouse, now, _signed(changed_on)[-1].at.date()),
            at=_signed(changed_on)[-1].at,
        ),
    )


def signed_at(effective_on: date) -> datetime:
    """Return when both sides met to agree on what holds from that day on."""
    return datetime.combine(effective_on - timedelta(6), time(14, 5))


def _signed(effective_on: date) -> tuple[Signature, Signature]:
    met = signed_at(effective_on)
    return Signature(MARKETING, met, 0), Signature(SALES, met + timedelta(minutes=12), 0)
