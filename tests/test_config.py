"""What the operator decides."""

import pytest
from pydantic import ValidationError

from alignment.config import Settings


def test_the_invented_companys_agreement_is_kept_apart():
    """Nobody's first own version may follow on one that invented people signed."""
    chosen = Settings(_env_file=None)
    assert chosen.ledger_url(is_sample=True) != chosen.ledger_url(is_sample=False)


def test_a_ledger_that_the_operator_names_is_the_one_used():
    """A named ledger holds whatever is agreed."""
    chosen = Settings(_env_file=None, ledger="sqlite:////srv/ledger.sqlite")
    assert {chosen.ledger_url(is_sample=told) for told in (True, False)} == {"sqlite:////srv/ledger.sqlite"}


def test_an_unknown_time_zone_is_refused():
    """A typing error must not shift every day."""
    with pytest.raises(ValidationError, match="no time zone"):
        Settings(_env_file=None, time_zone="Europe/Berln")
