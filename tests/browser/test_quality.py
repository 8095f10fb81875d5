"""How good it is and what we can work, in a browser: readable by all, and nothing sticks out on a phone."""

import re

import pytest

from tests.browser import reading
from tests.browser.reading import expect

PANELS = {"quality": "How good is it", "capacity": "What we can work"}
WALL, PHONE = (1920, 1080), (390, 844)


@pytest.fixture
def show(regular):
    """Return a function that shows a panel of the definition page to Ada, who has it open all the time."""

    def opened(panel, size=WALL, scheme="light"):
        page = regular("Ada", "marketing", locale="en-GB").page
        choice = page.get_by_role("radio", name=re.compile(PANELS[panel]))
        if not choice.is_checked():
            choice.click()
        expect(page.locator(f".st-key-panel_{panel} .accord-good")).to_be_visible()
        return reading.in_scheme(reading.on_screen(page, *size), scheme)

    return opened


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_panel(show, panel, scheme):
    """Contrast, names, roles: in both themes."""
    assert reading.grave_faults(show(panel, scheme=scheme), f".st-key-panel_{panel}") == []


@pytest.mark.parametrize("panel", PANELS)
def test_on_a_phone_the_panel_stays_within_the_screen(show, panel):
    """A table that is too wide would push the whole page sideways."""
    assert reading.overflow(show(panel, PHONE))[0] <= 0
