"""Rules of the rows behind a figure: what stands in them needs no other page to be read."""

import pyarrow as pa

from alignment.ui import rows


def test_an_amount_names_its_currency_in_the_header():
    """A file that left the app has no other place to say it."""
    deals = pa.table({"deal_id": ["d1"], "amount": [1200.0]})

    assert rows.in_currency(deals, "EUR").column_names == ["deal_id", "amount, EUR"]
