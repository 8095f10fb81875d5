"""Routing on the hand-off page, seen in two real browsers."""

import re

import pytest

from alignment.ui import lists
from tests.browser import reading
from tests.browser.conftest import SEAT
from tests.browser.reading import expect

PICTURES = 8
WALL = {"width": 1920, "height": 1080}


@pytest.fixture
def on_handoff(regular):
    """Return a function that seats a person on the hand-off page once it is drawn, where they sat before."""
    return lambda name, side: drawn(regular(name, side, "/handoff"))


@pytest.fixture
def in_room(regular):
    """Return a function that shows the page on a wall in room mode; Cleo has it open all the time."""

    def shown(scheme="light"):
        screen = regular("Cleo", "marketing", "/handoff", viewport=WALL)
        if "room=1" not in screen.page.url:
            screen.page.locator(".st-key-pick_room label").first.click()
            expect(screen.page).to_have_url(re.compile("room=1"))
        screen.page.locator(".js-plotly-plot .main-svg:first-of-type").nth(PICTURES - 1).wait_for()
        return reading.in_scheme(screen.page, scheme)

    return shown


def drawn(screen):
    """Wait until the page is drawn to its end; return it."""
    expect(screen.page.locator(".st-key-routing_actions")).to_be_visible()
    screen.settled()
    return screen.page


def choose_first_lead(page, larger=1):
    """Tick the first row of the list, drawn so much larger."""
    table = (
        page.locator('.st-key-handoff_lists, [data-testid="stMain"]').last.get_by_test_id("stDataFrame").last
    )
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 16 * larger, box["y"] + 54 * larger)


def month_shown(page):
    """Return the month that the compass of a page shows: `Oct 2026`."""
    said = page.get_by_text(re.compile(r"^Planned for ")).inner_text()
    return re.search(r"Planned for (\w+ \d+)", said)[1]


def test_a_routing_done_on_one_screen_is_seen_on_the_other_and_can_be_taken_back_there(on_handoff):
    """Ada routes a lead to an SDR; Bo sees who did it and one lead fewer in the hole, and takes it back."""
    ada, bo = on_handoff("Ada", "marketing"), on_handoff("Bo", "sales")
    strip = bo.locator(".accord-most").first
    inside = int(strip.inner_text().replace(",", ""))

    choose_first_lead(ada)
    ada.get_by_role("button", name="Route 1 to SDR").click()

    expect(bo.get_by_text(re.compile("Ada, .*1 to SDR"))).to_be_visible()
    expect(strip).to_have_text(str(inside - 1))
    bo.get_by_role("button", name="Take back").click()
    expect(ada.get_by_text(re.compile("1 to SDR"))).to_have_count(0)
    expect(ada.locator(".accord-most").first).to_have_text(str(inside))


def test_a_plan_set_on_one_screen_is_what_the_other_holds_the_month_against(on_handoff):
    """Ada plans this month and the next two; Bo, looking at his compass, is told by whom without a reload."""
    ada, bo = on_handoff("Ada", "marketing"), on_handoff("Bo", "sales")
    months = bo.locator(".st-key-half_compass").get_by_role("combobox")
    reading.open_list(months)
    bo.get_by_role("option").first.click()
    expect(bo.get_by_text(re.compile("Planned for .*Lena Hartwig"))).to_be_visible()

    ada.get_by_role("button", name="Set the plan").click()
    dialog = ada.get_by_role("dialog")
    reading.choose(dialog.get_by_role("combobox"), month_shown(bo))
    dialog.get_by_label("MQLs a month").fill("321")
    dialog.get_by_label("Why this plan? The others will read it.").fill("the fair moved")
    dialog.get_by_role("button", name="Set the plan for both of us").click()

    expect(bo.get_by_text(re.compile("Planned for .*321 MQLs.*Ada"))).to_be_visible()


def test_the_hole_is_the_largest_text_of_the_page(on_handoff):
    """From three metres, too."""
    page = on_handoff("Ada", "marketing")
    assert reading.largest(page) == page.locator(".accord-most").first.inner_text()


def test_on_a_phone_nothing_sticks_out(on_handoff):
    """Lists and pictures stand below each other."""
    page = reading.on_screen(on_handoff("Ada", "marketing"), 390, 844)

    assert reading.overflow(page)[0] <= 0
    reading.on_screen(page, **SEAT["viewport"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_room_mode_nothing_is_smaller_than_24_px_and_nobody_is_shut_out(in_room, scheme):
    """Every visible text of the page, ticks and labels of the pictures included; axe finds nothing grave."""
    page = in_room(scheme)
    listed = page.locator(".st-key-routing_list")
    listed.get_by_text(lists.HOLE, exact=True).click()
    reading.at_rest(page)

    assert reading.smaller_than(page, 24) == []
    listed.get_by_text("Sent back", exact=True).click()
    expect(page.get_by_role("button", name="Recycle")).to_be_visible()
    assert reading.smaller_than(page, 24) == []
    assert reading.overflow(page)[0] <= 0
    assert reading.grave_faults(page) == []


def test_in_room_mode_a_lead_is_chosen_where_one_clicks(in_room):
    """The table is larger there, and the rows are where they are seen."""
    page = in_room()
    page.locator(".st-key-routing_list").get_by_text(lists.HOLE, exact=True).click()
    expect(page.get_by_role("button", name="Recycle")).to_have_count(0)
    reading.at_rest(page)
    choose_first_lead(page, larger=1.75)

    expect(page.get_by_role("button", name="Route 1 to SDR")).to_be_visible()


def test_a_promise_changed_on_one_screen_is_seen_on_the_other_and_each_side_changes_its_own(on_handoff):
    """Ada promises a million, says why, and Bo sees it at once; he can change his own alone."""
    ada, bo = on_handoff("Ada", "marketing"), on_handoff("Bo", "sales")
    before = [bo.locator(f".st-key-promise_{side}").bounding_box() for side in ("marketing", "sales")]
    assert {(round(box["width"]), round(box["height"])) for box in before} == {
        (round(before[0]["width"]), round(before[0]["height"]))
    }

    ada.get_by_role("button", name="Change our promise").click()
    ada.get_by_label("Sales value of MQLs that we promise").fill("1000000")
    ada.get_by_label("Why does it change?").fill("The autumn fair is on")
    ada.get_by_role("button", name=re.compile("^Promise this for")).click()

    changed = bo.locator(".st-key-promise_marketing")
    expect(changed).to_contain_text("promises €1M of MQL value, changed")
    expect(changed.get_by_role("button", name="Change our promise")).to_have_count(0)
    expect(
        bo.locator(".st-key-promise_sales").get_by_role("button", name="Change our promise")
    ).to_be_visible()
    changed.get_by_role("button", name="About Marketing's promise").click()
    expect(bo.get_by_test_id("stPopoverBody").get_by_text("The autumn fair is on")).to_be_visible()
