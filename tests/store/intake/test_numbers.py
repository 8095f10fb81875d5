"""Rules of amounts: currency and thousands are stripped, two readings are a question, text is never zero."""

from decimal import Decimal

import pytest

from alignment.domain.contract import DEALS
from alignment.domain.mapping import Mapping, TableMapping, suggest
from alignment.errors import UndecidedError


def amounts(loaded, *texts, **options):
    """Load deals with these amounts and return what was read."""
    lines = "".join(f'deal {place},2026-07-01,"{text}"\n' for place, text in enumerate(texts))
    deals = loaded(deals=f"deal_id,created_at,amount\n{lines}", **options)
    return deals.values("select amount from deals order by deal_id")


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["22700", "-5", "0.5"], "22700"),
        (["$22,700.00"], "22700"),
        (["1,77,000.00"], "177000"),
        (["1.098,00"], "1098"),
        (["€ 1.098,50"], "1098.50"),
        (["1.098,50 €", "12 €"], "1098.50"),
        (["R$ 22.700,00"], "22700"),
        (["EUR 1,234.5"], "1234.5"),
        (["1'234.50"], "1234.50"),
        (["1 234,50"], "1234.50"),
        (["1,098", "2,500,000"], "1098"),
        (["1,098"], "1098"),
        (["1.098", "2.500.000"], "1098"),
        (["1.098", "12.5"], "1.10"),
        (["-$5.00", "$-7.00"], "-5"),
    ],
)
def test_an_amount_is_read_as_the_whole_column_writes_it(loaded, texts, first):
    """The marks of one value explain those of the next."""
    assert amounts(loaded, *texts)[0] == Decimal(first)


def test_an_amount_that_reads_two_ways_is_asked(loaded):
    """1.098 is a thousand in Berlin and about one in Boston."""
    with pytest.raises(UndecidedError, match=r"amount: “1.098” may be 1098.*decimal = "):
        amounts(loaded, "1.098", "22.700", "550")


@pytest.mark.parametrize(("mark", "read"), [(",", "1098"), (".", "1.10")])
def test_the_mapping_answers_which_decimal_mark_it_is(loaded, mark, read):
    """Written once in the mapping, asked never again."""
    deals = suggest(DEALS, ("deal_id", "created_at", "amount"))
    mapping = Mapping((TableMapping("deals", deals.assignments, decimal=mark),))

    assert amounts(loaded, "1.098", mapping=mapping) == [Decimal(read)]


def test_a_column_with_both_decimal_marks_is_refused(loaded):
    """1,234.50 and 1.234,50 in one column come from two exports."""
    with pytest.raises(
        UndecidedError, match=r"“1,234\.50” has a decimal point and “1\.234,50” a decimal comma"
    ):
        amounts(loaded, "1,234.50", "1.234,50")


def test_a_word_for_an_amount_sets_its_row_aside(loaded):
    """`to be agreed` is not zero."""
    deals = loaded(deals="deal_id,created_at,amount\na,2026-07-01,$5.00\nb,2026-07-01,to be agreed\n")

    assert deals.rows("select row_number, column_name, value, category from set_aside") == [
        (3, "amount", "to be agreed", "no amount in amount")
    ]


def test_an_exchange_rate_with_three_decimals_is_no_thousand(loaded):
    """A rate is small: 1.098 dollars a euro."""
    rates = loaded(
        deals="deal_id,created_at\na,2026-07-01\n",
        exchange_rates="currency,rate_on,rate\nusd,2026-07-01,1.098\n",
    )

    assert rates.rows("select currency, rate from exchange_rates") == [("USD", 1.098)]


def test_an_amount_in_brackets_is_negative(loaded):
    """Accountants write a credit so."""
    assert amounts(loaded, "(1,200)", "($3.50)", "$(5)", "7-", currency="USD") == [
        Decimal(-1200),
        Decimal("-3.50"),
        Decimal(-5),
        Decimal(-7),
    ]


def test_the_mark_that_was_said_is_refused_where_the_column_contradicts_it(loaded):
    """Read with a decimal comma, 1,234.50 would be 1.23."""
    deals = suggest(DEALS, ("deal_id", "created_at", "amount"))
    mapping = Mapping((TableMapping("deals", deals.assignments, decimal=","),))

    with pytest.raises(UndecidedError, match=r"said to be a comma, yet “1,234\.50”"):
        amounts(loaded, "1,234.50", "5,678.50", mapping=mapping)


@pytest.mark.parametrize("text", ["12 34", "ABC 5", "EUR 5 USD", "(5", "5)", "-(5)", "12k", "45%", "1,23.50"])
def test_what_is_no_amount_is_never_made_one(loaded, text):
    """`12 34` is not 1,234; the row is set aside with its value."""
    deals = loaded(deals=f'deal_id,created_at,amount\na,2026-07-01,1.50\nb,2026-07-01,"{text}"\n')

    assert deals.values("select value from set_aside") == [text]


def test_marks_of_other_currencies_become_the_currency(loaded):
    """$ and € beside the amounts are all that says it."""
    deals = loaded(
        deals="deal_id,created_at,amount\na,2026-07-01,$5.00\nb,2026-07-01,€7.50\nc,2026-07-01,R$ 9.00\n"
    )

    assert deals.rows("select amount, currency from deals order by deal_id") == [
        (Decimal(5), "USD"),
        (Decimal("7.5"), "EUR"),
        (Decimal(9), "BRL"),
    ]


def test_the_mark_of_the_business_currency_needs_no_column(loaded):
    """In a Canadian company a $ is a Canadian one."""
    deals = loaded(deals="deal_id,created_at,amount\na,2026-07-01,$5.00\n", currency="CAD")

    assert "currency" not in deals.columns("deals")


def test_amounts_with_and_without_a_foreign_mark_are_asked(loaded):
    """A bare 12 beside $5 may be dollars or euros."""
    with pytest.raises(UndecidedError, match=r"1 amounts have no currency beside them, others are in USD"):
        amounts(loaded, "$5.00", "12")


def test_an_amount_that_contradicts_its_currency_is_set_aside(loaded):
    """A $ in a row of euros is somebody's slip, in one of the two."""
    deals = loaded(
        deals="deal_id,created_at,amount,currency\na,2026-07-01,$5.00,USD\nb,2026-07-01,$6.00,EUR\n"
    )

    assert deals.receipt.tables[0].set_aside == {"no amount in the currency of its row in amount": 1}
