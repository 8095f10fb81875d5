"""The way of a scout sample in a real browser: drawn, taken to the CRM, worked, and read back."""

import csv
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.browser.reading import expect

WORKED, CONVERTED = 6, 2


@pytest.fixture(scope="module")
def sample(sample, tmp_path_factory):
    """Give this file a sample company of its own: it loads other data into it."""
    return shutil.copy(sample, tmp_path_factory.mktemp("own") / "accord.duckdb")


def scouts(screen):
    """Return the part of the page about scout samples, its panel opened."""
    found = screen.page.locator(".st-key-scout")
    panel = screen.page.get_by_role("radio", name=re.compile("How good is it"))
    panel.wait_for()
    screen.settled()
    if not panel.is_checked():
        panel.click()
    found.wait_for()
    return found


def load_worked(path: Path, lead_ids):
    """Load what the CRM says two months later: some of the leads were worked, and a few converted."""
    newer = path.with_name("newer.duckdb")
    shutil.copy(path, newer)
    with duckdb.connect(newer) as connection:
        (text,) = connection.execute("select value from accord_load where name = 'as_of'").fetchone()
        as_of = datetime.fromisoformat(text)
        change = "update leads set {} = ? where lead_id in (select unnest(?))"
        connection.execute(change.format("first_touch_at"), [as_of + timedelta(days=1), lead_ids[:WORKED]])
        connection.execute(change.format("sql_at"), [as_of + timedelta(days=5), lead_ids[:CONVERTED]])
        later = (as_of + timedelta(days=60)).isoformat()
        connection.execute("update accord_load set value = ? where name = 'as_of'", [later])
    newer.replace(path)


def test_a_sample_is_drawn_downloaded_worked_and_tells_its_rate_on_both_screens(ada, bo, sample):
    """Both sides see the draw at once, and what came of it as soon as a load has it."""
    for screen in (ada, bo):
        expect(scouts(screen)).to_contain_text("drawn by chance and worked anyway, would tell")
    scouts(ada).get_by_text("Draw a scout sample").click()
    scouts(ada).get_by_role("button", name=re.compile(r"Draw \d+ leads")).click()

    for screen in (ada, bo):
        expect(scouts(screen)).to_contain_text(re.compile(r"Of \d+ leads drawn, 0 can be judged so far"))
    with bo.page.expect_download() as caught:
        scouts(bo).get_by_role("button", name="CSV").click()
    text = Path(caught.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["level"] for row in rows} == {"scout"}
    assert all(int(row["score"] or 0) < 60 for row in rows)
    load_worked(sample, [row["lead_id"] for row in rows])

    for screen in (ada, bo):
        screen.page.reload()
        said = rf"{WORKED} can be judged: 33% \({CONVERTED} of {WORKED}, 10–70%\) became SQL"
        expect(scouts(screen)).to_contain_text(re.compile(said))
        expect(scouts(screen)).to_contain_text(f"{len(rows) - WORKED} not worked yet")
