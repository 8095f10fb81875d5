"""Rules of the strategies page in real browsers, on the sample company."""

import re

import pytest

from tests.browser import reading
from tests.browser.reading import expect

PHONE, WALL = {"width": 390, "height": 844}, {"width": 1920, "height": 1080}


def drawn(screen):
    """Return the page of a screen once its last part is there."""
    screen.page.locator(".accord-table tfoot").wait_for()
    screen.page.get_by_role("button", name="PDF").wait_for()
    screen.settled()
    return screen.page


def test_a_decision_recorded_on_one_screen_is_seen_on_the_other(person):
    """Ada stops a campaign; Bo reads it in the table and on its card without a reload, and sees to it."""
    ada, bo = (drawn(person(*who, "/strategies")) for who in (("Ada", "marketing"), ("Bo", "sales")))

    ada.get_by_role("button", name="Decide").click()
    dialog = ada.get_by_role("dialog")
    dialog.get_by_text("stop it").click()
    dialog.get_by_label("Who sees to it?").fill("Carla")
    dialog.get_by_role("button", name="Put it on record for both of us").click()

    expect(bo.locator(".accord-cards").first).to_contain_text(re.compile("stop it.*Carla sees to it, due"))
    expect(bo.locator(".accord-table td", has_text="stop, Carla")).to_be_visible()
    bo.get_by_role("button", name="Seen to").click()
    expect(ada.locator(".accord-cards").first).to_contain_text("seen to, on record since")


@pytest.mark.parametrize(("scheme", "viewport", "least"), [("dark", PHONE, 0), ("light", WALL, 24)])
def test_the_page_reads_on_a_phone_and_from_three_metres(person, scheme, viewport, least):
    """Only the table scrolls sideways, within itself; in room mode nothing is under 24 px; axe is content."""
    screen = person("Ada", "marketing", "/strategies", viewport=viewport, color_scheme=scheme)
    page = drawn(screen)
    if least:
        page.locator(".st-key-pick_room label").first.click()
        expect(page).to_have_url(re.compile("room=1"))
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()

    assert reading.overflow(page)[0] <= 0
    assert reading.smaller_than(page, least) == []
    assert reading.grave_faults(page) == []
