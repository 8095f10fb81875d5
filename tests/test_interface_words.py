"""No text of the interface blames anybody, ranks teams or names the owner of a lead on a shared screen."""

import ast
import re
from functools import cache
from itertools import chain

import pytest

from alignment.config import ROOT

SHOWN = ("pages", "alignment/ui", "alignment/report", "alignment/domain", "alignment/commands")
"""Where what people read is written."""
BLAME = re.compile(
    r"\b(blam\w*|faulty?|guilt\w*|culprit\w*|lazy|laziness|neglect\w*|negligen\w*|sloppy|careless\w*"
    r"|incompeten\w*|excuse\w*|punish\w*|shame\w*|loser\w*|winner\w*|leader-?board\w*|worst|underperform\w*"
    r"|bad leads|junk leads|garbage|ignored by|dropped the ball|league table\w*"
    r"|rank(?:ing|s)? of (?:teams?|sides?))\b",
    re.IGNORECASE,
)


@cache
def texts():
    """Return every string in the interface's code that is no docstring, with where it stands."""
    files = chain.from_iterable((ROOT / folder).rglob("*.py") for folder in SHOWN)
    return [found for path in sorted(files) for found in strings_of(path)]


def strings_of(path):
    """Return the strings of one file that somebody could read on a screen."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unread = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno}", node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread
    ]


def test_the_interface_has_texts():
    """The rule below looks at something."""
    assert len(texts()) > 1_000


def test_no_text_blames_anybody_or_ranks_teams():
    """We look at hand-offs together; a word of blame ends that."""
    found = [(where, text) for where, text in texts() if BLAME.search(text)]
    assert found == []


@pytest.mark.parametrize("text", ["Sales is at fault.", "The worst team", "blame", "Winners and losers"])
def test_the_rule_knows_such_words(text):
    """It would find them."""
    assert BLAME.search(text)
