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
