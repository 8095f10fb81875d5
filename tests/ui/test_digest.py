"""Rules of the digest page: since when it tells, what it says without dates, and that text is only text."""

from datetime import date
from html import escape

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.money import Money
from alignment.domain.period import Grain, bucket_of
from alignment.ui import session
from tests.digest_plain import DEALS, LEADS, NOW
from tests.ui.reading import said_on

TABLES = {"leads": LEADS, "deals": DEALS, "as_of": NOW}
HOSTILE = "<img/src=x/onerror=alert(1)>"


def shown(page):
    """Return all HTML that the page puts."""
    return " ".join(str(each.proto.body) for each in page.get("html"))


def test_it_tells_since_seven_days_where_nobody_looked_before(open_page):
    """And says what came, and that nobody put anything on record."""
    page = open_page("digest", **TABLES)

    assert not page.exception
    assert page.date_input[0].value.isoformat() == "2026-10-25"
    assert "1 deal won for €800, 1 lost." in shown(page)
    assert "Nobody put anything on record." in shown(page)


@pytest.mark.parametrize(("since", "day"), [("2026-10-05", "2026-10-05"), ("soon", "2026-10-25")])
def test_the_address_says_since_when(open_page, since, day):
    """A link can be kept; what is no day falls back."""
    page = open_page("digest", address={"since": since}, **TABLES)

    assert page.date_input[0].value.isoformat() == day


def test_the_day_of_the_last_look_stands_in_for_the_seven_days(open_page):
    """As the browser remembers it; nonsense from there is passed over."""
    page = open_page("digest", **TABLES)
    for said, day in (("2026-10-20", "2026-10-20"), ("<b>", "2026-10-25")):
        page.session_state["digest_looked"] = said
        page.run()
        assert page.date_input[0].value.isoformat() == day


def test_a_day_chosen_is_kept_in_the_address(open_page):
    """So that a reload shows the same."""
    page = open_page("digest", **TABLES)

    page.date_input[0].set_value(page.date_input[0].value.replace(day=20)).run()

    assert page.query_params["since"] == "2026-10-20"
    assert "2 deals won for €2K" in shown(page)


def test_nothing_can_be_changed_on_it(open_page):
    """One button: to take it along."""
    page = open_page("digest", **TABLES)

    assert [button.label for button in page.button] == []
    assert len(page.get("download_button")) >= 1


def test_data_without_dates_says_what_it_needs(open_page):
    """No digest without days."""
    page = open_page("digest", leads="lead_id is_converted\nada true")

    assert not page.exception
    assert "deals.closed_at" in said_on(page)


def test_a_name_and_a_reason_are_text(open_page):
    """Neither a picture nor a script, on the page and in the file that leaves it."""
    page = open_page("digest", **TABLES)
    period = bucket_of(date(2026, 10, 1), Grain.QUARTER)
    session.agreement().goals.set(Person(HOSTILE, Side.SALES), period, Money(5, "EUR"), HOSTILE)

    said = shown(page.run())

    assert "set our goal for Q4 2026" in said
    assert escape(HOSTILE) in said
    assert HOSTILE not in said
