"""The goal and the plan backwards, seen in two real browsers, from three metres and on a phone."""

import re

import pytest

from tests.browser import reading
from tests.browser.reading import expect

PATH = "/backward_plan"


def drawn(screen):
    """Wait until the plan is drawn to its end; return its page."""
    expect(screen.page.locator(".st-key-half_plan_until .accord-track")).to_be_visible()
    screen.settled()
    return screen.page


def set_goal(page, amount, reason):
    """Change the goal in the dialog."""
    page.get_by_role("button", name="Change the goal").click()
    page.get_by_label(re.compile("^Won revenue we aim for")).fill(str(amount))
    page.get_by_label(re.compile("Why this goal")).fill(reason)
    page.get_by_role("button", name="Set the goal for both of us").click()


def test_a_goal_changed_and_a_slider_moved_on_one_screen_are_seen_on_the_other(person):
    """Ada doubts a rate, Bo sees it with her name; Bo raises the goal, Ada sees what that needs."""
    ada, bo = (drawn(person(*who, PATH)) for who in (("Ada", "marketing"), ("Bo", "sales")))
    said = bo.locator(".st-key-plan_said")

    field = ada.locator(".st-key-plan_factor_sql_won").get_by_role("spinbutton")
    field.fill("50")
    field.press("Enter")

    expect(said).to_contain_text("SQL → Won would have to be 50%")
    expect(said).to_contain_text("(Ada)")
    expect(bo.locator(".st-key-plan_factor_sql_won").get_by_role("slider")).to_have_value("50")
    expect(bo.locator(".st-key-plan_factor_sql_won .accord-unseen")).to_be_visible()

    set_goal(bo, 7_000_000, "the board asks for it")

    expect(ada.locator(".accord-goal")).to_have_text("won of €7M")
    expect(ada.locator(".st-key-plan_said")).to_contain_text("€7M by")
    ada.get_by_role("button", name="As the data has it").click()
    expect(said).not_to_contain_text("(Ada)")


@pytest.mark.parametrize(("scheme", "size"), [("dark", (1920, 1080)), ("light", (390, 844))])
def test_it_is_read_from_three_metres_and_held_in_a_hand(person, scheme, size):
    """In room mode nothing is under 24 px, on a phone nothing sticks out; axe finds nothing grave."""
    width, height = size
    view = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    page = drawn(person("Ola", "observer", PATH, **view))

    if width > height:
        page.locator(".st-key-pick_room label").first.click()
        expect(page).to_have_url(re.compile("room=1"))
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        assert reading.smaller_than(page, 24) == []
    assert reading.overflow(page)[0] <= 0
    assert reading.grave_faults(page) == []
    expect(page.locator(".st-key-plan_factor_sql_won").get_by_role("slider")).to_be_disabled()
