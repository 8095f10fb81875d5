"""Rules of the board, on a wall, on a desk and on a phone."""

import re
from urllib.parse import urlencode

import pytest

from tests.browser import reading
from tests.browser.reading import expect

PICTURES = 6
NAMES_OF_IMAGES = """all => all.map(
  each => each.closest("[aria-label]")?.ariaLabel ?? each.querySelector("[aria-label]")?.ariaLabel
)"""
RING_AT_NEXT_CLICK = """capture => addEventListener(
  "click", () => accordBell.ask("ring", { revision: 1 }), { once: true, capture }
)"""
WALL, DESK, PHONE = (1920, 1080), (1440, 900), (390, 844)


def options(size=WALL, scheme="light"):
    """Return what a browser is opened with."""
    return {
        "viewport": {"width": size[0], "height": size[1]},
        "color_scheme": scheme,
        "locale": "en-GB",
    }


def board_in(page, server, **chosen):
    """Open the board as Ada in a tab, and wait until all its pictures are drawn."""
    page.goto(f"{server.url}/?{urlencode({'name': 'Ada', 'side': 'marketing', **chosen}, doseq=True)}")
    expect(page.locator(".js-plotly-plot .main-svg:first-of-type")).to_have_count(PICTURES)
    return reading.at_rest(page)


@pytest.fixture
def show(new_tab, server):
    """Return a function that opens the board in a tab of its own."""
    return lambda **chosen: board_in(new_tab("Ada", **options()), server, **chosen)


@pytest.fixture(scope="module")
def boards():
    """Keep the boards that tests only look at, and what is chosen on them."""
    return {}


@pytest.fixture
def look_at(open_tab, server, boards):
    """Return a function that shows a board that a test only looks at: opened once for all of them.

    A phone opens it by itself; every other look at it is one more way to see the same tab.
    """

    def shown(size=WALL, *, scheme="light", **chosen):
        kind = "phone" if size[0] < DESK[0] else "wall"
        if kind not in boards:
            page = open_tab("Ada", **options(PHONE if kind == "phone" else WALL))
            boards[kind] = board_in(page, server, **chosen), chosen
        page, before = boards[kind]
        if before != chosen:
            boards[kind] = page, chosen
            address = urlencode({"room": 0} | chosen)
            reading.go_to(reading.at_rest(page), f"/?{address}")  # a run under way would write its own
            page.wait_for_url(re.compile("window="))  # it is told by the server what it shows
            expect(page.locator(".js-plotly-plot .main-svg:first-of-type")).to_have_count(PICTURES)
        return reading.on_screen(reading.in_scheme(reading.at_the_top(page), scheme), *size)

    return shown


@pytest.fixture
def goal(look_at):
    """Have Ada set the goal of the quarter to 300,000 on the board."""
    page = look_at()
    page.get_by_role("button", name=re.compile("(Set|Change) the goal")).click()
    page.get_by_label(re.compile("Won revenue we aim for")).fill("300000")
    page.get_by_label(re.compile("Why this goal")).fill("What the board asks for")
    page.get_by_role("button", name="Set the goal for both of us").click()
    expect(page.locator(".accord-goal")).to_contain_text("€300K")
    return page


def choose(page, label, option):
    """Choose an option in the popover of choices."""
    page.locator(".st-key-choose button").click()
    reading.choose(page.get_by_test_id("stPopoverBody").get_by_label(label), option)


@pytest.mark.parametrize("room", [{}, {"room": "1"}, {"room": "1", "judged": "as-was"}])
def test_the_board_fits_a_wall_screen_without_scrolling(look_at, room):
    """1920 × 1080, with and without room mode."""
    across, down = reading.overflow(look_at(WALL, **room))

    assert across <= 0
    assert down <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_room_mode_nothing_is_smaller_than_24_px(look_at, scheme):
    """Every visible text, ticks and labels of the pictures included."""
    assert reading.smaller_than(look_at(WALL, scheme=scheme, room="1"), 24) == []


@pytest.mark.parametrize("size", [WALL, PHONE])
def test_what_we_won_together_is_the_largest_text(look_at, size):
    """There is one obvious thing on the board."""
    assert re.fullmatch(r"€[\d.]+[KM]?", reading.largest(look_at(size)))


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_the_halves_stand_below_each_other_and_nothing_sticks_out(look_at, width):
    """Down to 320 px there is no sideways scrolling."""
    page = look_at((width, 844))

    revenue, conversion = (
        page.locator(f".st-key-half_{half}").bounding_box() for half in ("revenue", "conversion")
    )
    assert conversion["y"] >= revenue["y"] + revenue["height"]
    assert reading.overflow(page)[0] <= 0


def test_both_halves_stand_side_by_side_and_end_alike(look_at):
    """Side by side means comparable."""
    page = look_at(DESK)

    revenue, conversion = (
        page.locator(f".st-key-half_{half}").bounding_box() for half in ("revenue", "conversion")
    )
    assert revenue["y"] == conversion["y"]
    assert revenue["height"] == pytest.approx(conversion["height"], abs=2)


def test_what_is_chosen_stands_in_the_address_and_a_link_reopens_it(look_at, show, boards):
    """The second browser sees the same period."""
    first = look_at()
    heading = first.get_by_role("heading", level=1)
    default = heading.inner_text()
    boards.pop("wall")  # it will show something else
    choose(first, "Period", re.compile("Last quarter"))
    expect(first).to_have_url(re.compile(r"period=\d{4}Q\d"))
    expect(heading).not_to_have_text(default)
    period = re.search(r"period=(\w+)", first.url)[1]

    second = show(period=period)

    assert second.get_by_role("heading", level=1).inner_text() == heading.inner_text()
    first.close()


def test_nonsense_in_the_address_is_answered_with_a_sentence(show):
    """The board shows its default and no traceback."""
    page = show(period="<script>", window="soon", source="![x](http://evil.example/p.png)")

    expect(page.get_by_test_id("stAlert")).to_have_count(3)
    expect(page.get_by_text("Showing this quarter instead")).to_be_visible()
    assert page.locator('img[src*="evil"]').count() == 0


def test_room_mode_is_a_switch_and_stands_in_the_address(look_at, boards):
    """Default off."""
    page = look_at()
    assert "room=" not in page.url
    boards.pop("wall")  # it will show something else
    page.locator(".st-key-pick_room label").first.click()

    expect(page).to_have_url(re.compile("room=1"))
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    page.close()


@pytest.mark.parametrize("is_bell_first", [True, False])
def test_what_a_hand_asks_for_in_the_moment_of_a_ring_is_done(look_at, is_bell_first):
    """Streamlit sends both as one message for one part of the page: of a figure, or of the whole."""
    page = look_at()
    header = page.get_by_test_id("stHeader")

    page.evaluate(RING_AT_NEXT_CLICK, is_bell_first)
    page.get_by_role("button", name=re.compile("^About Won to date")).click()
    expect(page.get_by_test_id("stPopoverBody").get_by_text("How it is counted")).to_be_visible()

    page.keyboard.press("Escape")
    for changed in (expect(header).to_be_hidden, expect(header).to_be_visible):
        page.evaluate(RING_AT_NEXT_CLICK, is_bell_first)
        page.locator(".st-key-pick_room label").first.click()
        changed()
    expect(page).not_to_have_url(re.compile("room="))


def test_every_picture_opens_its_passport_by_keyboard(look_at):
    """With its values as a table and the query itself."""
    page = look_at()
    buttons = page.locator(".st-key-half_revenue, .st-key-half_conversion").get_by_role(
        "button", name=re.compile("^About")
    )
    assert buttons.count() == PICTURES

    for place in range(PICTURES):
        buttons.nth(place).focus()
        page.keyboard.press("Enter")
        passport = page.get_by_test_id("stPopoverBody")
        for said in ("How it is counted", "As of", "The query", "Download as CSV"):
            expect(passport.get_by_text(said).first).to_be_visible()
        expect(passport.locator("table")).to_be_visible()
        page.keyboard.press("Escape")
        expect(passport).to_be_hidden()


def test_every_picture_tells_its_takeaway_to_those_who_cannot_see_it(look_at):
    """As the name of an image."""
    page = look_at()

    told = page.get_by_test_id("stPlotlyChart").evaluate_all(NAMES_OF_IMAGES)
    assert len(told) == PICTURES
    assert all(told)


def test_the_goal_is_set_on_the_board_for_both_sides(goal, show):
    """The next screen that opens shows it, with its pace."""
    page = show()

    expect(page.locator(".accord-goal")).to_have_text("won of €300K")
    expect(page.get_by_text("of the pace we need")).to_be_visible()
    expect(goal.get_by_text("chance to reach it")).to_be_visible()


def test_a_choice_is_kept_from_page_to_page(look_at, boards):
    """The period is chosen once for all that is looked at."""
    page = look_at(period="2026")
    boards.pop("wall")  # it goes elsewhere
    page.get_by_role("link", name="Revenue").first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Shared revenue, 2026")
    expect(page).to_have_url(re.compile("revenue.*period=2026"))
    page.close()
