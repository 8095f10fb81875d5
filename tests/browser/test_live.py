"""Rules of editing together, each seen in two real browsers."""

import json
import re

from tests.browser.conftest import SEAT, Screen, seated
from tests.browser.reading import expect

EMPLOYEES = "criteria.employees_fit.points"
WARM = "levels.1.cutoff"
HOT = "levels.2.cutoff"


def log_of(screen):
    """Return the lines of a screen's change log."""
    return screen.page.locator(".accord-log").get_by_role("listitem")


def test_an_edit_shows_on_the_other_screens_slider_log_and_marks(ada, bo):
    """What Ada sets, Bo sees, with her name."""
    was = ada.value(EMPLOYEES)

    ada.press(EMPLOYEES)

    expect(bo.thumb(EMPLOYEES)).to_have_text(str(was + 1))
    expect(log_of(bo).first).to_contain_text(f"Ada: points of employees {was} → {was + 1}")
    expect(bo.page.get_by_text(f"marketing {was + 1}").first).to_be_visible()


def test_the_number_field_moves_the_slider_on_both_screens(ada, bo):
    """Whoever can't drag types the number."""
    was = ada.value(EMPLOYEES)

    ada.field(EMPLOYEES).get_by_role("spinbutton").fill(str(was + 1))
    ada.page.keyboard.press("Enter")

    expect(ada.thumb(EMPLOYEES)).to_have_text(str(was + 1))
    expect(bo.thumb(EMPLOYEES)).to_have_text(str(was + 1))


def test_a_drag_under_way_is_not_moved_by_somebody_elses_edits(ada, bo):
    """Bo holds a thumb while Ada edits another field: his value arrives where he lets go."""
    bo.grab(HOT, by=25)
    held = bo.value(HOT)
    ada.press(EMPLOYEES)
    bo.page.wait_for_timeout(1_200)

    assert bo.value(HOT) == held
    bo.release()

    expect(ada.thumb(HOT)).to_have_text(str(held))
    expect(bo.thumb(EMPLOYEES)).to_have_text(ada.thumb(EMPLOYEES).inner_text())


def test_a_drag_onto_a_value_that_changed_meanwhile_is_refused_with_who_and_what(ada, bo):
    """The thumb stays under Bo's finger; letting go tells him what Ada did, and shows it."""
    bo.grab(WARM, by=25)
    held = bo.value(WARM)
    ada.press(WARM)
    set_by_ada = ada.value(WARM)
    bo.page.wait_for_timeout(1_200)

    assert bo.value(WARM) == held
    bo.release()

    sentence = f"Ada set cutoff of warm to {set_by_ada} meanwhile; your change was not applied."
    expect(bo.note(WARM)).to_contain_text(sentence)
    expect(bo.thumb(WARM)).to_have_text(str(set_by_ada))
    assert ada.value(WARM) == set_by_ada


def test_the_keyboards_focus_stays_where_it_is_when_somebody_else_changes_the_field(ada, bo):
    """Bo's next key goes to the slider he was on, from the value that Ada set."""
    bo.press(EMPLOYEES)
    expect(ada.thumb(EMPLOYEES)).to_have_text(bo.thumb(EMPLOYEES).inner_text())
    bo.page.wait_for_timeout(1_000)
    ada.press(EMPLOYEES)
    now = ada.value(EMPLOYEES)
    expect(bo.thumb(EMPLOYEES)).to_have_text(str(now))
    bo.page.wait_for_timeout(300)

    bo.page.keyboard.press("ArrowRight")

    expect(bo.thumb(EMPLOYEES)).to_have_text(str(now + 1))
    expect(ada.thumb(EMPLOYEES)).to_have_text(str(now + 1))


def test_half_typed_text_survives_somebody_elses_edit(ada, bo):
    """Bo is writing the reason while Ada moves a slider."""
    ada.press(EMPLOYEES)
    reason = bo.page.get_by_label("Reason for the change").last
    reason.click()
    bo.page.keyboard.type("small compan")
    ada.press(EMPLOYEES)
    expect(bo.thumb(EMPLOYEES)).to_have_text(ada.thumb(EMPLOYEES).inner_text())

    expect(reason).to_have_value("small compan")
    bo.page.keyboard.type("ies buy too")
    bo.page.keyboard.press("Enter")

    expect(ada.page.get_by_label("Reason for the change").last).to_have_value("small companies buy too")


def test_an_observer_sees_every_edit_and_can_make_none(ada, person):
    """Ola's widgets are disabled, and move all the same."""
    ola = person("Ola", "observer")
    was = ada.value(HOT)

    expect(ola.field(HOT).locator("input[type=range]")).to_be_disabled()
    expect(ola.page.get_by_role("button", name=re.compile("Sign for"))).to_have_count(0)
    ada.press(HOT)

    expect(ola.thumb(HOT)).to_have_text(str(was + 1))


def test_undo_takes_back_ones_own_change_on_both_screens(ada, bo):
    """Ada's undo leaves what Bo set."""
    before = ada.value(WARM)
    ada.press(WARM)
    expect(bo.thumb(WARM)).to_have_text(str(before + 1))

    ada.page.get_by_role("button", name="Undo my last change").click()

    expect(ada.thumb(WARM)).to_have_text(str(before))
    expect(bo.thumb(WARM)).to_have_text(str(before))
    expect(log_of(bo).first).to_contain_text("took back")


def test_who_is_here_and_who_moves_what_is_seen(ada, bo):
    """Each sees the other's name, the field under the other's finger, and that the other left."""
    expect(bo.here).to_have_count(2)
    ada.grab(EMPLOYEES, by=10)

    expect(bo.here.filter(has_text="Ada")).to_contain_text(re.compile("✎ Points when .*employees"))
    ada.release()
    expect(bo.here.filter(has_text="Ada")).not_to_contain_text("✎")
    ada.page.close()

    expect(bo.here).to_have_count(1)


def test_a_hidden_tab_is_drawn_again_when_it_is_looked_at(ada, bo):
    """In the background a tab hears the news alone; the rest of the page costs nothing until then."""
    bo.page.evaluate(
        "Object.defineProperty(document, 'hidden', { configurable: true, get: () => window.isAway ?? true })"
    )
    ada.press(EMPLOYEES)
    reason = ada.page.get_by_label("Reason for the change").last
    reason.fill("quieter weeks")
    ada.page.keyboard.press("Enter")
    expect(log_of(bo).first).to_contain_text("quieter weeks")
    bo.page.wait_for_timeout(1_000)
    assert bo.page.get_by_label("Reason for the change").last.input_value() != "quieter weeks"

    bo.page.evaluate("window.isAway = false; document.dispatchEvent(new Event('visibilitychange'))")

    expect(bo.page.get_by_label("Reason for the change").last).to_have_value("quieter weeks")


def test_nothing_is_asked_while_nothing_happens(ada):
    """Between two heartbeats a screen at rest sends nothing to the server."""
    sent = []
    ada.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(len(frame))))
    ada.page.reload()
    expect(ada.here.filter(has_text="(you)")).to_be_visible()
    ada.settled()
    ada.page.wait_for_timeout(3_000)
    so_far = len(sent)

    ada.page.wait_for_timeout(10_000)

    assert len(sent) - so_far <= 2, sent[so_far:]


def test_without_the_websocket_a_screen_says_so_and_looks_every_few_seconds(ada, new_tab, server):
    """Another host may serve the script without our route: slower, and honest about it."""
    bo = Screen(new_tab("Bo", **SEAT), "Bo")
    bo.page.route_web_socket(re.compile("live/ws"), lambda socket: socket.close())
    bo.page.goto(f"{server.url}/definition?name=Bo&side=sales")
    expect(bo.page.get_by_text("No live connection")).to_be_visible()
    was = ada.value(HOT)

    ada.press(HOT)

    expect(bo.thumb(HOT)).to_have_text(str(was + 1))
    for _ in range(3):
        bo.press(HOT)
    expect(ada.thumb(HOT)).to_have_text(str(was + 4))
    expect(bo.toast).to_have_count(0)


def test_a_held_thumb_shows_what_letting_go_would_do_on_its_own_screen_alone(ada, bo):
    """Figures follow the finger; to the others it is said when it is meant."""
    sentence = ".st-key-sentence"
    was, said = ada.value(HOT), bo.page.locator(sentence).inner_text()

    ada.grab(HOT, by=25)

    expect(ada.page.locator(sentence)).to_contain_text(f"hot from {ada.value(HOT)}")
    assert ada.value(HOT) != was
    assert bo.page.locator(sentence).inner_text() == said
    ada.release()
    expect(bo.page.locator(sentence)).to_contain_text(f"hot from {ada.value(HOT)}")


def test_a_thumb_that_comes_back_leaves_the_figures_as_they_were(ada):
    """Who only wanted to see has changed nothing."""
    sentence = ada.page.locator(".st-key-sentence")
    was, said = ada.value(HOT), sentence.inner_text()
    ada.grab(HOT, by=25)
    expect(sentence).not_to_have_text(said)

    thumb = ada.field(HOT).locator(".accord-range").bounding_box()
    ada.page.mouse.move(thumb["x"] + 12 + (thumb["width"] - 24) * was / 100, thumb["y"] + 12, steps=4)
    ada.release()

    expect(ada.thumb(HOT)).to_have_text(str(was))
    expect(sentence).to_have_text(said)


SLOTS_AS_TOLD = """() => Object.entries(window.accordNews.latest.slots).map(([name, html]) => {
    const shown = document.querySelector(`.st-key-slot_${name}, .st-key-${name}`);
    const told = new DOMParser().parseFromString(html, "text/html").body.innerHTML;
    return shown === null || shown.innerHTML.includes(told) ? null : name;
}).filter((name) => name !== null)"""


def test_what_a_slot_shows_is_what_the_news_say_to_the_letter(ada, bo):
    """Only what differs is changed on the page; nothing of the old may stay, nothing of the new be lost."""
    for field, key in (
        (EMPLOYEES, "ArrowRight"),
        (EMPLOYEES, "End"),
        (HOT, "ArrowLeft"),
        (EMPLOYEES, "Home"),
    ):
        ada.press(field, key)
        expect(bo.thumb(field)).to_have_text(ada.thumb(field).inner_text())

        assert bo.page.evaluate(SLOTS_AS_TOLD) == []


def test_a_person_is_remembered_by_the_tab_and_not_by_the_link(ada):
    """Reloading keeps who one is; the address doesn't tell it."""
    assert "name=" not in ada.page.url

    ada.page.reload()

    expect(ada.here.filter(has_text="Ada (you)")).to_be_visible()


def test_a_page_without_controls_hears_no_value(ada, new_tab, server):
    """The board's bell says that something is new and who is here, and no more."""
    heard = []
    page = new_tab("Dan", **SEAT)

    def listen(socket):
        if "live/ws" in socket.url:
            socket.on("framereceived", lambda frame: heard.append(json.loads(frame)))

    page.on("websocket", listen)
    dan = seated(page, server, "Dan", "sales", "/board")
    expect(dan.here.filter(has_text="Ada")).to_have_count(1)
    ada.press(EMPLOYEES)
    for _ in range(100):
        if any(message["ring"] for message in heard):
            break
        page.wait_for_timeout(100)

    assert any(message["ring"] for message in heard)
    assert {key for message in heard for key in message} == {"revision", "ring", "here"}
    people = [person for message in heard for person in message["here"]]
    assert {key for person in people for key in person} == {"name", "side", "moves", "you"}
