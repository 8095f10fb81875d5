"""The digest in a real browser: one screen, live, and it knows when this browser last looked."""

import re

from playwright.sync_api import expect

from tests.browser import reading

AT_DESK, ON_PHONE = {"width": 1920, "height": 1080}, {"width": 390, "height": 844}
LOOKED = (
    """() => localStorage.setItem("accord.digest", JSON.stringify({looked: "2026-01-02", before: null}))"""
)


def test_it_fits_one_screen_hears_of_a_goal_and_counts_from_the_last_look(person):
    """Ada reads it while Bo changes the goal; the next time it tells since the day of the look before."""
    ada, bo = person("Ada", "marketing", "/digest"), person("Bo", "sales", "/board", viewport=AT_DESK)
    page = ada.page
    page.set_viewport_size(AT_DESK)
    expect(page.get_by_text("What we promised")).to_be_visible()
    ada.settled()
    assert reading.overflow(page) == (0, 0)
    assert reading.grave_faults(page) == []
    page.set_viewport_size(ON_PHONE)
    ada.settled()
    assert reading.overflow(page)[0] == 0

    bo.page.get_by_role("button", name="Change the goal").click()
    bo.page.get_by_label(re.compile("Won revenue we aim for")).fill("7654321")
    bo.page.get_by_label(re.compile("Why this goal")).fill("We saw more")
    bo.page.get_by_role("button", name="Set the goal for both of us").click()
    expect(page.get_by_text(re.compile("Bo changed our goal .*€7.65M. Why: We saw more"))).to_be_visible()

    page.evaluate(LOOKED)
    page.reload()
    expect(page.locator(".st-key-digest_changed input").first).to_have_value(re.compile("2026.01.02"))
