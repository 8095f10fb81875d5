"""How good it is and what we can work, in a browser: readable by all, and nothing sticks out on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser import reading

PANELS = {"quality": "How good is it", "capacity": "What we can work"}
WALL, PHONE = (1920, 1080), (390, 844)


@pytest.fixture
def show(new_tab, server):
    """Return a function that opens a panel of the definition page as Ada."""

    def opened(panel, size=WALL, scheme="light"):
        page = new_tab(
            "Ada",
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            locale="en-GB",
        )
        page.goto(f"{server.url}/definition?name=Ada&side=marketing")
        page.get_by_role("radio", name=re.compile(PANELS[panel])).click()
        expect(page.locator(f".st-key-panel_{panel} .accord-good")).to_be_visible()
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("panel", PANELS)
def test_axe_finds_nothing_serious_in_the_panel(show, panel, scheme):
    """Contrast, names, roles: in both themes."""
    found = Axe().run(show(panel, scheme=scheme), context=f".st-key-panel_{panel}").response["violations"]

    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []


@pytest.mark.parametrize("panel", PANELS)
def test_on_a_phone_the_panel_stays_within_the_screen(show, panel):
    """A table that is too wide would push the whole page sideways."""
    assert reading.overflow(show(panel, PHONE))[0] <= 0
