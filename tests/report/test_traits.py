"""What the SQLs of a month have in common, on tables: every attribute looked at, chance told from signal."""

import json
from datetime import date

import pytest

from alignment import report
from alignment.domain.cohort import Cohort
from alignment.domain.refusal import Refusal
from tests import drawn

MONTH = date(2026, 7, 1)
NOW, BEFORE = range(20), range(20, 140)


def traits_of(snapshot, months_before=6, **options):
    """Return the traits of July's SQLs."""
    return report.traits(snapshot, Cohort(), MONTH, months_before, **options)


def leads_of(columns, value_of):
    """Return leads that became SQL: 20 in July, 120 in the six months before; `value_of` writes the rest."""
    lines = [f"lead_id created_at mql_at sql_at {columns}"]
    for number in (*NOW, *BEFORE):
        month = 7 if number in NOW else 1 + number % 6
        day = f"2026-{month:02d}"
        lines.append(f"l{number} {day}-01 {day}-02 {day}-06 {value_of(number)}")
    return "\n".join(lines)


def is_often(number):
    """Tell who has a planted trait: half of July's SQLs, one in ten of the others."""
    return number % 2 == 0 if number in NOW else number % 10 == 0


@pytest.fixture
def traits(given):
    """Return a function that asks for the traits in drawn leads."""
    return lambda columns, value_of, **options: traits_of(
        given(leads=leads_of(columns, value_of), as_of="2026-12-31 00:00:00"), **options
    )


def test_a_planted_text_is_found_with_its_counts(traits):
    """Ten of twenty, before twelve of a hundred and twenty."""
    (trait,) = traits("industry", lambda number: "Energy" if is_often(number) else "Food").found

    counts = trait.counts
    assert (counts.attribute, counts.value) == ("industry", "Energy")
    assert (counts.found, counts.leads, counts.found_before, counts.leads_before) == (10, 20, 12, 120)
    assert trait.words == "very unlikely to be chance"


def test_a_planted_flag_is_found(traits):
    """It is said as people say it."""
    (trait,) = traits("demo", lambda number: "true" if is_often(number) else "false").found

    assert (trait.counts.attribute, trait.counts.value) == ("demo", "yes")


def test_a_planted_number_is_found_by_its_band(traits):
    """Numbers fall into up to five bands."""
    found = traits("people", lambda number: 900 if is_often(number) else 1 + number * 37 % 90).found

    assert [trait.counts.attribute for trait in found] == ["people"]
    assert "and more" in found[0].counts.value


def test_nothing_is_found_where_nothing_is(traits):
    """All months alike."""
    found = traits("industry source", lambda number: f"i{number % 4} s{number % 3}")

    assert (found.found, len(found.tested)) == ((), 7)


@pytest.mark.parametrize("values", ["Energy Food", "10 500"])
def test_who_has_no_value_counts_on_neither_side(traits, values):
    """An attribute that is asked for since July alone would else make everything of July a trait."""
    one, other = values.split()
    found = traits("asked", lambda number: (one if number % 2 else other) if number in NOW else "-")

    assert found.tested == ()


def test_only_sqls_within_the_window_count(given):
    """A trait of those that never became SQL is none of theirs."""
    leads = leads_of("industry", lambda _: "Food")
    leads += "".join(f"\nx{number} 2026-07-01 2026-07-02 - Energy" for number in range(50))

    found = traits_of(given(leads=leads, as_of="2026-12-31 00:00:00"))

    assert [trait.counts.value for trait in found.tested] == ["Food"]


def test_names_and_other_columns_with_many_values_are_left_out_and_said(traits):
    """No lead is a trait; campaigns are, however many there are."""
    found = traits("full_name campaign", lambda number: f"n{number} {'Fair' if is_often(number) else number}")

    assert [trait.counts.attribute for trait in found.found] == ["campaign"]
    assert ("attributes with over 30 values: full_name", 1) in found.passport.left_out


def test_owners_are_no_trait(traits):
    """People are never compared."""
    assert traits("owner", lambda number: "Bo" if is_often(number) else "Cy").tested == ()


def test_what_was_written_after_sales_contact_is_no_trait(tmp_path):
    """It is what becoming SQL left behind."""
    columns = [{"name": "budget", "after_contact": True}, {"name": "industry", "after_contact": False}]
    receipt = json.dumps({"tables": [{"table": "leads", "columns": columns}]})
    leads = leads_of("budget industry", lambda number: "yes Food" if is_often(number) else "no Food")

    found = traits_of(
        drawn.warehouse(
            tmp_path / "marked.duckdb",
            {"leads": leads},
            {"as_of": "2026-12-31 00:00:00", "receipt": receipt},
        )
    )

    assert {trait.counts.attribute for trait in found.tested} == {"industry"}
    assert ("attributes written after sales contact: budget", 1) in found.passport.left_out


def test_without_months_before_there_is_nothing_to_compare_with(traits):
    """It is said in a sentence."""
    with pytest.raises(Refusal, match="no months before"):
        traits("industry", lambda _: "Food", months_before=0)


def test_data_without_attributes_has_nothing_in_common(given):
    """No query is asked that can't be."""
    leads = "lead_id created_at mql_at sql_at\nada 2026-07-01 2026-07-02 2026-07-03"

    assert traits_of(given(leads=leads, as_of="2026-12-31 00:00:00")).tested == ()
