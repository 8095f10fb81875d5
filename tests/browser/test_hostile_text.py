"""The rule that text from data and people is text: nothing in it is fetched, linked or drawn."""

import re

import duckdb
import pytest

from alignment.agreement import now
from alignment.domain.agreement import Person, Side, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Level, Route
from alignment.store.ledger import Ledger
from tests.browser import reading
from tests.browser.reading import expect

EVIL = "![x](http://evil.example/p.png)"
EVILS = (
    EVIL,
    "<img src=http://evil.example/q.png>",
    "[click](http://evil.example/r)",
    ":material/home: :smile: :red[red] $x^2$",
    "http://evil.example/s www.evil.example",
)
MALLORY = (EVIL, "marketing")
VISITED = {
    "/history": "h1:has-text('History')",
    "/definition?panel=lead&lead=L-0000002": ".st-key-panel_lead:has-text('L-0000002')",
    "/board": ".st-key-half_revenue",
    "/definition?panel=code": ".st-key-panel_code",
    "/revenue": "h1:has-text('Shared revenue')",
    "/definition?panel=quality": ".st-key-panel_quality",
    "/digest": ".st-key-digest_changed",
    "/backward_plan": "h1:has-text('Plan backwards')",
    "/strategies": "h1:has-text('Strategies')",
    "/conversion": "h1:has-text('From lead to won')",
    "/definition?panel=capacity": ".st-key-panel_capacity",
    "/lead?lead=L-0000001": "h3:has-text('Lead L-0000001')",
    "/definition": ".st-key-sentence",
}
"""Where Mallory goes from the definition page, and what is there alone: the address of a panel opens it once,
when one comes from another page.
"""


@pytest.fixture(scope="module")
def sample(sample, tmp_path_factory):
    """Rename the sample's company, sources and owners to what an attacker would put into a web form."""
    path = tmp_path_factory.mktemp("hostile") / "accord.duckdb"
    path.write_bytes(sample.read_bytes())
    with duckdb.connect(path) as connection:
        connection.execute("update accord_load set value = ? where name = 'company'", [EVILS[0]])
        connection.execute(
            "update leads set source = ?, industry = ? where lead_id like '%1'", [EVILS[1], EVILS[0]]
        )
        connection.execute(
            "update leads set source = ?, owner = ? where lead_id like '%2'", [EVILS[0], EVILS[2]]
        )
        connection.execute(
            "update deals set source = ?, owner = ?, stage = ?", [EVILS[0], EVILS[1], EVILS[2]]
        )
    return path


def begin_hostile(server):
    """Begin the ledger with hostile criteria, levels, people and reasons, and an edit by each."""
    criteria = tuple(
        Criterion(f"evil_{place}", text, Comparison.ONE_OF, (text,), 10) for place, text in enumerate(EVILS)
    )
    levels = (Level(EVILS[0], 0), Level(EVILS[1], 50, Route.SALES, 8, enters_hand_off=True))
    versions = [Version(1, Definition(criteria, levels), Terms(EVILS[0]))]
    ledger = Ledger(server.sample_ledger, lambda: versions)
    for place, text in enumerate(EVILS):
        who = Person(text, Side.SALES)
        ledger.append(who, f"criteria.evil_{place}.threshold", [*EVILS], ledger.draft()[1].seq, now())
    ledger.append(who, "terms.reason", EVILS[0], ledger.draft()[1].seq, now())
    ledger.close()


@pytest.fixture(scope="module")
def before_start():
    """Have the server find the hostile ledger."""
    return begin_hostile


@pytest.fixture(scope="module")
def asked(profile):
    """Collect the addresses that Mallory's browser asks for, and what it refuses to ask for."""
    found = []
    context = profile(EVIL)
    context.on("request", lambda request: found.append(request.url))
    context.on("console", lambda message: found.append(message.text) if "violates" in message.text else 0)
    return found


def test_no_screen_asks_another_host_for_anything(server, asked, regular):
    """Every page is shown with hostile names all over it; the only host that hears of it is ours."""
    mallory = regular(*MALLORY)
    for path, there in VISITED.items():
        reading.go_to(mallory.page, path)
        mallory.page.locator(there).first.wait_for()
        mallory.settled()
        mallory.page.wait_for_timeout(500)
    mallory.press("criteria.evil_0.points")
    mallory.page.wait_for_timeout(500)

    assert server.url in asked[0]
    foreign = [url for url in asked if not re.match(rf"(data:|blob:|{re.escape(server.url)}/)", url)]
    assert foreign == []


def test_hostile_text_is_shown_letter_by_letter(regular):
    """No icon, emoji, colour, formula or link is made of it."""
    mallory = regular(*MALLORY)
    main = mallory.page.get_by_test_id("stMain")

    expect(main.get_by_role("heading", name="What a qualified lead is")).to_be_visible()
    shown = main.inner_text().replace("\u2060", "")
    assert [text for text in EVILS if text not in shown] == []
    assert main.locator("a[href*='evil']").count() == 0
    assert main.locator("img").count() == 0
    assert main.locator(".katex").count() == 0


def test_a_name_to_choose_is_shown_as_the_data_writes_it(regular):
    """The columns and values offered for a new criterion carry no signs of ours and draw nothing."""
    mallory = regular(*MALLORY)
    mallory.page.get_by_test_id("stMain").get_by_role("button", name="Add a criterion").click()
    dialog = mallory.page.get_by_role("dialog")
    reading.choose(dialog.get_by_role("combobox").first, "industry")

    expect(dialog.get_by_text("industry, one of")).to_be_visible()
    expect(dialog.locator("img")).to_have_count(0)
    dialog.get_by_role("combobox").last.click()
    offered = mallory.page.get_by_role("listbox").inner_text() + dialog.inner_text()
    assert EVIL in offered
