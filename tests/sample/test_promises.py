"""The sample company's promises: of both sides, for the quarter under way and the one before."""

from datetime import date

import pytest

from alignment.domain.agreement import Side
from alignment.domain.period import Period
from alignment.sample import company
from alignment.sample.promises import promises
from tests.sample.conftest import AS_OF

Q1, Q2 = Period(date(2026, 1, 1), date(2026, 4, 1)), Period(date(2026, 4, 1), date(2026, 7, 1))


def test_both_sides_promised_for_this_quarter_and_the_last(sample_file):
    """The board shows them at first sight, and what came of the last ones."""
    made = promises(sample_file, AS_OF)

    assert [(each.period, each.side) for each in made] == [
        (Q1, Side.MARKETING),
        (Q1, Side.SALES),
        (Q2, Side.MARKETING),
        (Q2, Side.SALES),
    ]
    assert promises(sample_file, AS_OF) == made


def test_they_were_made_when_the_quarter_began_with_what_an_mql_was_worth_then(sample_file):
    """A promise made afterwards would be none."""
    for each in promises(sample_file, AS_OF):
        assert each.at.date() == each.period.start
        assert each.side is Side.SALES or len(each.promised.worth) > 5


def test_they_are_round_sums_that_somebody_would_promise(sample_file):
    """Neither nothing nor everything."""
    _, _, value, answers = (each.promised for each in promises(sample_file, AS_OF))

    assert value.amount.cents % 10_000_00 == 0
    assert 100_000_00 <= value.amount.cents <= 3_000_000_00
    assert answers.percent in range(50, 96, 5)


@pytest.mark.parametrize("leads", [40, 300])
def test_a_tiny_company_promises_too(tmp_path, leads):
    """Even where the quarter before knew nothing."""
    path = tmp_path / "tiny.duckdb"
    company.write(path, leads=leads, as_of=AS_OF)

    assert len(promises(path, AS_OF)) == 4
