"""What people see on a screen, measured: how large its words are, what sticks out, whom it shuts out.

To load a page takes a browser seconds, so one that is open can be seen in the other theme, on another screen
and at another address, as people change them: by the setting of their system, by its window, by going back.
"""

from functools import partial
from time import monotonic, sleep

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as LateError
from playwright.sync_api import expect as expect_of

from alignment.ui import theme

GRAVE = {"serious", "critical"}
WITHIN_MS, AT_ONCE_MS = 30_000, 1
OF_AN_ELEMENT = {
    "not_to_contain_text",
    "not_to_have_text",
    "to_be_checked",
    "to_be_disabled",
    "to_be_enabled",
    "to_be_in_viewport",
    "to_be_visible",
    "to_contain_text",
    "to_have_attribute",
    "to_have_css",
    "to_have_text",
    "to_have_value",
}
"""What can be expected of an element that is there, and of no other."""
AT_REST = """() => document.getAnimations().every(
    (found) => found.playState !== "running" || found.effect.getTiming().iterations === Infinity)"""
"""A list that is open closes when something around it moves."""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Whoever listens to scrolling has heard of it by then."""
DRAWN_WITHIN_S = 5
OFTEN = 100
"""How often to ask a page, in ms: asked at each frame, as Playwright does, it is busy with our questions."""
INKS = {"light": theme.LIGHT, "dark": theme.DARK}
IS_DRESSED = """([paper, former]) => {
  const tried = document.createElement("i");
  const worn = former.map(ink => (tried.style.color = ink, tried.style.color));
  const pictures = [...document.querySelectorAll(".js-plotly-plot text")];
  return getComputedStyle(document.documentElement).getPropertyValue("--accord-paper") === paper
    && pictures.every(text => !worn.includes(text.style.fill));
}"""
FITS = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(
  each => Math.abs(each.clientWidth - each.querySelector(".main-svg").getBoundingClientRect().width) < 2)"""
GO_BACK = """address => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""

SMALLER_THAN = """least => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const isSeen = element => {
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.visibility === "hidden" || style.display === "none" || style.opacity === "0") return false;
      const isClipped = style.clipPath !== "none" || style.clip !== "auto";
      if (isClipped && each.getBoundingClientRect().width <= 2) return false;
    }
    return true;
  };
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || ["STYLE", "SCRIPT", "NOSCRIPT"].includes(element.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.bottom <= 0 || box.right <= 0 || !isSeen(element)) continue;
    let size = parseFloat(getComputedStyle(element).fontSize);
    const matrix = element.ownerSVGElement && element.getScreenCTM();
    if (matrix) size *= Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
    if (size < least) found.push(`${node.data.trim()} (${size} px)`);
  }
  const drawn = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.875;
  for (const table of document.querySelectorAll('[data-testid="stDataFrame"] canvas')) {
    const size = drawn * table.currentCSSZoom;
    if (size < least) found.push(`a table (${size} px)`);
  }
  return found;
}"""
LARGEST = """() => {
  const sizes = [...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(each => [parseFloat(getComputedStyle(each).fontSize), each.textContent.trim()]);
  return sizes.sort((one, other) => other[0] - one[0])[0][1];
}"""
OVERFLOW = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return [main.scrollWidth - main.clientWidth, main.scrollHeight - main.clientHeight];
}"""


class Expectations:
    """What Playwright's own say, except that an element that is not there yet is waited for first.

    Each time that Playwright looks for one in vain it writes down all that the page says, for a message that
    is hardly ever read: on our pages that takes longer than to draw what is looked for.
    """

    def __init__(self, locator):
        self._locator = locator

    def __getattr__(self, name):
        asserted = getattr(expect_of(self._locator), name)
        return partial(self._patiently, asserted) if name in OF_AN_ELEMENT else asserted

    def _patiently(self, asserted, *expected, timeout=WITHIN_MS):
        if not (expected and isinstance(expected[0], list)):  # of many elements none is waited for
            try:
                self._locator.wait_for(state="attached", timeout=timeout)
            except LateError:
                timeout = AT_ONCE_MS
        asserted(*expected, timeout=timeout)


def expect(seen):
    """Return what can be expected of a locator or a page."""
    return Expectations(seen) if isinstance(seen, Locator) else expect_of(seen)


def at_rest(page):
    """Wait until no script is running for a page, and what opens or closes has come to rest; return it."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.wait_for_function(AT_REST, polling=OFTEN)
    return page


def in_scheme(page, scheme):
    """Have the person's system turn light or dark, and wait until page and pictures have; return the page."""
    inks = INKS[scheme]
    former = next(each for each in INKS.values() if each is not inks)
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(IS_DRESSED, arg=[inks.paper, [former.text, former.quiet]], polling=OFTEN)
    return at_rest(page)


def at_the_top(page):
    """Close what an earlier test left open and scroll up: a list that opens on a page that moves closes."""
    page.keyboard.press("Escape")
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")
    return at_rest(page)


def open_list(box):
    """Open a list of choices once the page has scrolled to it and come to rest."""
    box.scroll_into_view_if_needed()
    box.page.evaluate(TWO_FRAMES)
    at_rest(box.page)
    box.click()


def choose(box, option, *, exact=False):
    """Choose an option of a list of choices by its name, once the list has come to rest.

    A list moves with what it hangs on: a click on one that still moves hits its neighbour, or nothing.
    """
    open_list(box)
    listed = box.page.get_by_role("option", name=option, exact=exact)
    listed.wait_for()
    box.page.evaluate(TWO_FRAMES)
    at_rest(box.page)
    listed.click()


def on_screen(page, width, height):
    """Have the window take another size, and wait until the pictures have; return the page."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(FITS, polling=OFTEN)
    return at_rest(page)


def go_to(page, address):
    """Have an open page go to another address of ours, as going back does: nothing is loaded again."""
    page.evaluate(GO_BACK, address)


def smaller_than(page, least):
    """Return every visible text, SVG included, that is smaller than `least` px, with its size.

    Pictures are drawn a moment after the page is: what is too small must stay so to count.
    """
    until = monotonic() + DRAWN_WITHIN_S
    while (found := page.evaluate(SMALLER_THAN, least)) and monotonic() < until:
        sleep(0.2)
    return found


def largest(page):
    """Return the largest text of the page."""
    return page.evaluate(LARGEST)


def overflow(page):
    """Return by how many px the page is wider and higher than what is seen of it."""
    return tuple(page.evaluate(OVERFLOW))


def grave_faults(page, within=None):
    """Return what axe-core finds serious or critical, with where.

    It applies all its rules, and is spared to write down where everything is in order.
    """
    found = Axe().run(page, context=within, options={"resultTypes": ["violations"]}).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in GRAVE]
