"""One more criterion: what it adds is the AUC of the leads one by one, and only what helps is suggested."""

import random

import pytest

from alignment import whatif
from alignment.domain.definition import Comparison, Criterion, Definition, Group, Level
from alignment.domain.definition_plain import with_value
from alignment.metrics.query import Query
from alignment.metrics.sampled import leads_by_ending, on_sample
from alignment.whatif import Question, survey
from tests import suggest_plain
from tests.suggest_plain import Lead

EVER = Question(window=None)
NAMES = ("size", "asked", "title", "noise", "same")
SIZE = Criterion("size", "size", Comparison.AT_LEAST, 5, 30, Group.ENGAGEMENT)
DRAFT = Definition((SIZE,), (Level("raw", 0), Level("hot", 40, enters_hand_off=True)), {Group.FIT: 25})


def company(months=8, count=40):
    """Return leads of which bosses and those who asked buy; the size says little, the noise nothing."""
    draw = random.Random(3)  # noqa: S311 - a company, no secret
    leads = []
    for day in range(30 * months):
        for _ in range(count // 30 + 1):
            title, asked, size = (
                draw.choice(["boss", "clerk", "intern"]),
                draw.random() < 0.4,
                draw.choice([1, 9]),
            )
            chance = 0.2 + 0.3 * (title == "boss") + 0.3 * asked + 0.1 * (size > 5)
            values = {"size": size, "asked": asked, "title": title, "noise": draw.randrange(50), "same": 7}
            leads.append(Lead(day, values, is_success=draw.random() < chance))
    return leads


@pytest.fixture(scope="module")
def leads():
    """Return the company's leads."""
    return company()


@pytest.fixture(scope="module")
def snapshot(leads, tmp_path_factory):
    """Return the company as a warehouse."""
    return suggest_plain.opened(leads, tmp_path_factory.mktemp("company"), NAMES)


@pytest.fixture(scope="module")
def found(snapshot):
    """Return what is suggested for a draft that looks at the size alone."""
    return whatif.suggest(snapshot, DRAFT, DRAFT, EVER)


def test_the_attributes_that_tell_most_come_first(found):
    """Both that make leads buy, and nothing by chance."""
    first = [suggestion.criterion.attribute for suggestion in found.criteria[:2]]

    assert sorted(first) == ["asked", "title"]
    assert not {"noise", "same"} & {suggestion.criterion.attribute for suggestion in found.criteria}


def test_values_are_split_where_the_outcome_differs(found):
    """Bosses buy; or those who are none don't."""
    title = next(each.criterion for each in found.criteria if each.criterion.attribute == "title")

    assert (title.threshold, title.points > 0) in {(("boss",), True), (("clerk", "intern"), False)}


def test_what_a_criterion_adds_is_the_auc_of_the_newest_leads_one_by_one(leads, found):
    """A lead with none of the values counts as 0 points here; caps hold."""
    first = found.points.months.checked_on
    for suggestion in found.criteria:
        for definition, told in (
            (DRAFT, suggestion.checked.before),
            (suggestion.after.definition, suggestion.checked.after),
        ):
            newest = [
                lead for lead in leads if first.contains(suggest_plain.came_on(lead)) and lead.is_judged
            ]
            pairs = [(definition.score(lead.attributes) or 0, lead.is_success) for lead in newest]
            assert told.value == pytest.approx(suggest_plain.auc(pairs))


def test_the_figures_told_are_those_of_the_definition_with_it(snapshot, found):
    """What it would change is counted as the page counts it."""
    for suggestion in found.criteria:
        told, counted = suggestion.after, whatif.figures(snapshot, suggestion.after.definition, EVER)

        assert told.hand_offs == counted.hand_offs
        assert told.hand_offs_a_week == counted.hand_offs_a_week


def test_a_suggested_criterion_is_one_edit(found):
    """It is added whole, under an id that no criterion has."""
    for suggestion in found.criteria:
        ((field, value),) = suggestion.steps

        assert with_value(DRAFT, field, value) == suggestion.after.definition


def test_a_column_in_use_says_so(found):
    """Another threshold on it is no new column."""
    steps = {each.criterion.attribute: each.is_another_step for each in found.criteria}

    assert steps == {name: name == "size" for name in steps}


def test_an_empty_definition_gets_its_first_criteria(snapshot):
    """Nothing to build on is where a suggestion helps most."""
    draft = Definition((), DRAFT.levels)

    suggested = whatif.suggest(snapshot, draft, draft, EVER)

    assert {"asked", "title"} <= {each.criterion.attribute for each in suggested.criteria}


def test_without_outcomes_no_criterion_is_suggested(tmp_path):
    """Nobody succeeded yet: there is nothing to learn from."""
    nobody = [Lead(lead.day, lead.attributes) for lead in company(4)]
    snapshot = suggest_plain.opened(nobody, tmp_path, NAMES)

    assert whatif.suggest(snapshot, DRAFT, DRAFT, EVER).criteria == ()


def test_a_large_table_is_looked_at_in_part_and_the_part_is_the_same_each_time(snapshot, leads, monkeypatch):
    """Ids that end alike: as good as a draw, and nothing flickers from one look to the next."""
    monkeypatch.setattr(survey, "MOST_LEADS", 100)
    monkeypatch.setattr(survey, "FEWEST_LEADS", 100)

    endings, share = survey._chosen(snapshot, 100)
    counted = snapshot.ask(
        on_sample(Query("with every as (select * from leads) select count(*) as n from every"), endings)
    )

    assert 0 < share <= 100 / len(leads)
    assert counted.to_pylist() == [{"n": round(share * len(leads))}]


def test_every_lead_has_an_ending_however_short_its_id(given):
    """An id of one character is its own ending."""
    snapshot = given(leads="lead_id is_converted\na true\nab false\nxab true")

    endings = {row["ending"]: row["leads"] for row in snapshot.ask(leads_by_ending()).to_pylist()}

    assert endings == {"a": 1, "ab": 2}
