"""Receipts: what a signed version was expected to bring, beside what came."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Terms, Version
from alignment.domain.definition import Definition
from alignment.domain.rate import Rate
from alignment.whatif.receipt import Verdict, receipts

EXPECTED = {
    "hand_offs_a_week": 7.0,
    "hand_offs_low": 5.0,
    "hand_offs_high": 9.0,
    "outcome": "sql",
    "window_days": 10,
    "converted": 50,
    "judged": 100,
}
AS_OF = datetime(2026, 6, 30, 23)


def version(number, day, **expected):
    """A version in force from a day on."""
    told = EXPECTED | expected
    known = {name: value for name, value in told.items() if value is not None}
    return Version(number, Definition(), Terms("why", date.fromisoformat(day)), prediction=known)


def handed(day, count, *, converts=0, worked=True):
    """So many leads handed off on a day of 2026, the first of them become SQL three days later."""
    at = datetime.fromisoformat(f"2026-{day}")
    rows = []
    for number in range(count):
        sql_at = at.replace(day=at.day + 3).date() if number < converts else "-"
        touched = at.date() if worked else "-"
        rows.append(f"{day}-{number} {at.date()} {at.date()} {touched} {sql_at}")
    return rows


@pytest.fixture
def found(given):
    """Return the receipts of versions on drawn leads."""

    def of(versions, *days):
        rows = "\n".join(row for day in days for row in day)
        leads = f"lead_id created_at mql_at first_touch_at sql_at\n{rows}"
        return receipts(given(leads=leads, as_of=AS_OF.isoformat()), versions)

    return of


def test_each_version_answers_for_the_leads_of_its_own_time(found):
    """From its first day up to the day before the next one's; what comes on that day is the next one's."""
    versions = (version(1, "2026-04-01"), version(2, "2026-05-01"))

    first, second = found(versions, handed("03-31", 1), handed("04-01", 2), handed("05-01", 4))

    assert [(each.number, each.came.leads, each.is_over) for each in (first, second)] == [
        (1, 2, True),
        (2, 4, False),
    ]
    assert (first.span.start, first.span.last) == (date(2026, 4, 1), date(2026, 4, 30))
    assert second.span.last == AS_OF.date()


@pytest.mark.parametrize(
    ("leads", "verdict"),
    [(20, Verdict.BELOW), (25, Verdict.INSIDE), (36, Verdict.INSIDE), (40, Verdict.ABOVE)],
)
def test_hand_offs_are_held_against_the_range_that_went_on_record(found, leads, verdict):
    """Five to nine a week, over four weeks and two days."""
    versions = (version(1, "2026-04-01"), version(2, "2026-05-01"))

    assert found(versions, handed("04-08", leads))[0].of_hand_offs is verdict


def test_under_four_weeks_it_is_too_early_to_say(found):
    """A week is no usual week."""
    (receipt,) = found((version(1, "2026-06-10"),), handed("06-12", 300))

    assert receipt.of_hand_offs is Verdict.EARLY


def test_without_a_range_on_record_hand_offs_can_not_be_judged(found):
    """Versions signed before ranges were recorded have none."""
    (receipt,) = found((version(1, "2026-04-01", hand_offs_low=None),), handed("04-08", 25))

    assert receipt.of_hand_offs is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("converts", "verdict"),
    [(5, Verdict.BELOW), (17, Verdict.INSIDE), (20, Verdict.INSIDE), (36, Verdict.ABOVE)],
)
def test_conversion_differs_only_where_chance_can_not_have_done_it(found, converts, verdict):
    """Fifty of a hundred were expected; of forty, twenty are just that and seventeen could well be."""
    (receipt,) = found((version(1, "2026-04-01"),), handed("04-08", 40, converts=converts))

    assert receipt.came.conversion == Rate(converts, 40)
    assert receipt.of_conversion is verdict


def test_only_leads_that_are_old_enough_and_were_worked_are_judged(found):
    """The young may still convert, and nobody knows what the others would have done."""
    days = (
        handed("06-01", 10, converts=4),
        handed("06-03", 5, worked=False),
        handed("06-22", 30, converts=0),
    )

    (receipt,) = found((version(1, "2026-05-01"),), *days)

    assert receipt.came.conversion == Rate(4, 10)
    assert (receipt.came.unknown, receipt.came.too_young) == (5, 30)
    assert receipt.of_conversion is Verdict.EARLY


def test_a_version_without_a_prediction_or_not_yet_in_force_has_no_receipt(found):
    """There is nothing to hold it to."""
    without = Version(1, Definition(), Terms("why", date(2026, 4, 1)))

    assert found((without, version(2, "2026-07-01")), handed("04-08", 4)) == ()


def test_a_load_that_does_not_know_hand_offs_gives_no_receipts(given):
    """Created is not handed off."""
    snapshot = given(leads="lead_id created_at\nada 2026-04-08", as_of=AS_OF.isoformat())

    assert receipts(snapshot, (version(1, "2026-04-01"),)) == ()
