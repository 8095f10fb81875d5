"""What the operator decides."""

import pytest
from pydantic import ValidationError

from alignment.config import Settings


def test_the_invented_companys_agreement_is_kept_apart():
    """Nobody's first own version may follow on one that invented people signed."""
    chosen = Settings(_env_file=None)
    assert chosen.ledger_url(is_sample=True) != chosen.ledger_url(is_sample=False)


def test_the_invented_company_never_signs_in_a_ledger_that_the_operator_names():
    """The named one holds the business's own agreement alone; the invented one lies beside it."""
    chosen = Settings(_env_file=None, ledger="sqlite:////srv/ledger.sqlite")
    assert chosen.ledger_url(is_sample=False) == "sqlite:////srv/ledger.sqlite"
    assert chosen.ledger_url(is_sample=True) == "sqlite:////srv/sample-ledger.sqlite"


def test_the_invented_company_needs_no_database_server():
    """Its agreement stays in a file of this machine."""
    chosen = Settings(_env_file=None, ledger="postgresql://db/accord")
    assert chosen.ledger_url(is_sample=True).startswith("sqlite:///")


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("time_zone", "Europe/Berln", "no time zone"),
        ("memory_limit", "banana", "no amount of memory"),
        ("currency", "EURO", "no currency"),
        ("business_hours", "9 to 5", "no business hours"),
        ("fiscal_year_start", "13", "begins in a month from 1 to 12, got 13"),
        ("business_hours", "17:00-09:00", "open before they close"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(setting, value, sentence):
    """A typing error must not shift every day, nor label every amount."""
    with pytest.raises(ValidationError, match=sentence):
        Settings(_env_file=None, **{setting: value})
