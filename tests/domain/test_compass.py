"""Rules of the compass: nine cells, each a question; whole months only, and old enough ones."""

import re
from datetime import date, datetime
from itertools import product

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.compass import MonthCount, compass_months
from alignment.domain.compass_words import CELLS, label, said, said_of_mqls
from alignment.domain.period import months_later
from alignment.domain.plan import Plan
from alignment.domain.swing import Standing
from tests.test_interface_words import BLAME

FIRST = date(2026, 1, 1)
WINDOW = 28
ADA = Person("Ada", Side.MARKETING)


def months(drawn, known_until, plans=()):
    """Return the months of a drawing of MQLs and SQLs, January 2026 first."""
    counts = [
        MonthCount(months_later(FIRST, place), *map(int, line.split()))
        for place, line in enumerate(drawn.strip().splitlines())
    ]
    return compass_months(counts, {plan.month: plan for plan in plans}, WINDOW, known_until)


STEADY = """
    100  30
    110  34
    100  30
    110  34
    100  30
    110  34
    105  32
"""


@pytest.mark.parametrize(("known_until", "shown"), [(date(2026, 7, 31), 6), (date(2026, 8, 1), 7)])
def test_a_month_is_shown_once_it_is_over(known_until, shown):
    """Half a month would be a lack, every month."""
    assert len(months(STEADY, known_until)) == shown


@pytest.mark.parametrize(
    ("known_until", "is_mature"), [(date(2026, 8, 28), False), (date(2026, 8, 29), True)]
)
def test_sqls_are_judged_once_the_last_lead_has_had_its_time(known_until, is_mature):
    """July ends with the 31st: its last lead has 28 days until the 28th of August is over."""
    july = months(STEADY, known_until)[-1]

    assert (july.judged_on, july.is_mature, july.cell is not None) == (
        date(2026, 8, 29),
        is_mature,
        is_mature,
    )
    assert july.mqls.standing is Standing.EXPECTED


@pytest.mark.parametrize(
    ("mqls", "sqls"),
    list(product((70, 105, 140), (10, 32, 60))),
)
def test_all_nine_cells_can_be_reached(mqls, sqls):
    """MQLs swing by 26.6 around 105, SQLs by 10.64 around 32."""
    steady = "\n".join(STEADY.strip().splitlines()[:6])
    cell = months(f"{steady}\n{mqls} {sqls}", date(2027, 1, 1))[-1].cell

    which = {70: "fewer", 10: "fewer", 105: "expected", 32: "expected", 140: "more", 60: "more"}
    assert tuple(map(str, cell)) == (which[mqls], which[sqls])


def test_a_plan_holds_for_its_month_alone():
    """What July was planned with says nothing of June."""
    plan = Plan(date(2026, 7, 1), 150, 32, ADA, datetime(2026, 6, 20))
    *_, june, july = months(STEADY, date(2027, 1, 1), [plan])

    assert (june.plan, july.plan) == (None, plan)
    assert tuple(map(str, july.cell)) == ("fewer", "expected")


def test_the_conversion_stands_beside_the_counts():
    """Fewer SQLs of fewer MQLs are no lower conversion: 105 of 32 beside 630 of 192."""
    july = months(STEADY, date(2027, 1, 1))[-1]

    assert (july.before.numerator, july.before.denominator) == (192, 630)
    assert july.conversion.words == "no clear difference"


TEXTS = [text for cell in CELLS.values() for text in (cell.seen, cell.question, cell.hint)]


def test_every_cell_has_its_own_observation_and_question():
    """Nine of each, no two alike."""
    assert set(CELLS) == set(product(Standing, Standing))
    assert len({cell.seen for cell in CELLS.values()}) == 9
    assert len({cell.question for cell in CELLS.values()}) == 9


@pytest.mark.parametrize("cell", list(CELLS.values()), ids=lambda cell: cell.hint)
def test_a_cell_asks_us_what_we_might_do(cell):
    """A question to both sides in might and could, and never an order or a name of a side at fault."""
    assert cell.question.endswith("?")
    assert re.search(r"\b(might|could)\b", cell.question, re.IGNORECASE)
    assert re.search(r"\b(we|us|our)\b", cell.question)
    assert not re.search(r"\b(must|should|need to|have to|they|sales)\b", cell.question, re.IGNORECASE)


@pytest.mark.parametrize("text", TEXTS)
def test_no_cell_blames_anybody(text):
    """The rule of all interface texts."""
    assert not BLAME.search(text)


@pytest.mark.parametrize("cell", list(CELLS), ids=str)
def test_usual_is_never_said_as_planned(cell):
    """Where nobody planned, nobody fell short of a plan."""
    by_usual, by_plan = said(cell, is_planned=False), said(cell, is_planned=True)
    both = {by_usual.seen, by_plan.seen, *(said_of_mqls(each, is_planned=False) for each in Standing)}

    assert "plan" not in by_usual.seen
    assert "usual" not in by_plan.seen
    assert not any("{" in text for text in both)
    assert label(Standing.EXPECTED, is_planned=False) == "as usual"
