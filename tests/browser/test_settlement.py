"""Rules of settling a difference, seen in two browsers on the sample company."""

import re

import pytest

from tests.browser import reading
from tests.browser.reading import expect

EMPLOYEES = "criteria.employees_fit.points"
HOT = "levels.2.cutoff"


@pytest.fixture
def looking(regular):
    """Return a function that seats a person where they sat before, with the panel open where we differ."""

    def open_panel(name, side):
        screen = regular(name, side)
        choice = screen.page.get_by_role("radio", name="Where we differ")
        if not choice.is_checked():
            choice.click()
        panel(screen).wait_for()
        screen.settled()
        return screen

    return open_panel


def panel(screen):
    """Return the panel where we differ."""
    return screen.page.locator(".st-key-panel_differ")


def test_a_difference_is_settled_on_one_screen_and_gone_on_the_other(looking):
    """Ada moves a slider; Bo takes her value at his own slider; neither has anything left to talk about."""
    ada, bo = looking("Ada", "marketing"), looking("Bo", "sales")
    was = ada.value(EMPLOYEES)

    ada.press(EMPLOYEES, "PageUp")
    expect(panel(bo)).to_contain_text("We differ in one place")
    expect(panel(bo)).to_contain_text("to talk about")
    bo.open_card("employees_fit").get_by_role("button", name=re.compile("Take marketing’s")).click()

    for screen in (ada, bo):
        expect(panel(screen)).to_contain_text("No difference left to talk about")
    assert bo.value(EMPLOYEES) > was


def test_the_move_that_settles_most_goes_into_the_draft_and_back_by_undo(looking):
    """One button, an ordinary edit: the other screen shows it, and whoever made it can take it back."""
    ada, bo = looking("Ada", "marketing"), looking("Bo", "sales")
    ada.grab(HOT, by=-60)
    ada.release()
    expect(panel(bo)).to_contain_text("The one move that would settle most")
    wanted = ada.value(HOT)

    panel(bo).get_by_role("button", name=re.compile("Put it in the draft")).click()
    expect(ada.thumb(HOT)).not_to_have_text(str(wanted))
    bo.page.get_by_role("button", name="Undo my last change").click()

    expect(ada.thumb(HOT)).to_have_text(str(wanted))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_the_panel(looking, scheme):
    """Axe finds nothing serious in both directions, bars and examples, in both themes."""
    ada = looking("Ada", "marketing")
    ada.press(HOT, "ArrowLeft")
    expect(panel(ada)).to_contain_text("to talk about")
    ada.settled()
    reading.in_scheme(ada.page, scheme)

    assert reading.grave_faults(ada.page) == []
