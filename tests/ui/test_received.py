"""Rules of receipts in words: what was expected, what came, and no verdict where there can be none."""

from dataclasses import replace
from datetime import date

import pytest
from babel import Locale

from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage
from alignment.ui import received
from alignment.ui.words import Words
from alignment.whatif import HandOffs
from alignment.whatif.receipt import Receipt

SAY = Words(Locale("en"))
CAME = HandOffs(80, Rate(20, 60), 5, 15, 0, None, None, 0, 0)
RECEIPT = Receipt(
    number=2,
    span=Period(date(2026, 1, 1), date(2026, 2, 26)),
    is_over=False,
    outcome=Stage.SQL,
    window_days=28,
    came=CAME,
    expected_a_week=9.0,
    expected_ends=(5.0, 12.0),
    expected=Rate(40, 120),
)


def test_both_promises_stand_beside_what_came():
    """Eighty in eight weeks, twenty of sixty."""
    hand_offs, conversion = received.lines(RECEIPT, SAY)

    assert hand_offs == "✓ 10 hand-offs a week, expected 9 (5–12): as expected"
    assert conversion == (
        "✓ Hand-off → SQL within 28 days: 33% (20 of 60, 23–46%), expected 33% (26–42%): as expected; "
        "15 are too young to judge"
    )


def test_the_board_has_it_in_one_line():
    """It has no room for more."""
    assert received.short(RECEIPT, SAY) == (
        "Version 2, signed: 10 hand-offs a week ✓ as expected; 33% → SQL ✓ as expected"
    )


@pytest.mark.parametrize(
    ("receipt", "words"),
    [
        (replace(RECEIPT, expected_ends=(11.0, 12.0)), "▼ 10 hand-offs a week, expected 9 (11–12): less"),
        (replace(RECEIPT, expected_ends=(5.0, 9.5)), "▲ 10 hand-offs a week, expected 9 (5–9.5): more"),
        (replace(RECEIPT, expected_ends=None), "– 10 hand-offs a week, expected 9; no range went on record"),
        (replace(RECEIPT, outcome=None), "can't be told from these tables"),
        (replace(RECEIPT, came=replace(CAME, conversion=Rate(2, 3))), "n too small (2 of 3)"),
        (replace(RECEIPT, came=replace(CAME, conversion=Rate(9, 29))), "… Hand-off → SQL"),
    ],
    ids=["fewer", "more", "no range", "no outcome", "three leads", "too early"],
)
def test_a_verdict_is_said_only_where_there_is_one(receipt, words):
    """Few leads and old records can't be held to anything."""
    assert words in "\n".join(received.lines(receipt, SAY))


def test_where_nothing_was_expected_nothing_is_said():
    """Not every record holds both."""
    nothing = replace(RECEIPT, expected_a_week=None, expected=None, outcome=None)

    assert received.lines(nothing, SAY) == []
    assert received.short(nothing, SAY) == ""
