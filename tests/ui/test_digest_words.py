"""Rules of the digest's words: each claim is the data's or somebody's by name, and no text is markup."""

import re
from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side
from alignment.ui import digest_html, digest_text, digest_words
from alignment.ui.digest_html import _bar
from alignment.ui.digest_parts import Bar
from tests.digest_plain import ADA, BO, DEALS, LEADS, NOW, figure, goal, lines, promise, told, version

OLD, NEW = datetime(2026, 10, 1, 8), datetime(2026, 10, 27, 8)
HOSTILE = '<img src="http://evil.example/x.png" onerror="alert(1)">'


@pytest.fixture
def business(given):
    """Return two deals won of 1,200 and 800 in the quarter."""
    return given(leads=LEADS, deals=DEALS, as_of=NOW)


def test_the_headline_is_the_shared_number(business):
    """Won, of what, and what is left."""
    head = told(business, goals=(goal(5_000, OLD),)).headline

    assert (head.value, head.name) == ("€2K", "won of €5K, Q4 2026")
    assert head.detail.startswith("40% of the goal; €3K still to win")


def test_a_goal_that_is_met_says_so(business):
    """Nothing is left; no chance is drawn."""
    said = told(business, goals=(goal(1_000, OLD),))

    assert "the goal is met" in said.headline.detail
    assert figure(said, "Chance") == ("Goal met", "€1K more than we set out for")
    assert figure(said, "Coverage")[0] in {"Goal met", "–"}


def test_without_a_goal_nothing_is_held_against_one(business):
    """Never 0 % of nothing."""
    said = told(business)

    assert said.headline.detail == "No goal is set for it yet."
    assert [figure(said, name) for name in ("Pace", "Chance", "Coverage")] == [("–", "needs a goal")] * 3


def test_a_goal_in_another_currency_is_refused_in_its_place(given):
    """The sentence stands where the figure would."""
    said = told(given(deals=DEALS, as_of=NOW, currency="USD"), goals=(goal(5_000, OLD),))

    assert "The goal is in EUR, this data counts in USD" in figure(said, "Pace")[1]


def test_what_people_did_is_told_newest_first_with_name_day_and_reason(business):
    """From → to, and why."""
    said = told(
        business,
        goals=(goal(5_000, OLD), goal(6_000, NEW, reason="A large deal came back")),
        promises=(promise(80, datetime(2026, 9, 1)), promise(85, datetime(2026, 10, 28))),
        versions=(version(1, None), version(2, date(2026, 11, 9), ADA, BO, at=NEW, reason="Clearer")),
    )

    changed = [line for line in lines(said, "What changed") if line.startswith(("27", "28"))]
    assert changed[0] == (
        "28 Oct 2026: ■ Bo changed the promise: 85% of hand-offs answered, Q4 2026. Why: More of us now"
    )
    assert set(changed[1:]) == {
        "27 Oct 2026: ■ Bo changed our goal for Q4 2026: €5K → €6K. Why: A large deal came back",
        "27 Oct 2026: version 2 was signed by both sides. It holds from 9 Nov 2026. Why: Clearer",
    }


def test_the_definition_says_who_signed_it_and_which_comes_next(business):
    """In force is version 1; version 2 is signed for later."""
    said = told(business, versions=(version(1, None), version(2, date(2026, 11, 9), ADA, BO)))

    found = lines(said, "What we hand over: version 1")
    assert "Nobody has signed it" in found[1]
    assert "Version 2 is signed too: Signed by ● Ada for marketing, 2 Oct 2026 and ■ Bo for sales" in found[2]


def test_what_came_is_in_words_with_one_and_many(business):
    """One deal, two leads."""
    assert lines(told(business), "What changed")[:2] == (
        "1 deal won for €800, 1 lost.",
        "New: 2 leads, 1 MQL, 1 SQL.",
    )


def test_a_long_list_is_cut_and_says_by_how_many(business):
    """One screen: the newest eight."""
    goals = tuple(goal(1_000 + day, datetime(2026, 10, 26, day), reason="Again") for day in range(20))

    found = lines(told(business, goals=goals), "What changed")

    assert (found[-1], len(found)) == ("and 12 more, on the history page", 2 + 8 + 1)


def test_the_data_ends_before_the_day_is_said(business):
    """Not "nothing was won"."""
    assert lines(told(business, since=date(2026, 11, 20)), "What changed")[0] == (
        "The data ends on 1 Nov 2026: no later day has come in."
    )


@pytest.mark.parametrize("text", [HOSTILE, "</title><script>alert(1)</script>", "a\n\r- b\x00\u202ec"])
def test_data_are_never_markup_in_the_file(given, text):
    """Company, person and reason that would load a picture or run a script are only read."""
    who = Person(text, Side.SALES)
    said = told(given(deals=DEALS, as_of=NOW), company=text, goals=(goal(5_000, NEW, reason=text, who=who),))

    page = digest_html.html(said)

    assert not re.search(r"<(img|script|a|link|iframe)\b", page)
    assert not re.search(r"(src|href|url\()\s*=?", re.sub(r"&lt;.*?&gt;", "", page))
    assert page.count("<title>") == page.count("</title>") == 1


def test_the_file_asks_for_nothing_from_outside(business):
    """No script, no font, no picture: only text and colours, in light and dark."""
    page = digest_html.html(told(business, goals=(goal(5_000, OLD),)))

    assert "http" not in page
    assert "prefers-color-scheme:dark" in page
    assert "<style>" in page


def test_no_line_of_the_text_is_longer_than_a_mail_takes(business):
    """78 characters; a line of somebody's can't pass for a line of ours."""
    said = told(business, goals=(goal(5_000, NEW, reason=f"So it is\n{'word ' * 60}"),))

    shown = digest_text.text(said).splitlines()

    assert max(map(len, shown)) <= 78
    assert not any(line.startswith("word") for line in shown)


def test_the_subject_is_one_line(business):
    """A line break in a name can't add a header to a mail."""
    said = told(business, company="Nord\r\nBcc: x@evil.example", goals=(goal(5_000, OLD),))

    assert digest_words.subject(said) == "Nord Bcc: x@evil.example: €2K won of €5K, Q4 2026"


@pytest.mark.parametrize(
    ("bar", "widths"),
    [
        (Bar(50, (60, 70, 80), 100), ["50.00", "10.00", "20.00", "20.00"]),
        (Bar(50, None, 100), ["50.00", "50.00"]),
        (Bar(50, (60, 70, 200), 100), ["25.00", "5.00", "20.00", "50.00"]),
        (Bar(200, None, 100), ["50.00", "50.00"]),
        (Bar(0, None, 100), ["100.00"]),
    ],
)
def test_the_bar_is_as_long_as_the_largest_of_it(bar, widths):
    """Its parts sum to all of it, and the goal's end has a line."""
    drawn = _bar(bar)

    assert re.findall(r"<td[^>]*width:([\d.]+)%", drawn) == widths
    assert drawn.count(" goal") >= 1
