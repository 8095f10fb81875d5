"""Real exports through the page, from upload to board; ACCORD_PICTURES=FOLDER keeps their pictures."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import Server, serving
from tests.browser.reading import expect

DATA = Path(__file__).parents[3] / "shared" / "data"
PICTURES = os.environ.get("ACCORD_PICTURES")
OLIST_DEALS = "olist/olist_closed_deals_dataset.csv"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data files are not on this machine")

EXPORTS = {
    "olist": (["olist/olist_marketing_qualified_leads_dataset.csv", OLIST_DEALS], "8,842"),
    "olist-us-dates": (["olist/mql_us_dates.csv", OLIST_DEALS], "8,842"),
    "maven": (["maven/sales_pipeline.csv", "maven/products.csv"], "8,800"),
    "xeducation": (["xeducation/Leads.csv"], "9,240"),
}


@pytest.fixture(scope="module")
def server(nursery, sample, tmp_path_factory):
    """Serve a copy of the sample company that the tests of this file may replace."""
    folder = tmp_path_factory.mktemp("exports")
    with serving(Server(nursery, shutil.copy(sample, folder / "accord.duckdb"), folder)) as started:
        yield started


def picture(screen, name):
    """Keep a picture of the screen, where somebody asked for pictures."""
    if PICTURES:
        expect(screen.page.get_by_test_id("stSkeleton")).to_have_count(0)
        screen.page.screenshot(path=f"{PICTURES}/import-{name}.png")


@pytest.mark.parametrize("name", EXPORTS)
def test_a_real_export_comes_from_upload_to_board_without_a_word_typed(person, name):
    """Drop the files, press Load, press Open the board: dates, stages and keys are found or asked."""
    files, rows = EXPORTS[name]
    ada = person("Ada", "marketing", "/import", viewport={"width": 1920, "height": 1080})
    ada.page.locator("input[type=file]").set_input_files([DATA / file for file in files])
    expect(ada.page.get_by_role("heading", name="3 Load")).to_be_visible(timeout=20_000)
    ada.settled()
    picture(ada, f"{name}-columns")

    ada.page.get_by_role("button", name=re.compile(r"^Load \d file")).click()
    expect(ada.page.get_by_role("heading", name=f"All {rows} rows are in.")).to_be_visible(timeout=30_000)
    ada.settled()
    picture(ada, f"{name}-receipt")
    ada.page.get_by_role("button", name="Open the board").click()

    expect(ada.page.get_by_role("heading", name="Shared revenue")).to_be_visible(timeout=20_000)
    ada.settled()
    picture(ada, f"{name}-board")
    expect(ada.page.get_by_test_id("stException")).to_have_count(0)
