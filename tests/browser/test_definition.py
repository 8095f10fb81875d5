"""Rules of the definition page, seen in real browsers on the sample company."""

import re
from contextlib import ExitStack
from urllib.parse import urlencode

import pytest

from alignment import agreement as agreements
from alignment.domain.agreement import Person, Side
from alignment.domain.definition_steps import steps
from alignment.store.warehouse import Warehouse
from tests import drawn
from tests.browser import reading
from tests.browser.conftest import SEAT, Screen, Server, serving
from tests.browser.reading import expect

EMPLOYEES = "criteria.employees_fit.points"
HOT = "levels.2.cutoff"
PHONE = {"width": 390, "height": 844}
WALL = {"width": 1920, "height": 1080}
BESIDE = """rows => rows.map(row => {
  const [whole, button] = [row, row.querySelector("button")].map(each => each.getBoundingClientRect());
  return button.right <= whole.right + 1 && button.bottom <= whole.bottom + 1;
})"""
ROBIN = Person("Robin", Side.SALES)


def button(screen, name):
    """Return a button by its name."""
    return screen.page.get_by_role("button", name=name, exact=True)


def hand_offs(screen):
    """Return the largest figure of the page."""
    return screen.page.locator(".st-key-figure_hand-offs .accord-value")


def changes(screen):
    """Return what the page lists as changed against the version in force."""
    return screen.page.locator(".st-key-changes").get_by_role("button")


@pytest.fixture(autouse=True)
def starts_in_force(server, left_open):
    """Put the draft back to what is in force after each test: they share a ledger, and tabs that show it."""
    yield
    for screen in left_open.values():
        screen.answered()  # what was let go in the last moment is written too
    agreement = opened(server)
    draft = agreement.draft()
    for field, value in steps(draft.definition, draft.base.definition):
        draft = agreement.edit(ROBIN, field, value, draft.seq)
    agreement.ledger.close()
    for screen in left_open.values():
        screen.page.evaluate("accordNews.lookAgain()")  # no bell rings for what another process wrote
        expect(changes(screen)).to_have_count(0)


@pytest.fixture
def serve(nursery, tmp_path):
    """Return a function that serves other data from a folder of its own until the test ends."""
    with ExitStack() as served:
        yield lambda warehouse: served.enter_context(serving(Server(nursery, warehouse, tmp_path)))


def opened(server):
    """Open the server's agreement as another process does."""
    return agreements.opened(server.sample_ledger, Warehouse(server.warehouse))


def test_a_move_shows_what_it_would_have_done_on_both_screens(ada, bo):
    """`in force → draft`, on the screen of whoever moved and on the other."""
    before = hand_offs(ada).inner_text()

    ada.grab(HOT, by=60)
    ada.release()

    expect(hand_offs(bo)).to_contain_text(f"{before} →")
    expect(hand_offs(ada)).to_have_text(hand_offs(bo).inner_text())
    expect(ada.page.locator(".st-key-figure_hand-offs")).to_contain_text("fewer a week")


def test_the_sentence_is_that_of_the_draft_and_the_change_is_listed(ada, bo):
    """Bo reads what Ada suggests without looking for it."""
    was = ada.value(EMPLOYEES)

    ada.press(EMPLOYEES)

    expect(bo.page.locator(".st-key-sentence")).to_contain_text(f"+{was + 1} when employees is at least")
    expect(changes(bo)).to_have_text([re.compile(f"points of employees {was} → {was + 1}")])


def test_a_click_on_a_listed_change_takes_it_back(ada, bo):
    """Each field goes back to what is in force by itself."""
    was = ada.value(EMPLOYEES)
    ada.press(EMPLOYEES)
    expect(changes(bo)).to_have_count(1)

    changes(bo).first.click()

    expect(changes(ada)).to_have_count(0)
    assert ada.value(EMPLOYEES) == was


def test_all_goes_back_to_what_is_in_force_at_once(ada):
    """A meeting that tried much starts afresh by one click."""
    ada.press(EMPLOYEES)
    expect(changes(ada)).to_have_count(1)
    ada.press(HOT)
    expect(changes(ada)).to_have_count(2)

    button(ada, "All back to in force").click()

    expect(changes(ada)).to_have_count(0)
    expect(button(ada, "All back to in force")).to_be_disabled()


def test_any_column_of_the_data_becomes_a_criterion_on_both_screens(ada, bo):
    """The dialog starts with a threshold that suits the data."""
    button(ada, "Add a criterion").click()
    reading.choose(ada.page.get_by_role("combobox", name="Column of the leads"), "country")
    button(ada, "Add it to the draft").click()

    for screen in (ada, bo):
        expect(changes(screen)).to_have_text([re.compile(r"added: \+10 when country is ")])
        expect(screen.page.locator(".accord-opener").filter(has_text="country is")).to_contain_text("new")


def test_a_criterion_is_removed_for_both(ada, bo):
    """What nobody wants any more leaves the draft, and can come back."""
    card = ada.open_card("employees_fit")

    card.get_by_role("button", name="Remove").click()

    expect(bo.page.locator(".accord-opener").filter(has_text="employees is at least")).to_have_count(0)
    expect(changes(bo)).to_have_text([re.compile("removed: .* when employees")])


def test_a_cutoff_past_the_next_level_is_refused_with_a_sentence(ada):
    """Levels ascend; the slider goes back and says why."""
    was = ada.value(HOT)
    ada.field(HOT).get_by_role("spinbutton").fill("20")
    ada.page.keyboard.press("Enter")

    expect(ada.note(HOT)).to_contain_text("hot must start above warm: 20 is not above 35.")
    expect(ada.thumb(HOT)).to_have_text(str(was))


def test_a_level_is_renamed_and_another_added_on_both_screens(ada, bo):
    """The names and the number of levels are the company's own; what one moved before is no hindrance."""
    ada.page.locator(".st-key-levels summary").click()
    ada.field("levels.2.name").get_by_role("textbox").fill("blazing")
    ada.page.keyboard.press("Enter")
    expect(bo.page.locator(".accord-levels")).to_contain_text("blazing")
    ada.press(HOT)
    expect(changes(bo)).to_have_count(2)

    button(ada, "Add a level").click()

    expect(bo.page.locator(".accord-levels tbody tr")).to_have_count(4)
    expect(bo.page.locator(".accord-levels")).to_contain_text("new →")


def test_whose_finger_is_on_a_slider_is_seen_at_the_slider(ada, bo):
    """Bo sees Ada's name where she moves."""
    ada.grab(HOT, by=10)

    expect(bo.field(HOT)).to_have_attribute("data-moved-by", "● Ada is on it")
    ada.release()


def test_a_card_opens_by_the_keyboard(ada):
    """Nothing on the page asks for a mouse."""
    card = ada.page.locator(".accord-opener").filter(has_text="webinar attended")
    card.focus()
    ada.page.keyboard.press("Enter")

    expect(ada.page.get_by_role("slider", name="Points when webinar attended is yes")).to_be_visible()


def test_an_observer_is_told_and_finds_nothing_to_press(person):
    """Ola sees everything; what would change something is disabled or not there."""
    ola = person("Ola", "observer")

    expect(ola.page.get_by_text("You are here as an observer")).to_be_visible()
    for name in ("Add a criterion", "All back to in force", "Remove"):
        expect(button(ola, name)).to_be_disabled()


def test_a_column_that_is_gone_is_marked_and_the_page_goes_on(server, person):
    """After another load a criterion may ask for what is not there any more."""
    agreement = opened(server)
    criterion = {"attribute": "headcount", "comparison": "at_least", "threshold": 5, "points": 10}
    agreement.edit(ROBIN, "criteria.headcount", criterion, agreement.draft().seq)
    agreement.ledger.close()

    ada = person("Ada", "marketing")
    card = ada.page.locator(".accord-opener").filter(has_text="headcount")

    expect(card).to_contain_text("not in the data any more")
    card.click()
    expect(ada.page.get_by_text("no lead meets this")).to_be_visible()
    ada.press(HOT)
    expect(changes(ada)).to_have_count(2)


def test_the_passport_opens_with_formula_and_query(ada):
    """Every figure explains itself."""
    ada.page.locator(".st-key-about_conversion button").click()

    passport = ada.page.get_by_test_id("stPopoverBody")
    expect(passport).to_contain_text("hand-offs that sales worked and whose window is over")
    expect(passport).to_contain_text("never worked: unknown, counted neither way")
    expect(passport.get_by_test_id("stCode")).to_contain_text("from leads")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_room_mode_the_page_is_read_and_moved_from_three_metres(person, scheme):
    """Nothing is smaller than 24 px, also of what a move adds; figures and sliders are in sight."""
    ada = person("Ada", "marketing", viewport=WALL, color_scheme=scheme)
    ada.page.locator(".st-key-pick_room label").first.click()
    expect(ada.page).to_have_url(re.compile("room=1"))
    ada.settled()

    for seen in (EMPLOYEES, HOT, "levels.1.cutoff"):
        expect(ada.field(seen).locator(".accord-range")).to_be_in_viewport()
    for name in ("hand-offs", "conversion", "won"):
        expect(ada.page.locator(f".st-key-figure_{name}")).to_be_in_viewport()
    ada.press(HOT)
    expect(changes(ada)).to_have_count(1)
    ada.settled()
    assert reading.smaller_than(ada.page, 24) == []
    assert reading.overflow(ada.page)[0] == 0
    assert reading.grave_faults(ada.page) == []


def test_on_a_phone_the_figures_stay_in_sight_while_the_criteria_scroll(new_tab, server):
    """Whoever moves a slider with a thumb sees what it does."""
    page = new_tab("Pat", viewport=PHONE, is_mobile=True, has_touch=True, user_agent="Phone Mobile")
    page.goto(f"{server.url}/definition?name=Pat&side=marketing")
    page.locator(".accord-opener").filter(has_text="job level is Student").scroll_into_view_if_needed()

    expect(page.locator(".st-key-figure_hand-offs .accord-value")).to_be_in_viewport()
    expect(page.locator(".st-key-figure_conversion .accord-value")).to_be_in_viewport()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth <= main.clientWidth")


def test_on_a_phone_a_suggestion_stands_beside_its_button(new_tab, server):
    """Who can't see the button can't take what is suggested."""
    page = new_tab("Pat", viewport=PHONE, is_mobile=True, has_touch=True, user_agent="Phone Mobile")
    page.goto(f"{server.url}/definition?name=Pat&side=sales&panel=suggest")
    page.get_by_role("button", name="Ask the data").click()

    page.get_by_role("button", name="Take", exact=True).last.wait_for()
    beside = page.locator('[class*="st-key-offer_"]').evaluate_all(BESIDE)
    assert beside
    assert all(beside)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(ada, scheme):
    """Axe finds nothing serious, with cards, levels and limits open, in both themes."""
    ada.press(EMPLOYEES)
    expect(changes(ada)).to_have_count(1)
    for key in ("levels", "limits"):
        opener = ada.page.locator(f".st-key-{key} details")
        if opener.get_attribute("open") is None:
            opener.locator("summary").click()
    reading.in_scheme(ada.page, scheme)

    assert reading.grave_faults(ada.page) == []


def test_a_link_opens_the_very_criterion_and_brings_it_into_sight(ada):
    """Whoever comes from another page to one criterion need not look for it; a shared link does the same."""
    ada.page.set_viewport_size({"width": 1400, "height": 700})
    last = ada.page.locator(".accord-opener").last
    last.scroll_into_view_if_needed()
    asked = last.inner_text()
    address = {"open": "job_level_exclusion", "name": "Ada", "side": "marketing"}
    ada.page.goto(f"{ada.page.url.split('?')[0]}?{urlencode(address)}")

    sought = ada.page.locator(".accord-opener[aria-expanded=true]")
    expect(sought).to_have_text(asked)
    expect(sought).to_be_in_viewport()
    sought.click()
    expect(sought).to_have_count(0)


def test_a_new_load_takes_the_place_of_what_was_heard_on_the_old_one(serve, new_tab, tmp_path):
    """Figures heard by the line are those of their load, whatever came in with a higher number."""
    path, row = tmp_path / "drawn.duckdb", "\n{} 2026-07-0{} 9"
    head, facts = "lead_id created_at size", {"as_of": "2026-07-09T12:00:00", "company": "New"}
    drawn.warehouse(path, {"leads": head + row.format("ada", 2) + row.format("bob", 3)}, facts)
    server = serve(path)
    shared = agreements.opened(server.ledger, Warehouse(path))
    size = {"attribute": "size", "comparison": "at_least", "threshold": 5, "points": 40}
    shared.edit(ROBIN, "criteria.size", size, shared.draft().seq)
    shared.ledger.close()
    page = new_tab("Ada", **SEAT)
    page.goto(f"{server.url}/definition?name=Ada&side=marketing")
    ada = Screen(page, "Ada")
    ada.press("criteria.size.points")
    expect(ada.thumb("criteria.size.points")).to_have_text("41")
    expect(page.locator(".accord-basis").last).to_contain_text("2 leads")
    ada.settled()

    newer = head + "".join(row.format(f"l{day}", day) for day in range(1, 8))
    drawn.warehouse(tmp_path / "newer.duckdb", {"leads": newer}, facts)
    (tmp_path / "newer.duckdb").replace(path)
    ada.press("criteria.size.points")

    expect(page.locator(".accord-basis").last).to_contain_text("7 leads")


@pytest.mark.parametrize(
    ("leads", "says"),
    [
        ("lead_id created_at size\nada 2026-07-02 5\nbob 2026-07-03 9", "Add the first criterion"),
        ("lead_id created_at\nada 2026-07-02", "The leads have no column yet that a criterion could use."),
    ],
    ids=["no criteria", "no columns"],
)
def test_a_new_company_is_told_what_to_do_first(serve, new_tab, tmp_path, leads, says):
    """An empty page shows the first step, never an error."""
    path = tmp_path / "drawn.duckdb"
    drawn.warehouse(path, {"leads": leads}, {"as_of": "2026-07-09T12:00:00", "company": "New"})
    server = serve(path)
    page = new_tab("Ada", **SEAT)
    page.goto(f"{server.url}/definition?name=Ada&side=marketing")

    expect(page.get_by_text(says).first).to_be_visible()
    expect(page.locator(".st-key-sentence")).to_contain_text("No lead qualifies yet")
