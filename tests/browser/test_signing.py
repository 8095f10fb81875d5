"""Rules of signing, seen in real browsers: it takes both sides, and it takes what they both saw."""

import re

import pytest

from tests.browser.reading import expect

EMPLOYEES = "criteria.employees_fit.points"


def sign(screen, side):
    """Press the button that signs for a side."""
    screen.page.get_by_role("button", name=f"Sign for {side}").click()


def agree_on_terms(screen, reason):
    """Write the reason and choose the day, by the keyboard."""
    screen.page.get_by_label("Reason for the change").last.fill(reason)
    screen.page.keyboard.press("Enter")
    expect(screen.page.get_by_text(re.compile(f"reason .* → {reason}")).first).to_be_visible()
    screen.page.get_by_test_id("stDateInput").get_by_role("spinbutton").first.click()
    screen.page.keyboard.type("20270101")
    screen.page.get_by_role("heading", name="What we ask of a lead").click()


@pytest.fixture
def ready(ada, bo):
    """Have Ada change something and say why and from when; return both screens."""
    ada.press(EMPLOYEES)
    value = ada.value(EMPLOYEES)
    agree_on_terms(ada, "small companies buy too")
    for screen in (ada, bo):  # nobody signs what they have not seen: it would be refused
        listed = screen.page.get_by_role("listitem")
        expect(
            listed.filter(has_text=re.compile(rf"points of employees \d+ → {value} ")).first
        ).to_be_visible()
        expect(listed.filter(has_text="effective day none → 2027-01-01")).to_be_visible()
    expect(bo.page.get_by_role("button", name="Sign for sales")).to_be_enabled()
    expect(ada.page.get_by_role("button", name="Sign for marketing")).to_be_enabled()
    return ada, bo


def test_one_side_alone_puts_nothing_in_force(ready):
    """Ada signs; both see that sales has not, and the version stays."""
    ada, _ = ready

    sign(ada, "marketing")

    for screen in ready:
        expect(screen.page.get_by_text("marketing: signed", exact=True)).to_be_visible()
        expect(screen.page.get_by_text("sales: not signed")).to_be_visible()
    expect(ada.page.get_by_role("button", name="Sign for marketing")).to_be_disabled()


def test_an_edit_voids_the_signature_on_every_screen(ready):
    """What Ada signed is not what Bo changed it to."""
    ada, bo = ready
    sign(ada, "marketing")
    expect(bo.page.get_by_text("marketing: signed", exact=True)).to_be_visible()

    bo.press(EMPLOYEES)

    for screen in ready:
        expect(screen.page.get_by_text("marketing: signature voided")).to_be_visible()


def test_the_second_sides_signature_puts_the_version_in_force_on_both_screens(ready):
    """Both see a fresh draft on the new version, and the history tells who signed, why, and what changed."""
    ada, bo = ready
    sign(ada, "marketing")
    expect(bo.page.get_by_text("marketing: signed", exact=True)).to_be_visible()

    sign(bo, "sales")

    expect(bo.toast).to_contain_text("is agreed, in force from 2027-01-01")
    for screen in ready:
        expect(screen.page.get_by_text("sales: signed version 3")).to_be_visible()
    bo.page.get_by_test_id("stTopNavLink").filter(has_text="History").click()
    newest = bo.page.locator(".st-key-version_3")
    expect(newest).to_contain_text("Why: small companies buy too")
    expect(newest).to_contain_text("Ada, marketing")
    expect(newest).to_contain_text("Bo, sales")
    expect(newest).to_contain_text("points of employees")
