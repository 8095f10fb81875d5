"""Rules of a server that stops and comes back: nobody is lost, and no page is shown without its frame."""

import pytest

from tests.browser.conftest import Screen
from tests.browser.reading import expect

EMPLOYEES = "criteria.employees_fit.points"


def test_open_screens_find_back_after_a_restart_and_go_on_together(ada, bo, server):
    """Both are seated again as themselves, and hear each other."""
    ada.press(EMPLOYEES)
    expect(bo.thumb(EMPLOYEES)).to_have_text(ada.thumb(EMPLOYEES).inner_text())
    was = ada.value(EMPLOYEES)

    server.stop()
    server.start(by_itself=True)

    for screen in (ada, bo):
        expect(screen.here).to_have_count(2, timeout=90_000)
        expect(screen.here.filter(has_text=f"{screen.name} (you)")).to_be_visible()
    assert ada.value(EMPLOYEES) == was
    ada.press(EMPLOYEES)
    expect(bo.thumb(EMPLOYEES)).to_have_text(str(was + 1))


def test_a_screen_is_seated_again_whatever_its_bell_says_meanwhile(ada, server):
    """Streamlit sends what two parts of a page say in one moment as one, for a part that is gone by now."""
    ringing = ada.page.evaluate("setInterval(() => accordNews.lookAgain(), 5)")
    server.stop()
    server.start()

    expect(ada.here.filter(has_text="Ada (you)")).to_be_visible()
    ada.page.evaluate("ringing => clearInterval(ringing)", ringing)


@pytest.mark.parametrize(
    ("path", "heading"), [("/definition", "What a qualified lead is"), ("/history", "History")]
)
def test_a_link_into_the_app_after_a_restart_asks_who_is_here_first(new_tab, server, path, heading):
    """The page's own address opens the frame, not the page alone."""
    server.stop()
    server.start()
    page = new_tab("Ada")
    page.goto(server.url + path)

    expect(page.get_by_role("button", name="Come in")).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_role("heading", name=heading)).to_have_count(0)
    Screen(page, "Ada").settled()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Come in").click()

    expect(page.get_by_role("heading", name=heading)).to_be_visible()


def test_a_person_without_a_name_is_asked_again(new_tab, server):
    """The sentence says what is missing."""
    page = new_tab("nobody")
    page.goto(server.url)
    page.get_by_role("button", name="Come in").wait_for()
    Screen(page, "nobody").settled()
    page.get_by_role("button", name="Come in").click()

    expect(page.get_by_text("Please give your name")).to_be_visible()
