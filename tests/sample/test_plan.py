"""The plan of the sample company lets the compass tell its story: what changed, and when."""

from datetime import date

import pytest

from alignment import report
from alignment.domain.period import months_later
from alignment.domain.plan import Plan
from alignment.sample import company
from alignment.sample.plan import REASON, WHO, suggested_plan
from alignment.sample.story import Story
from alignment.store.warehouse import Warehouse
from tests.sample.conftest import AS_OF


def compass_of(path, as_of):
    """Return the compass of a sample company beside its own plan."""
    found = suggested_plan(path, as_of)
    plans = [Plan(month, found.mqls, found.sqls, WHO, found.at, REASON) for month in found.months]
    return report.compass(Warehouse(path).snapshot(), None, plans)


def test_the_plan_was_made_before_its_first_month_and_reaches_to_the_end_of_the_quarter(sample_file):
    """Nobody knew yet what would come."""
    found = suggested_plan(sample_file, AS_OF)

    assert found.at.date() < found.months[0] == Story(AS_OF).definition_changed_on
    assert found.months[-1] == date(2026, 6, 1)
    assert (found.mqls % 5, found.sqls % 5) == (0, 0)


@pytest.mark.parametrize("as_of", [date(2026, 6, 30), date(2026, 11, 26)], ids=str)
def test_the_compass_shows_the_collapse_and_the_campaign(as_of, tmp_path):
    """Fewer SQLs of as many MQLs while follow-up collapsed; then more MQLs, and SQLs as planned."""
    path = tmp_path / "sample.duckdb"
    company.write(path, as_of=as_of)
    story = Story(as_of)
    cells = {
        each.month: "/".join(map(str, each.cell)) for each in compass_of(path, as_of).months if each.cell
    }

    (collapsed,) = [
        month
        for month in cells
        if story.collapse_from <= month and months_later(month, 1) <= story.collapse_until
    ]
    ran = [month for month in cells if story.ebook_from <= month < story.ebook_until]
    assert cells[collapsed] == "expected/fewer"
    assert {cells[month] for month in ran} == {"more/expected"}
