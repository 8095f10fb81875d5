"""The digest in a real browser: one screen, live, and it knows when this browser last looked."""

import re
from datetime import UTC

from alignment.agreement import Agreement
from alignment.domain.agreement import Person, Side
from alignment.domain.money import Money
from alignment.domain.period import Grain, bucket_of
from alignment.store.ledger import Ledger
from alignment.store.warehouse import Warehouse
from tests.browser import reading
from tests.browser.reading import expect

AT_DESK, ON_PHONE = {"width": 1920, "height": 1080}, {"width": 390, "height": 844}
LOOKED = """() => localStorage.setItem("accord.digest", JSON.stringify({looked: "2026-01-02"}))"""


def change_the_goal(server):
    """Have Bo set the goal of the data's quarter from elsewhere: from another process on the same ledger."""
    today = Warehouse(server.warehouse).snapshot().as_of.replace(tzinfo=UTC).date()
    agreement = Agreement(Ledger(server.sample_ledger, lambda: ()))
    period = bucket_of(today, Grain.QUARTER)
    agreement.goals.set(Person("Bo", Side.SALES), period, Money(765_432_100, "EUR"), "We saw more")


def test_it_fits_one_screen_hears_of_a_goal_and_counts_from_the_last_look(person, server):
    """Ada reads it while Bo changes the goal; the next time it tells since the day of the look before."""
    ada = person("Ada", "marketing", "/digest", viewport=AT_DESK)
    page = ada.page
    expect(page.get_by_text("What we promised")).to_be_visible()
    ada.settled()
    assert reading.overflow(page) == (0, 0)
    assert reading.grave_faults(page) == []
    page.set_viewport_size(ON_PHONE)
    assert reading.overflow(page)[0] == 0

    change_the_goal(server)
    expect(page.get_by_text(re.compile("Bo changed our goal .*€7.65M. Why: We saw more"))).to_be_visible(
        timeout=60_000
    )

    page.evaluate(LOOKED)
    page.reload()
    expect(page.locator(".st-key-digest_changed input").first).to_have_value(
        re.compile("2026.01.02"), timeout=60_000
    )
