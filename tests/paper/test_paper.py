"""Documents that leave the app: one file, nothing fetched, and no text of it is ever markup."""

import re
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from alignment.paper import Chart, Document, Grid, Lane, Section, html, lanes, pdf

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '#import "@preview/evil:1.0.0": *',
    '#read("/etc/passwd")',
    "*bold* _it_ $x^2$ @ref",
    '"); #panic("x") //',
    "</style><style>body{display:none}",
    "a & b &amp; c",
    "[link](https://example.org)",
)
VOID = {"meta", "img", "br", "rect", "line", "circle"}


def document(text):
    """Return a document that says one text in every place where a text can stand."""
    pictures = [
        lanes([Lane(text, 3, text, 0.4, (0.2, 0.6)), Lane(text, 2, "2", instead=text)], (text, text), "serif")
    ]
    chart = Chart(pictures[0], pictures[0], text, text)
    return Document(
        text,
        text,
        (Section(text, (text,), (text,), chart, Grid((text, text), ((text, text),), (text, text))),),
    )


class Reader(HTMLParser):
    """Keeps the tags, the attributes' names and the text of a page."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.words = [], set(), []

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        """Note a text."""
        self.words.append(data)


def read(page):
    """Return what a browser would make of a page."""
    reader = Reader()
    reader.feed(page)
    return reader


def words_of(printed):
    """Return the text of a PDF with single spaces."""
    pages = PdfReader(BytesIO(printed)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_makes_no_tag_in_the_html(text):
    """The page has the same tags and attributes whatever the campaign is called, and shows its name."""
    usual, found = read(html(document("Spring fair"))), read(html(document(text)))
    assert found.tags == usual.tags
    assert found.attributes == usual.attributes
    assert "".join(found.words).count(text) >= 10


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_makes_no_markup_in_the_pdf(text):
    """It is set as it is written: nothing imported, read, made bold or turned into a formula."""
    assert words_of(pdf(document(text))).count(text[:24]) >= 5


def test_the_html_asks_nothing_of_any_other_place():
    """One file: it opens from a mail or without a network, and tells nobody that it was opened."""
    page = html(document("Spring fair"))
    assert "default-src 'none'" in page
    assert not {"script", "link", "img", "iframe", "object", "base"} & set(read(page).tags)
    assert not {"src", "href"} & read(page).attributes
    assert re.findall(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)", page) == []
    assert "@import" not in page


def test_signs_that_no_picture_may_hold_cost_no_picture():
    """A control sign in a name would make the whole SVG unreadable."""
    picture = lanes([Lane("a\x00b\x0b\ufffe", 1, "1")], ("MQLs", "rate"), "serif")
    assert ET.fromstring(picture)  # noqa: S314 - our own picture
    assert pdf(document("a\x0bb"))


def test_a_picture_says_in_words_what_it_shows():
    """For those who can't see it: in the HTML as its label, in the PDF as its alternative."""
    given = document("Volume and quality of nine campaigns")
    assert 'role="img" aria-label="Volume and quality of nine campaigns"' in html(given)
    assert PdfReader(BytesIO(pdf(given))).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_long_name_is_cut_and_a_wide_one_sooner():
    """Names stand to the left of their bars, and have only so much room."""
    picture = lanes([Lane("x" * 60, 1, "1"), Lane("漢" * 60, 1, "1")], ("MQLs", "rate"), "serif")
    assert f">{'x' * 25}…<" in picture
    assert f">{'漢' * 12}…<" in picture


def test_a_row_too_small_to_say_a_rate_says_so():
    """It has its bar, and no mark."""
    picture = lanes([Lane("fair", 3, "3", instead="n too small (3)")], ("MQLs", "rate"), "serif")
    assert "n too small (3)" in picture
    assert "<circle" not in picture
