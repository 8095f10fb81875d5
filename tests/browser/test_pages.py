"""Rules of the pages in a browser: everybody can use them, and what they show can be taken along."""

import csv
import re
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser import reading


@pytest.fixture
def show(new_tab, server):
    """Return a function that opens a page as Bo once it is drawn."""

    def opened(path="", *, scheme="light", **chosen):
        page = new_tab(
            "Ada",
            viewport={"width": 1600, "height": 1000},
            color_scheme=scheme,
            locale="en-GB",
        )
        page.goto(f"{server.url}/{path}?{urlencode({'name': 'Bo', 'side': 'sales', **chosen})}")
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "revenue", "conversion"])
def test_nobody_is_shut_out(show, path, scheme):
    """Axe-core finds nothing serious or critical in either theme."""
    assert reading.grave_faults(show(path, scheme=scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_of_room_mode_and_passports(show, scheme):
    """What opens is looked at too."""
    page = show(scheme=scheme, room="1")
    page.get_by_role("button", name=re.compile("^About")).last.click()
    expect(page.get_by_text("How it is counted")).to_be_visible()
    expect(page.get_by_test_id("stPopoverBody").get_by_role("button", name="Download as CSV")).to_be_visible()

    assert reading.grave_faults(page) == []


@pytest.mark.parametrize(("path", "what"), [("revenue", "deals"), ("conversion", "leads")])
def test_the_rows_behind_a_figure_can_be_taken_along(show, path, what):
    """The file holds as many rows as the page says, and above them what was chosen."""
    page = show(path, period="2026")
    said = page.locator(".st-key-rows").get_by_text(re.compile(rf"^[\d,]+ {what}")).inner_text()
    with page.expect_download() as waiting:
        page.locator(".st-key-rows").get_by_role("button", name="Download as CSV").click()

    lines = list(csv.reader(StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))

    assert lines[1][0].startswith("# Nordlicht Instruments (sample company) · 2026")
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
    page = show("revenue", period="2026Q3")
    bar = page.locator(".st-key-chart_months .bars .point").nth(10).bounding_box()
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] - 4)

    expect(page.locator('.st-key-rows input[value="Aug 2026"]')).to_be_visible()


def test_one_conversion_can_be_asked_from_any_stage_to_any_later_one(show):
    """The title says which, with its window."""
    page = show("conversion", period="2026")
    page.get_by_label("To", exact=True).click()
    page.get_by_role("option", name="Won").click()

    expect(page.get_by_text(re.compile(r"MQL → Won within \d+ days")).first).to_be_visible()


def test_people_are_shown_by_name_and_never_by_rate(show):
    """Conversion can't be grouped by owner."""
    page = show("conversion", period="2026")
    page.get_by_label("Group by").click()

    expect(page.get_by_role("option", name="source")).to_be_visible()
    expect(page.get_by_role("option", name="owner")).to_have_count(0)
