"""Rules of deals: who won is read from flags, dates or stage words; what is unknown stays unknown."""

from dataclasses import replace

import pytest

from alignment.domain.contract import DEALS
from alignment.domain.mapping import Assignment, Mapping, Rule, TableMapping, suggest


def outcomes(loaded, text, **options):
    """Load deals and return (deal, closed, won) of each."""
    return loaded(deals=text, **options).rows("select deal_id, is_closed, is_won from deals order by deal_id")


@pytest.mark.parametrize("word", ["Won", "Closed Won", "closedwon", "CLOSED-WON", "closed_won"])
def test_a_stage_word_for_won_says_that_the_deal_is_won(loaded, word):
    """Capitals, spaces and dashes don't count."""
    assert outcomes(loaded, f"deal_id,created_at,stage\na,2026-07-01,{word}\n") == [("a", True, True)]


@pytest.mark.parametrize("word", ["Lost", "Closed Lost", "closedlost"])
def test_a_stage_word_for_lost_says_that_the_deal_is_lost(loaded, word):
    """Lost is closed and not won."""
    assert outcomes(loaded, f"deal_id,created_at,stage\na,2026-07-01,{word}\n") == [("a", True, False)]


@pytest.mark.parametrize("word", ["Engaging", "Almost won", "Won back", "Lost contact"])
def test_any_other_stage_word_is_an_open_deal(loaded, word):
    """Only the whole word counts, and of an open deal nobody knows whether it will be won."""
    text = f"deal_id,created_at,stage\na,2026-07-01,{word}\nb,2026-07-01,Won\n"

    assert outcomes(loaded, text)[0] == ("a", False, None)


def test_stage_words_that_nobody_knows_leave_wins_unknown(loaded):
    """A CRM with numbered stages would otherwise show a company that never won a deal."""
    deals = loaded(deals="deal_id,created_at,stage\na,2026-07-01,53039643\n")

    assert "is_won" not in deals.columns("deals")
    assert "no value of stage is a known word for won or lost" in deals.receipt.tables[0].notes[0]


def test_the_mapping_may_bring_its_own_stage_words(loaded):
    """`gewonnen` is won where the mapping says so."""
    given = tuple(Assignment(name, name) for name in ("deal_id", "created_at", "stage"))
    mapping = Mapping((TableMapping("deals", given, won=("gewonnen",), lost=("verloren",)),))

    text = """
        deal_id,created_at,stage
        a,2026-07-01,Gewonnen
        b,2026-07-01,verloren
        c,2026-07-01,Won
        """
    assert outcomes(loaded, text, mapping=mapping) == [
        ("a", True, True),
        ("b", True, False),
        ("c", False, None),
    ]


def test_a_won_date_says_that_the_deal_is_won(loaded):
    """A deal without one is open, not lost."""
    text = "deal_id,created_at,won_date\na,2026-07-01,2026-07-09\nb,2026-07-01,\n"

    assert outcomes(loaded, text) == [("a", True, True), ("b", False, None)]


def test_flags_of_the_file_win_over_stage_words(loaded):
    """Salesforce knows better than a name that somebody gave a stage."""
    text = """
        deal_id,created_at,stage,is_closed,is_won
        a,2026-07-01,Won,false,false
        b,2026-07-01,Signed off,1,1
        """

    assert outcomes(loaded, text) == [("a", False, None), ("b", True, True)]


def test_a_won_flag_alone_tells_won_from_lost(loaded):
    """No flag, no stage: whether it is closed follows from whether the outcome is known."""
    text = "deal_id,created_at,is_won\na,2026-07-01,yes\nb,2026-07-01,no\nc,2026-07-01,\n"

    assert outcomes(loaded, text) == [("a", True, True), ("b", True, False), ("c", False, None)]


def test_the_close_date_of_an_open_deal_is_when_it_should_close(loaded):
    """CRMs fill the close date in advance; counted as closed it would be revenue of the future."""
    deals = loaded(deals="deal_id,close_date,stage\na,2026-07-09,Won\nb,2026-09-30,Proposal\n")

    assert deals.rows(
        "select deal_id, closed_at::date::varchar, expected_close_at::date::varchar from deals order by 1"
    ) == [("a", "2026-07-09", None), ("b", None, "2026-09-30")]


def test_an_expected_close_date_of_the_file_is_kept(loaded):
    """Odoo has a column of its own for it."""
    deals = loaded(
        deals="deal_id,close_date,date_deadline,stage\na,2026-09-30,2026-10-05,New\nb,2026-07-01,,Won\n"
    )

    assert deals.values("select expected_close_at::date::varchar from deals order by deal_id") == [
        "2026-10-05",
        None,
    ]


def test_leads_and_deals_are_paired_from_both_sides(loaded):
    """A deal names its lead, a lead the deal it became; several leads may share one."""
    both = loaded(
        leads="lead_id,created_at,converted_deal_id\nada,2026-07-01,\nbo,2026-07-01,d1\ncy,2026-07-01,gone\n",
        deals="deal_id,created_at,lead_id\nd1,2026-07-05,ada\nd2,2026-07-05,nobody\nd3,2026-07-05,\n",
    )

    assert both.rows("select deal_id, lead_id from deal_leads order by all") == [("d1", "ada"), ("d1", "bo")]


def test_a_deal_whose_lead_is_not_among_the_leads_is_kept_and_counted(loaded):
    """It is revenue, and unattributed."""
    both = loaded(
        leads="lead_id,created_at\nada,2026-07-01\n",
        deals="deal_id,created_at,lead_id\nd1,2026-07-05,ada\nd2,2026-07-05,nobody\nd3,2026-07-05,\n",
    )

    assert (both.receipt.deals_without_lead, both.receipt.table("deals").loaded) == (2, 3)


def test_a_constant_fills_what_the_file_leaves_out(loaded):
    """All deals of one country are in its currency."""
    given = (Assignment("deal_id", "deal_id"), Assignment("created_at", "created_at"))
    currency = Assignment("currency", "BRL", Rule.CONSTANT)
    mapping = Mapping((TableMapping("deals", (*given, currency)),))

    deals = loaded(deals="deal_id,created_at\na,2026-07-01\n", mapping=mapping)

    assert deals.values("select currency from deals") == ["BRL"]


def test_a_declared_revenue_is_no_amount(loaded):
    """What a seller says of himself is an attribute, not the value of the deal."""
    deals = loaded(deals="deal_id,created_at,declared_monthly_revenue\na,2026-07-01,50000000\n")

    assert "amount" not in deals.columns("deals")


def test_stage_words_without_latin_letters_are_told_apart(loaded):
    """成功 is won and 失敗 is lost; without their letters both would be nothing."""
    deals_mapping = suggest(DEALS, ("deal_id", "created_at", "stage"))
    mapping = Mapping((replace(deals_mapping, won=("成功",), lost=("失敗",)),))

    deals = loaded(
        deals="deal_id,created_at,stage\na,2026-07-01,成功\nb,2026-07-01,失敗\nc,2026-07-01,商談\n",
        mapping=mapping,
    )

    assert deals.values("select is_won from deals order by deal_id") == [True, False, None]
