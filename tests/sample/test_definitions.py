"""The sample company's MQL dates agree with the definition in force that day."""

import pytest

from alignment.domain.definition_plain import from_plain, to_plain
from alignment.sample.definitions import DEFINITION_BEFORE, DEFINITION_NOW
from alignment.sample.story import Story
from tests.sample.conftest import AS_OF

CHANGED = str(Story(AS_OF).definition_changed_on)


def leads_in(ask, where):
    """Return leads as mappings from column to value."""
    names = [
        name
        for (name,) in ask(
            "select column_name from duckdb_columns() where table_name = 'leads' order by column_index"
        )
    ]
    return [dict(zip(names, row, strict=True)) for row in ask(f"select * from leads where {where}")]


def share_qualified(definition, leads):
    """Return the share of leads that the definition hands over."""
    levels = [definition.level_of(definition.score(lead)) for lead in leads]
    return sum(level is not None and level.enters_hand_off for level in levels) / len(leads)


@pytest.mark.parametrize("plain", [DEFINITION_BEFORE, DEFINITION_NOW], ids=["before", "now"])
def test_a_definition_can_be_loaded_into_the_ledger(plain):
    """The ledger of a first start begins with these two versions."""
    assert to_plain(from_plain(plain)) == plain


@pytest.mark.parametrize(
    ("plain", "when"),
    [(DEFINITION_BEFORE, f"mql_at < '{CHANGED}'"), (DEFINITION_NOW, f"mql_at >= date '{CHANGED}' + 1")],
    ids=["before", "now"],
)
def test_mql_meet_the_definition_of_their_day(plain, when, ask):
    """All but the few that a person handed over by hand."""
    agreed = share_qualified(from_plain(plain), leads_in(ask, when))

    assert 0.95 <= agreed < 1


def test_leads_that_are_not_mql_do_not_meet_the_definition(ask):
    """A lead qualified today and handed over tomorrow would be an SLA breach that nobody committed."""
    left = leads_in(ask, f"mql_at is null and created_at >= date '{CHANGED}' + 1")

    assert share_qualified(from_plain(DEFINITION_NOW), left) == 0


def test_the_change_of_definition_changed_who_is_handed_over(ask):
    """Else there would have been nothing to sign."""
    now = leads_in(ask, f"mql_at >= date '{CHANGED}' + 1")

    assert share_qualified(from_plain(DEFINITION_BEFORE), now) < 0.9


def test_the_higher_level_converts_better(ask):
    """Fit and intent are honest: a score is worth something."""
    definition = from_plain(DEFINITION_NOW)
    worked = leads_in(ask, "mql_at >= '2026-01-01' and mql_at < '2026-05-01'")
    strong = [lead for lead in worked if (definition.score(lead) or 0) >= 75]
    weak = [lead for lead in worked if (definition.score(lead) or 0) < 75]

    def won_over(leads):
        return sum(lead["sql_at"] is not None for lead in leads) / len(leads)

    assert won_over(strong) > won_over(weak)
