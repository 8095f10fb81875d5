"""The receipt of a load: what each column holds, what looks alike, what changed since the load before."""

import pytest

from alignment.domain.contract import LEADS
from alignment.domain.mapping import Mapping, suggest
from alignment.store.intake import Receipt

LEADS_TEXT = """
    lead_id,created_at,country,mql_at
    ada,2026-07-01,USA,2026-07-04
    bo,2026-07-01,USA,
    cy,2026-07-02,US,
    di,2026-07-02,United States,
    ed,2026-07-02,France,
    fe,2026-07-02,France,
"""


def column(leads, name):
    """Return the receipt of a column."""
    return next(column for column in leads.receipt.tables[0].columns if column.name == name)


def test_a_column_s_receipt_says_what_it_holds(loaded):
    """From the first day to the last, and how many different ones."""
    found = column(loaded(leads=LEADS_TEXT), "created_at")

    assert (found.distinct, found.least[:10], found.greatest[:10], found.unread) == (
        2,
        "2026-07-01",
        "2026-07-02",
        0,
    )


def test_values_that_could_not_be_read_are_counted_by_column(loaded):
    """The share that was read is seen beside the column."""
    found = column(loaded(leads="lead_id,created_at\nada,2026-07-01\nbo,soon\n"), "created_at")

    assert found.unread == 1


def spellings(leads):
    """Return the spellings proposed for merging, with their rows."""
    return [
        {spelling.text: spelling.rows for spelling in twins.spellings}
        for twins in leads.receipt.tables[0].twins
    ]


def test_spellings_of_one_value_are_proposed_and_not_merged(loaded):
    """USA, US and United States are one country to a person, three to a chart."""
    leads = loaded(leads=LEADS_TEXT)

    assert spellings(leads) == [{"USA": 2, "US": 1, "United States": 1}]
    assert len(leads.values("select distinct country from leads")) == 4


@pytest.mark.parametrize(("one", "other"), [("google", "Google"), ("GTXPro", "GTX Pro"), ("Café", "CAFE")])
def test_case_spaces_and_accents_make_no_other_value(loaded, one, other):
    """Whoever typed it, it is one thing."""
    rows = "".join(f"{place},2026-07-01,{one if place else other}\n" for place in range(5))

    assert spellings(loaded(leads=f"lead_id,created_at,product\n{rows}")) == [{one: 4, other: 1}]


def test_a_proposal_tells_the_money_behind_each_spelling(loaded):
    """What a merge would move is seen before it is done."""
    deals = loaded(
        deals="""
        deal_id,created_at,product,amount
        a,2026-07-01,GTX Pro,10
        b,2026-07-01,GTXPro,5
        c,2026-07-01,GTXPro,1
        d,2026-07-01,MG,1
        """
    )

    (twins,) = deals.receipt.tables[0].twins
    assert [(spelling.text, spelling.amount) for spelling in twins.spellings] == [
        ("GTXPro", 6.0),
        ("GTX Pro", 10.0),
    ]


def test_a_merge_said_in_the_mapping_is_done(loaded):
    """Once said, the next load has one value."""
    mapping = suggest(LEADS, ("lead_id", "created_at", "country", "mql_at")).with_merge(
        "country", {"US": "USA", "United States": "USA"}
    )
    leads = loaded(leads=LEADS_TEXT, mapping=Mapping((mapping,)))

    assert leads.rows("select country, count(*) from leads group by 1 order by 1") == [
        ("France", 2),
        ("USA", 4),
    ]
    assert leads.receipt.tables[0].twins == ()


def test_a_load_is_compared_with_the_one_before(loaded):
    """New, changed and gone records, and the figures that moved by it."""
    head, bo = "lead_id,created_at,mql_at,city\n", "bo,2026-07-01,2026-07-02,x\n"
    loaded(leads=f"{head}ada,2026-07-01,,x\n{bo}cy,2026-07-01,,x\n")
    after = loaded(leads=f"{head}ada,2026-07-01,2026-07-03,x\n{bo}di,2026-07-01,,x\n")

    changes = after.receipt.tables[0].changes
    assert (changes.new, changes.changed, changes.gone, changes.same) == (1, 1, 1, 1)
    assert changes.figures == (("MQLs", 1.0, 2.0),)


def test_the_first_load_is_compared_with_nothing(loaded):
    """No load before, no difference to tell."""
    assert loaded(leads=LEADS_TEXT).receipt.tables[0].changes is None


def test_a_receipt_is_kept_whole(loaded):
    """What is stored beside the tables is what the load returned."""
    loaded(leads=LEADS_TEXT)
    leads = loaded(leads=LEADS_TEXT)

    (kept,) = leads.values("select value from accord_load where name = 'receipt'")
    assert Receipt.from_json(kept) == leads.receipt


def test_the_receipt_in_words_says_how_to_merge(loaded):
    """The line to write stands beside the proposal."""
    assert '[leads.merge."country"]\n  "US" = "USA"' in str(loaded(leads=LEADS_TEXT).receipt)
