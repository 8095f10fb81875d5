"""Rules of the table twins: the same values as the picture, and nobody compared by what was lost."""

from alignment.domain.cohort import Passport
from alignment.domain.conversion import ConversionPath, Step
from alignment.domain.money import Money
from alignment.domain.rate import Rate
from alignment.domain.revenue import Revenue, Revenues
from alignment.domain.stage import Stage
from alignment.ui import tables
from alignment.ui.table import written
from alignment.ui.words import Words

PASSPORT = Passport("", "", "")


def revenue_of(owner, won, lost):
    """Return one owner's revenue."""
    return Revenue({"owner": owner}, Money(won, "EUR"), won, lost, Rate(won, won + lost), 0.5, None, None)


def test_people_stand_by_name_and_without_what_was_lost():
    """A list of people is no ranking and no list of losses."""
    found = Revenues((revenue_of("Zoe", 9, 1), revenue_of("Ann", 2, 7)), "EUR", PASSPORT)

    table = tables.of_won(found, "owner")

    assert [row[0] for row in table.rows] == ["Ann", "Zoe"]
    assert table.columns == ("owner", "won", "deals won")


def test_a_stage_without_its_column_has_no_count_in_the_table():
    """Unknown is not zero."""
    path = ConversionPath(
        (Step(Stage.LEAD, 9, None), Step(Stage.MQL, 0, None, 0, "leads.mql_at")), None, 0, PASSPORT
    )

    row = tables.of_path(path).rows[1]

    assert [written(value, Words.of("en")) for value in row[1:]] == ["–", "–", "0", "leads.mql_at"]
