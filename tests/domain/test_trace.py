"""Rules of a lead's trace: in order, with how long each step took, and what can't be true said apart."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from alignment.domain.stage import Stage
from alignment.domain.trace import Event, Happening, later, trace_of

BERLIN = ZoneInfo("Europe/Berlin")
AS_OF = datetime(2026, 7, 31, 12)


def event(text, stage=None):
    """Return an event by its day of July 2026 and its name: `5 MQL`."""
    day, _, what = text.partition(" ")
    return Event(datetime(2026, 7, int(day), 12), Happening.STAGE, what, stage=stage)


def test_events_come_in_the_order_in_which_they_happened():
    """Whatever table they come from."""
    found = trace_of([event("9 call"), event("2 mail"), event("5 visit")], AS_OF, BERLIN)

    assert [each.what for each in found.events] == ["mail", "visit", "call"]


def test_stages_of_one_instant_stand_in_the_order_of_the_path():
    """A lead is created before it is an MQL, though a form writes both at once."""
    found = trace_of([event("5 note"), event("5 MQL", Stage.MQL), event("5 Lead", Stage.LEAD)], AS_OF, BERLIN)

    assert [each.what for each in found.events] == ["Lead", "MQL", "note"]


def test_what_is_dated_after_the_data_has_not_happened():
    """It is listed apart and named as a contradiction."""
    found = trace_of([event("5 MQL", Stage.MQL)], datetime(2026, 7, 1), BERLIN)

    assert found.events == ()
    assert [each.what for each in found.future] == ["MQL"]
    assert found.contradictions == (
        "“MQL” is dated 5 Jul 2026, later than the data reaches: it has not happened.",
    )


def test_a_stage_dated_before_an_earlier_one_is_a_contradiction():
    """Said once, against the latest of those that must come first."""
    events = [event("5 Lead", Stage.LEAD), event("9 MQL", Stage.MQL), event("3 SQL", Stage.SQL)]

    found = trace_of(events, AS_OF, BERLIN)

    assert found.contradictions == ("“SQL” is dated 3 Jul 2026, before “MQL” on 9 Jul 2026.",)


def test_stages_of_one_business_day_contradict_nothing():
    """Hours within a day are not kept well enough to argue about."""
    lead = Event(datetime(2026, 7, 4, 22, 30), Happening.STAGE, "Lead", stage=Stage.LEAD)
    mql = Event(datetime(2026, 7, 4, 22, 10), Happening.STAGE, "MQL", stage=Stage.MQL)

    assert trace_of([lead, mql], AS_OF, BERLIN).contradictions == ()


def test_a_stage_without_a_date_that_a_later_one_implies_is_said():
    """Reached yes, time unknown."""
    found = trace_of([event("5 Lead", Stage.LEAD), event("9 SQL", Stage.SQL)], AS_OF, BERLIN)

    assert found.remarks == (
        "MQL was reached, for SQL was; nobody wrote down when.",
        "SAL was reached, for SQL was; nobody wrote down when.",
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2026-07-01 10:00", "2026-07-01 10:00", "at once"),
        ("2026-07-01 10:00", "2026-07-01 10:01", "1 minute later"),
        ("2026-07-01 10:00", "2026-07-01 13:30", "3 hours later"),
        ("2026-07-01 20:00", "2026-07-02 07:00", "11 hours later"),
        ("2026-07-01 10:00", "2026-07-02 10:00", "1 day later"),
        ("2026-07-01 10:00", "2026-08-12 09:00", "42 days later"),
        ("2026-07-01 10:00", "2026-12-01 10:00", "22 weeks later"),
        ("2026-10-24 22:30", "2026-10-25 22:30", "24 hours later"),
    ],
)
def test_how_long_a_step_took_is_said_in_words(before, after, words):
    """In the unit that people would use; days are business days, those of 25 hours too."""
    assert later(datetime.fromisoformat(before), datetime.fromisoformat(after), BERLIN) == words
