"""Rules of the one door for text from outside: nothing that Markdown would act on passes."""

import re

import pytest

from alignment.ui.plain import plain

JOINT = "\u2060"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("employees is at least 50", "employees is at least 50"),
        ("Ada & Bo", r"Ada \& Bo"),
        ("![x](http://evil/p.png)", rf"!\[x\](http\:{JOINT}//evil/p.png)"),
        ("<img src=x>", r"\<img src=x\>"),
        ("**loud** _soft_ ~gone~ `code`", r"\*\*loud\*\* \_soft\_ \~gone\~ \`code\`"),
        ("$x^2$", r"\$x^2\$"),
        (":material/home:", rf"\:{JOINT}material/home:".replace("home:", r"home\:")),
        (":smile:", rf"\:{JOINT}smile\:"),
        ("18:35", r"18\:35"),
        ("ada@example.com", f"ada@{JOINT}example.com"),
        ("www.evil.example", f"www{JOINT}.evil.example"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("two\nlines\tand\x00nul", "two lines and nul"),
        (r"back\slash", r"back\\slash"),
        (7, "7"),
        (None, "None"),
    ],
)
def test_text_is_written_so_that_it_reads_as_it_is(text, shown):
    """Each sign that Markdown or Streamlit acts on is taken at its word."""
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["![x](http://evil/p.png)", "a:b_c*d", "1) x", "x | y", "50 % < 60 %"])
def test_nothing_that_a_person_sees_is_lost(text):
    """Without our signs it is the text again."""
    assert re.sub(r"\\(.)", r"\1", plain(text)).replace(JOINT, "") == text
