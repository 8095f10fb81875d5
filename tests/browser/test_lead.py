"""Rules of the page that explains a lead, seen in real browsers on the sample company."""

import re

import pytest

from tests.browser import reading
from tests.browser.conftest import SEAT, Screen
from tests.browser.reading import expect

HOT = "levels.2.cutoff"


def verdict(screen: Screen, name: str):
    """Return what the page says of the lead by one definition."""
    return screen.page.locator(".accord-verdicts div").filter(has_text=re.compile(f"^{name}"))


def test_a_lead_from_the_examples_has_an_address_of_its_own(regular, new_tab, server):
    """A click explains it; the address opens the very same lead on another screen."""
    ada = regular("Ada", "marketing", "/lead")

    ada.page.get_by_role("button", name=re.compile("just below hand-off")).click()

    heading = ada.page.get_by_role("heading", name=re.compile(r"^Lead L-"))
    lead_id = heading.inner_text().removeprefix("Lead ")
    expect(ada.page).to_have_url(re.compile(f"lead={lead_id}"))
    bo = Screen(new_tab("Bo", **SEAT), "Bo")
    bo.page.goto(f"{server.url}/lead?name=Bo&side=sales&lead={lead_id}")
    expect(bo.page.get_by_role("heading", name=f"Lead {lead_id}")).to_be_visible()
    expect(bo.page.locator(".accord-trace li").first).to_contain_text("Lead created")


def test_a_move_on_the_definition_page_shows_here_what_it_does_to_the_lead(regular, ada):
    """In force stays as it was; the draft appears beside it, live."""
    bo = regular("Bo", "sales", "/lead")
    bo.page.get_by_role("button", name=re.compile("just below hand-off")).click()
    expect(verdict(bo, "in force")).to_contain_text("warm")
    expect(verdict(bo, "draft")).to_have_count(0)

    ada.grab(HOT, by=-60)
    ada.release()

    expect(verdict(bo, "draft")).to_contain_text("hot")
    expect(verdict(bo, "in force")).to_contain_text("warm")


def test_the_panel_of_the_definition_page_opens_the_leads_own_page(new_tab, server):
    """The panel has an address too; a click takes the very lead along."""
    ada = Screen(new_tab("Ada", **SEAT), "Ada")
    ada.page.goto(f"{server.url}/definition?name=Ada&side=marketing&panel=lead&lead=L-0000007")
    ada.page.get_by_role("heading", name="Lead L-0000007").wait_for()
    ada.settled()

    ada.page.get_by_role("button", name=re.compile("Open on a page of its own")).click()

    expect(ada.page).to_have_url(re.compile(r"/lead\?lead=L-0000007"))
    expect(ada.page.get_by_role("heading", name="Lead L-0000007")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_serious_barrier(regular, scheme):
    """For those who see little, or read by ear."""
    ada = regular("Ada", "marketing", "/lead")
    asked = ada.page.get_by_label("Lead id, or a part of it")
    asked.fill("")
    asked.press("Enter")
    ada.page.get_by_role("button", name=re.compile("just above it")).click()
    ada.page.locator(".accord-criteria").wait_for()
    ada.settled()
    reading.in_scheme(ada.page, scheme)

    assert reading.grave_faults(ada.page) == []
