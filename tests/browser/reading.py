"""What people see on a screen, measured: how large its words are, what sticks out, whom it shuts out."""

from axe_playwright_python.sync_playwright import Axe

GRAVE = {"serious", "critical"}

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


def smaller_than(page, least):
    """Return every visible text, SVG included, that is smaller than `least` px, with its size."""
    return page.evaluate(SMALLER_THAN, least)


def largest(page):
    """Return the largest text of the page."""
    return page.evaluate(LARGEST)


def overflow(page):
    """Return by how many px the page is wider and higher than what is seen of it."""
    return tuple(page.evaluate(OVERFLOW))


def grave_faults(page):
    """Return what axe-core finds serious or critical, with where."""
    found = Axe().run(page).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in GRAVE]
