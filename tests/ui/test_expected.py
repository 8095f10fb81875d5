"""Rules of what was expected at a signature: sentences that people can hold a version to."""

import pytest
from babel import Locale

from alignment.ui.expected import sentence
from alignment.ui.words import Words

SAY = Words(Locale("en"))
WHOLE = {
    "hand_offs_a_week": 39.7,
    "outcome": "sql",
    "window_days": 28,
    "converted": 409,
    "judged": 1804,
    "conversion": 0.2267,
    "conversion_low": 0.208,
    "conversion_high": 0.2466,
    "unknown": 12,
    "counted_from": "2025-11-01",
    "counted_until": "2026-11-01",
}


def test_the_record_is_said_as_a_sentence():
    """How many, how good, on which leads; no key of the ledger is seen."""
    assert sentence(WHOLE, SAY) == (
        "39.7 hand-offs a week; 23% (21–25%) become SQL within 28 days, 409 of 1,804; "
        "counted on leads of 1 Nov 2025 – 31 Oct 2026."
    )


def test_the_range_of_a_usual_month_is_said_where_it_went_on_record():
    """Older records have none."""
    said = sentence(WHOLE | {"hand_offs_low": 31.2, "hand_offs_high": 48.0}, SAY)

    assert said.startswith("39.7 hand-offs a week (31.2–48 in 95 of 100 months); ")


@pytest.mark.parametrize(
    "known", [{}, dict.fromkeys(WHOLE), {"mood": "good"}, {"outcome": "fax", "judged": 3}]
)
def test_what_is_not_known_is_passed_over(known):
    """An empty record, one of nulls, one of words from another day: no sentence and no error."""
    assert sentence(known, SAY) == ""


def test_few_leads_have_counts_and_no_percentage():
    """A share of three promises what nobody knows."""
    said = sentence(WHOLE | {"converted": 1, "judged": 3}, SAY)

    assert "1 of 3 became SQL within 28 days" in said
    assert "%" not in said
