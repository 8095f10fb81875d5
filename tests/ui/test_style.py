"""Rules of the style sheets: what a browser has to do again when a word on a page changes."""

import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "alignment" / "ui"
SELECTORS = re.compile(r"(?:/\*.*?\*/|[^{}])+(?=\{)", re.DOTALL)
ENDS_IN_EVERYTHING = re.compile(r":has\(.*\).*[\s>+~](?:\*|:(?!has\())[^\s>+~]*$")
"""A browser can't tell which elements such a selector might come to mean: it asks for all of them."""
COMMAS = re.compile(r",(?![^()]*\))")


def restyles_the_page(selector):
    """Tell whether an element that comes or goes has a browser style all others anew."""
    return bool(ENDS_IN_EVERYTHING.search(selector.strip()))


@pytest.mark.parametrize(
    ("selector", "is_dear"),
    [
        (".row:has(> .take) > *", True),
        (".row:has(> .take) *:first-child", True),
        (".row:has(> .take) > :first-child", True),
        (".row:has(> .take) > *:not(.x)", True),
        (".row:has(> .take) > *::before", True),
        (".row:has(> .take) > .offer", False),
        (".row:has(> * > .take)", False),
        (".row > *", False),
    ],
)
def test_a_selector_for_everything_beside_something_is_told_from_the_others(selector, is_dear):
    """Stars within :has() cost nothing."""
    assert restyles_the_page(selector) is is_dear


@pytest.mark.parametrize("sheet", sorted(UI.rglob("*.css")), ids=lambda sheet: sheet.name)
def test_a_word_that_changes_does_not_restyle_the_whole_page(sheet):
    """One such rule made each change of the definition page ten times as dear."""
    found = (COMMAS.split(selectors) for selectors in SELECTORS.findall(sheet.read_text(encoding="utf-8")))
    assert [each for some in found for each in some if restyles_the_page(each)] == []
