"""Rules of two-hand bids in real browsers: blind until both open them, then both see both."""

import re
import struct
from pathlib import Path

import pytest

from alignment.ui.synced import hook
from tests.browser import reading
from tests.browser.reading import expect

CAPACITY, LABEL = "levels.2.capacity", "capacity of hot"
SECRET, SEALED, BOS = 918_273_645, 827_364_591, 77
"""No other number of the sample company looks like those of Ada; the second one is never opened."""


def varint(number):
    """Return a whole number as protobuf writes it."""
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def found_in(heap, number=SECRET):
    """Return in what form a number stands in some bytes."""
    written = {
        "text": str(number).encode(),
        "text in groups": f"{number:,}".encode(),
        "scientific": f"{number:e}".encode(),
        "varint": varint(number),
        "zigzag varint": varint(2 * number),
        "double": struct.pack("<d", number),
        "double, network order": struct.pack(">d", number),
        "float": struct.pack("<f", number),
        "int64": struct.pack("<q", number),
        "int32, network order": struct.pack(">i", number),
    }
    return [form for form, found in written.items() if found in heap]


def listen(page):
    """Reload a page and collect every frame and answer that its browser receives from then on."""
    heard = []

    def keep(frame):
        heard.append(frame if isinstance(frame, bytes) else frame.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    page.on("requestfinished", lambda request: heard.append(_answer(request)))
    page.reload()
    return heard


def _answer(request):
    response = request.response()
    is_ours = response and response.ok and response.request.resource_type in {"document", "fetch", "xhr"}
    return response.body() if is_ours else b""


def downloads(screen):
    """Return what each download on the screen's page holds."""
    found = []
    for button in screen.page.get_by_test_id("stDownloadButton").get_by_role("button").all():
        if button.is_enabled():
            with screen.page.expect_download() as caught:
                button.click()
            found.append(Path(caught.value.path()).read_bytes())
    return found


def on_disk(server):
    """Return the server's log and every file of its ledgers, the write-ahead log among them."""
    kept = [path for path in server.folder.iterdir() if path.is_file()]
    assert any(path.name.endswith("-wal") for path in kept)
    return b"".join(path.read_bytes() for path in kept)


def choose(screen, field=CAPACITY, label=LABEL):
    """Choose what to bid on."""
    reading.choose(screen.page.get_by_role("combobox", name="Bid unseen on"), label, exact=True)
    value_box(screen, field, label).wait_for()
    screen.settled()


def card(screen, field=CAPACITY):
    """Return the card of the bids on a field."""
    return screen.page.locator(f".st-key-bid_{hook(f'bid.{field}')}")


def value_box(screen, field=CAPACITY, label=LABEL):
    """Return where a side sets its value: its own name tells it from the one that it takes the place of."""
    return card(screen, field).get_by_label(re.compile(rf"’s? {label}, unseen by"))


def bid(screen, value):
    """Set one's value and seal it."""
    value_box(screen).fill(str(value))
    card(screen).get_by_role("button", name="Bid", exact=True).click()
    expect(card(screen).get_by_role("button", name="Take it back")).to_be_visible()


@pytest.fixture(autouse=True)
def taken_back(left_open):
    """Leave no bid to the next test: they share one server, and the tabs that bid."""
    yield
    for screen in left_open.values():
        screen.come_back()
        for button in screen.page.get_by_role("button", name="Take it back").all():
            button.click()
            screen.settled()


def test_a_bid_is_nowhere_on_the_other_side_until_both_open(ada, bo, server):
    """Not in page, frames, answers, downloads, log or ledger; then on both screens and on record."""
    heard = listen(bo.page)
    expect(bo.here).to_have_count(2)
    choose(ada)
    bid(ada, SECRET)
    expect(card(bo)).to_contain_text("marketing is ready (Ada)")
    expect(card(bo)).to_contain_text("sales is thinking")
    ada.press("criteria.employees_fit.points")  # a ring about something else
    expect(bo.page.locator(".st-key-changes")).to_contain_text("points of employees")
    bid(bo, BOS)
    expect(card(bo).get_by_role("button", name="Open both bids")).to_be_visible()
    bo.settled()

    assert len(heard) > 10
    assert found_in(b"\n".join(heard)) == []
    assert found_in(bo.page.content().encode()) == []
    assert found_in(b"\n".join(downloads(bo))) == []
    assert found_in(on_disk(server)) == []
    bo.page.get_by_test_id("stTopNavLink").filter(has_text="History").click()
    expect(bo.page.get_by_role("heading", name="History")).to_be_visible()
    assert found_in(b"\n".join([bo.page.content().encode(), *downloads(bo)])) == []
    bo.page.get_by_test_id("stTopNavLink").filter(has_text="Definition").click()
    card(bo).get_by_role("button", name="Open both bids").click()

    for screen in (ada, bo):
        said = f"Both bid on {LABEL}: ● Ada {SECRET}, ■ Bo {BOS}"
        expect(screen.page.locator(".accord-bid").first).to_have_text(said)
        expect(screen.page.locator(".st-key-log")).to_contain_text(said)
    assert "text" in found_in(b"\n".join(heard)), "the search would have found it"
    assert found_in(on_disk(server)) != []
    ada.page.get_by_role("button", name="All back to in force").click()


def test_ones_own_bid_is_hidden_on_ones_own_screen_until_one_asks(ada):
    """The screen may be on the wall."""
    choose(ada)
    bid(ada, SEALED)
    assert found_in(ada.page.content().encode(), SEALED) == []

    card(ada).get_by_text("Show it on this screen").click()

    expect(card(ada)).to_contain_text(str(SEALED))


def test_whoever_comes_in_under_anothers_name_does_not_see_their_bid(ada, person):
    """A name is no proof: the value stays on the screen that set it."""
    choose(ada)
    bid(ada, SEALED)

    other = person("Ada", "marketing")

    expect(card(other)).to_contain_text("set on another screen: it is not shown here")
    assert found_in(other.page.content().encode(), SEALED) == []


def test_an_observer_sees_who_is_ready_and_has_nothing_to_press(ada, person):
    """Who looks on follows the bids."""
    ola = person("Ola", "observer")
    choose(ada)
    bid(ada, SECRET)

    expect(card(ola)).to_contain_text("marketing is ready")
    expect(card(ola).get_by_role("button")).to_have_count(0)
    expect(ola.page.get_by_role("combobox", name="Bid unseen on")).to_have_count(0)


def test_opened_bids_stand_at_the_slider_and_half_way_is_one_click(ada, bo):
    """The offer is taken on both screens, and gone with it."""
    hot, label = "levels.2.cutoff", "cutoff of hot"
    for screen, value in ((ada, 50), (bo, 64)):
        if screen is ada:
            choose(screen, hot, label)
        value_box(screen, hot, label).fill(str(value))
        screen.page.keyboard.press("Enter")
        expect(card(screen, hot).get_by_role("button", name="Take it back")).to_be_visible()
    card(ada, hot).get_by_role("button", name="Open both bids").click()
    at_slider = bo.page.locator(f".st-key-bids_settle_slider_{hook(hot)}")
    expect(at_slider.get_by_role("button")).to_have_text(
        ["● Take marketing’s 50", "■ Take sales’ 64", "Meet half-way 57"]
    )
    assert bo.value(hot) == 60
    for screen in (ada, bo):
        assert reading.grave_faults(screen.page) == []

    at_slider.get_by_role("button", name="Meet half-way 57").click()

    for screen in (ada, bo):
        expect(screen.thumb(hot)).to_have_text("57")
        expect(screen.page.locator(f".st-key-bids_settle_slider_{hook(hot)}")).to_have_count(0)
    ada.page.get_by_role("button", name="All back to in force").click()
