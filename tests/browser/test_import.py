"""Rules of the import page in a real browser: files in, every screen on the new data, nothing executed."""

import re
import shutil

import duckdb
import pytest

from alignment.__main__ import main
from tests.browser import reading
from tests.browser.conftest import Server, serving
from tests.browser.reading import expect

LEADS = "lead_id,created_at,source\n" + "".join(f"l{n},2026-07-{n % 28 + 1:02},web\n" for n in range(60))
DEALS = "deal_id,lead_id,created_at,closed_at,amount,is_won\nd1,l1,2026-07-10,2026-07-20,1000,true\n"
IMAGE = "<img src=x onerror=document.title='taken'>"
MARKDOWN = "![x](http://evil.example/p.png)"
STATEMENT = '"; drop table leads; --'


@pytest.fixture(scope="module")
def server(nursery, sample, tmp_path_factory):
    """Serve a copy of the sample company that the tests of this file may replace."""
    folder = tmp_path_factory.mktemp("import")
    with serving(Server(nursery, shutil.copy(sample, folder / "accord.duckdb"), folder)) as started:
        yield started


@pytest.fixture
def foreign(nursery, tmp_path):
    """Serve an operator's own database, which Accord did not write."""
    path = tmp_path / "theirs.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(
            "create table leads as select 'ada' as lead_id, timestamp '2026-07-02' as created_at"
        )
    with serving(Server(nursery, path, tmp_path)) as started:
        yield started


def dropped(screen, *files):
    """Drop files, given as name and text, on a screen's import page."""
    payloads = [{"name": name, "mimeType": "text/csv", "buffer": text.encode()} for name, text in files]
    screen.page.locator("input[type=file]").set_input_files(payloads)
    expect(screen.page.get_by_role("heading", name="3 Load")).to_be_visible()
    screen.settled()


def called(screen, name):
    """Give the company a name."""
    screen.page.get_by_label("Company").fill(name)
    screen.page.get_by_label("Company").press("Enter")
    screen.settled()


def loaded(screen):
    """Press the button that loads and wait for the receipt."""
    screen.page.get_by_role("button", name=re.compile(r"^Load \d file")).click()
    expect(screen.page.get_by_role("button", name="Open the board")).to_be_visible()


def test_from_files_to_the_board(person):
    """The first thing anybody does with their own data."""
    ada = person("Ada", "marketing", "/import")
    dropped(ada, ("leads.csv", LEADS), ("deals.csv", DEALS))
    called(ada, "Ada & Co")

    loaded(ada)

    expect(ada.page.get_by_role("heading", name="All 61 rows are in.")).to_be_visible()
    ada.page.get_by_role("button", name="Open the board").click()
    expect(ada.page.get_by_text("Ada & Co").first).to_be_visible()


def test_every_open_screen_moves_to_the_new_data(person):
    """Two people who look at different loads can't agree on a figure."""
    ada, bo = person("Ada", "marketing", "/import"), person("Bo", "sales", "/import")
    dropped(ada, ("leads.csv", LEADS))
    called(ada, "Moved Ltd")

    loaded(ada)

    expect(bo.page.get_by_text("Moved Ltd")).to_be_visible(timeout=5_000)


def test_headers_and_values_are_shown_and_never_run(person):
    """A file is data, whatever its columns are called."""
    ada = person("Ada", "marketing", "/import")
    asked = []
    ada.page.on("request", lambda request: asked.append(request.url))
    columns = f'lead_id,created_at,{IMAGE},{MARKDOWN},"{STATEMENT.replace(chr(34), chr(34) * 2)}"\n'
    dropped(ada, (f"{MARKDOWN.replace('/', '')}.csv", columns + f"ada,2026-07-02,{IMAGE},{MARKDOWN},x\n"))
    ada.page.get_by_text("3 more columns").click()

    expect(ada.page.get_by_text(IMAGE, exact=True).first).to_be_visible()
    expect(ada.page.get_by_text("drop table leads").first).to_be_visible()
    loaded(ada)
    ada.page.get_by_text("columns were read").click()
    ada.settled()

    assert [url for url in asked if "evil.example" in url or url.endswith("/x")] == []
    assert ada.page.title() != "taken"
    assert ada.page.locator("img[src='x']").count() == 0


def test_a_file_that_can_not_be_read_says_why_and_the_others_stay(person):
    """One bad file among three is no reason to begin again."""
    ada = person("Ada", "marketing", "/import")

    dropped(ada, ("leads.csv", LEADS), ("other.duckdb", "\0" * 8 + "DUCK" + "\0" * 64))

    expect(ada.page.get_by_text("other.duckdb is a DuckDB file")).to_be_visible()
    expect(ada.page.get_by_role("button", name="Load 1 file")).to_be_enabled()


def test_a_failed_load_says_why_and_loses_no_file(person):
    """Whoever has mapped thirty columns must not do it again."""
    ada = person("Ada", "marketing", "/import")
    dropped(ada, ("leads.csv", "lead_id,created_at\nada,1/2/2026\nbob,3/4/2026\n"))

    ada.page.get_by_role("button", name="Load 1 file").click()
    expect(ada.page.get_by_role("alert").filter(has_text="created_at")).to_be_visible()
    ada.settled()
    reading.choose(ada.page.get_by_role("combobox", name="Order of day and month"), "Day first")
    ada.settled()

    loaded(ada)
    expect(ada.page.get_by_role("heading", name="All 2 rows are in.")).to_be_visible()


def test_a_load_that_fails_in_a_scheduler_is_said_on_the_screens_that_are_open(person, server, tmp_path):
    """Nobody touches the page, nobody reads the scheduler's log; the figures are old all the same."""
    ada = person("Ada", "marketing", "/board")
    (tmp_path / "broken.csv").write_text("lead_id,created_at\n", encoding="utf-8")

    assert main(["import", "--leads", str(tmp_path / "broken.csv"), "--into", str(server.warehouse)]) == 2

    expect(ada.page.get_by_role("alert").filter(has_text="(broken.csv) did not come in")).to_be_visible()


def test_an_observer_is_told_why_there_is_nothing_to_press(person):
    """Looking on is welcome; replacing everybody's data is not looking on."""
    cem = person("Cem", "observer", "/import")

    expect(cem.page.get_by_text("here as an observer")).to_be_visible()
    expect(cem.page.locator("input[type=file]")).to_have_count(0)


def test_an_operators_own_database_is_never_offered_for_overwriting(foreign, new_tab):
    """It is opened in place; the page says so and has nothing to press."""
    page = new_tab("Ada")
    page.goto(f"{foreign.url}/import?name=Ada&side=marketing")

    expect(page.get_by_text("a database that Accord did not write")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)


def shut_out(screen):
    """Return what axe-core finds serious or critical in either theme."""
    return {
        scheme: reading.grave_faults(reading.in_scheme(screen.page, scheme)) for scheme in ("light", "dark")
    }


def test_nobody_is_shut_out(person):
    """Axe-core finds nothing serious or critical in either theme, from the empty page to the receipt."""
    ada, nothing = person("Ada", "marketing", "/import"), {"light": [], "dark": []}
    assert shut_out(ada) == nothing
    dropped(ada, ("leads.csv", LEADS), ("deals.csv", DEALS))
    assert shut_out(ada) == nothing

    loaded(ada)
    ada.settled()

    assert shut_out(ada) == nothing
