"""Rules of the pages in a browser: everybody can use them, and what they show can be taken along."""

import csv
import re
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser import reading
from tests.browser.reading import expect

LOOKED_AT = {"": {}, "revenue": {"period": "2026Q3"}, "conversion": {"period": "2026"}}
"""The pages, and what is chosen on each of them."""
LIGHT_QUIET, DARK_QUIET = "rgb(71, 90, 96)", "rgb(179, 194, 198)"
"""The ink of what stands at an axis, in either theme."""


@pytest.fixture(scope="module")
def pages():
    """Keep the pages that are open already."""
    return {}


@pytest.fixture
def show(open_tab, server, pages):
    """Return a function that shows a page as Bo once it is drawn: each is opened once for all tests."""

    def opened(path, scheme="light"):
        if path not in pages:
            size = {"width": 1600, "height": 1000}
            page = open_tab("Ada", viewport=size, color_scheme="light", locale="en-GB")
            chosen = {"name": "Bo", "side": "sales", **LOOKED_AT[path]}
            page.goto(f"{server.url}/{path}?{urlencode(chosen)}")
            expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
            pages[path] = reading.at_rest(page)
        return reading.in_scheme(reading.at_the_top(pages[path]), scheme)

    return opened


@pytest.mark.parametrize("path", LOOKED_AT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out(show, path, scheme):
    """Axe-core finds nothing serious or critical in either theme."""
    assert reading.grave_faults(show(path, scheme)) == []


def test_pictures_out_of_sight_are_drawn_without_scrolling_there(show):
    """They wait until the page stands, not until somebody comes: who prints the page has them all."""
    page = show("revenue")
    last = page.locator(".st-key-chart_pipeline_bridge")

    expect(last.locator(".main-svg").first).to_be_attached()
    assert last.bounding_box()["y"] > 1000


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_nobody_is_shut_out_of_room_mode_and_passports(show, scheme):
    """What opens is looked at too."""
    page = show("", scheme)
    if "room=1" not in page.url:
        page.locator(".st-key-pick_room label").first.click()
        expect(page).to_have_url(re.compile("room=1"))
        reading.at_rest(page)
    page.get_by_role("button", name=re.compile("^About")).last.click()
    expect(page.get_by_text("How it is counted")).to_be_visible()
    expect(page.get_by_test_id("stPopoverBody").get_by_role("button", name="Download as CSV")).to_be_visible()

    assert reading.grave_faults(page) == []


def test_an_open_page_follows_the_system_to_the_other_theme(show):
    """At sunset a picture must not keep dark words on what has turned dark: its inks come from the server."""
    page = show("conversion", "dark")
    word = page.locator(".js-plotly-plot .xtick text").first
    expect(word).to_have_css("fill", DARK_QUIET)

    page.emulate_media(color_scheme="light")

    expect(word).to_have_css("fill", LIGHT_QUIET)


@pytest.mark.parametrize(("path", "what"), [("revenue", "deals"), ("conversion", "leads")])
def test_the_rows_behind_a_figure_can_be_taken_along(show, path, what):
    """The file holds as many rows as the page says, and above them what was chosen."""
    page = show(path)
    said = page.locator(".st-key-rows").get_by_text(re.compile(rf"^[\d,]+ {what}")).inner_text()
    with page.expect_download() as waiting:
        page.locator(".st-key-rows").get_by_role("button", name="Download as CSV").click()

    lines = list(csv.reader(StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))

    period = {"2026Q3": "Q3 2026", "2026": "2026"}[LOOKED_AT[path]["period"]]
    assert lines[1][0].startswith(f"# Nordlicht Instruments (sample company) · {period}")
    assert "as of" in ",".join(lines[1])
    assert len(lines) - 3 == int(re.match(r"[\d,]+", said)[0].replace(",", ""))


def test_each_picture_of_a_page_can_be_saved_as_png(show):
    """In the browser, with nothing to install on the server."""
    page = show("revenue")
    buttons = page.locator('.modebar-btn[data-title*="ownload"]')
    expect(buttons).to_have_count(7)

    with page.expect_download() as waiting:
        buttons.first.click()

    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
    assert re.fullmatch(r"won-to-date-.*\.png", waiting.value.suggested_filename)


def test_a_bar_opens_the_rows_behind_it(show):
    """A click on a month shows the deals closed in it."""
    page = show("revenue")
    bar = page.locator(".st-key-chart_months .bars .point").nth(10).bounding_box()
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] - 4)

    expect(page.locator('.st-key-rows input[value="Aug 2026"]')).to_be_visible()


def test_one_conversion_can_be_asked_from_any_stage_to_any_later_one(show):
    """The title says which, with its window."""
    page = show("conversion")
    reading.choose(page.get_by_label("To", exact=True), "Won")

    expect(page.get_by_text(re.compile(r"MQL → Won within \d+ days")).first).to_be_visible()


def test_people_are_shown_by_name_and_never_by_rate(show):
    """Conversion can't be grouped by owner."""
    page = show("conversion")
    reading.open_list(page.get_by_label("Group by"))

    expect(page.get_by_role("option", name="source")).to_be_visible()
    expect(page.get_by_role("option", name="owner")).to_have_count(0)
