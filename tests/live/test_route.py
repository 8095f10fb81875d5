"""Rules of the doorbell's WebSocket: who may listen, and what happens to whoever talks nonsense."""

import json
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Thread
from time import sleep

import pytest
import uvicorn
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from alignment.domain.agreement import Person, Side
from alignment.domain.refusal import Refusal
from alignment.live import route
from alignment.live.doorbell import Doorbell
from alignment.live.route import AGAIN, PATH, REFUSED, Desk, doorbell_route
from alignment.live.ticket import Ticket, TicketOffice

ADA = Person("Ada", Side.MARKETING)
HOOK = "field_0123456789ab"


def news(ticket, locale):
    """Tell to whom, and how; nothing to those who read Latin."""
    if locale == "la":
        message = "There is no data to show yet."
        raise Refusal(message)
    return {"for": ticket.who.name, "in": locale}


DESK = Desk(
    news=news,
    answer=lambda ticket, _, asked: {"to": ticket.who.name, "asked": asked},
)
"""A page that tells to whom it speaks."""
WITHIN_S = 10


@dataclass
class Line:
    """A screen's end of the socket, speaking JSON."""

    connection: ClientConnection

    def say(self, message):
        """Send a message."""
        self.connection.send(json.dumps(message))

    def hear(self):
        """Return the next message."""
        return json.loads(self.connection.recv(timeout=WITHIN_S))

    def closing_code(self):
        """Listen until the server hangs up; return its reason."""
        try:
            while True:
                self.hear()
        except ConnectionClosed as closed:
            return closed.rcvd.code

    def enter(self, office, screen="ada-1"):
        """Show a good ticket; return the first message."""
        self.say({"ticket": office.issue(Ticket(screen, ADA))})
        return self.hear()


@pytest.fixture
def doorbell():
    """Make a bell."""
    return Doorbell()


@pytest.fixture
def office():
    """Open a ticket office."""
    return TicketOffice()


@pytest.fixture
def host(doorbell, office):
    """Serve the route on a free port; the ledger stands at revision 5."""
    app = Starlette(routes=[doorbell_route(doorbell, office, lambda: 5, DESK)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            sleep(0.01)
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture
def lines(host):
    """Return a function that opens a line as a page of our own host does."""
    with ExitStack() as opened:

        def open_line():
            line = connect(f"ws://{host}/{PATH}", origin=f"http://{host}", open_timeout=WITHIN_S)
            return Line(opened.enter_context(line))

        yield open_line


def wait_until_alone(doorbell):
    """Wait until nobody is here; return whether that came to pass."""
    for _ in range(500):
        if not doorbell.here():
            return True
        sleep(0.01)
    return False


def test_a_screen_with_a_ticket_learns_the_revision_and_who_is_here(lines, office):
    """The first message brings a screen that was away up to date."""
    assert lines().enter(office) == {
        "revision": 5,
        "ring": False,
        "here": [{"name": "Ada", "side": "marketing", "moves": None, "you": True}],
    }


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_a_page_of_another_host_is_turned_away(host, origin):
    """Another site in the same browser can't listen in."""
    with (
        pytest.raises(InvalidStatus, match="403"),
        connect(f"ws://{host}/{PATH}", origin=origin, open_timeout=WITHIN_S),
    ):
        pytest.fail("the line was opened")


@pytest.mark.parametrize(
    "said", ['{"ticket": "forged"}', "{}", "[]", "no json", "7", '{"ticket": null}'], ids=repr
)
def test_whoever_has_no_ticket_is_turned_away(lines, doorbell, said):
    """They hear nothing, and nobody sees them."""
    line = lines()
    line.connection.send(said)

    assert line.closing_code() == REFUSED
    assert doorbell.here() == []


def test_a_screen_too_busy_to_show_its_ticket_in_time_may_come_again(lines, monkeypatch):
    """A browser that draws for long is slow to speak; turned away for good it would never be live."""
    monkeypatch.setattr(route, "TICKET_WITHIN_S", 0.05)

    assert lines().closing_code() == AGAIN


def test_a_ring_reaches_a_listening_screen(lines, office, doorbell):
    """What another screen changed is heard."""
    line = lines()
    line.enter(office)

    doorbell.ring(6, author="bo-1")
    message = line.hear()

    assert (message["revision"], message["ring"]) == (6, True)


def test_a_ring_brings_the_news_to_a_screen_that_looks(lines, office, doorbell):
    """What changed is there with the ring, in the reader's locale; a page without news is only rung."""
    looking, elsewhere = lines(), lines()
    looking.enter(office)
    looking.say({"looks": "de-DE"})
    looking.say({"asks": {}, "number": 1})
    looking.hear()  # the answer: what was said before it has arrived
    elsewhere.enter(office, "ada-2")

    doorbell.ring(6)
    heard = [message for message in (looking.hear(), looking.hear()) if message["ring"]]

    assert heard[0]["news"] == {"for": "Ada", "in": "de-DE"}
    assert "news" not in elsewhere.hear()


def test_a_page_that_has_nothing_to_tell_is_rung_all_the_same(lines, office, doorbell):
    """Where no news can be made, the page looks for itself."""
    line = lines()
    line.enter(office)
    line.say({"looks": "la"})
    line.say({"asks": {}, "number": 1})
    line.hear()

    doorbell.ring(6)
    heard = line.hear()

    assert heard["ring"]
    assert "news" not in heard


def test_a_question_is_answered_under_its_number(lines, office):
    """Answers may come between rings: the number tells which is which."""
    line = lines()
    line.enter(office)

    line.say({"asks": {"try": 1}, "number": 7})

    assert line.hear() == {"answers": 7, "to": "Ada", "asked": {"try": 1}}


def test_what_a_screen_moves_is_told_to_the_others(lines, office):
    """One says it, the other shows it."""
    ada, wall = lines(), lines()
    ada.enter(office)
    wall.enter(office, "wall-1")

    ada.say({"moves": HOOK})

    assert wall.hear()["here"][0]["moves"] == HOOK


@pytest.mark.parametrize(
    "said", ["no json", "[1, 2]", json.dumps({"moves": "x" * 5_000})], ids=["text", "list", "long"]
)
def test_whoever_talks_nonsense_loses_the_line(lines, office, doorbell, said):
    """The others no longer see them."""
    line = lines()
    line.enter(office)

    line.connection.send(said)

    assert line.closing_code() == REFUSED
    assert doorbell.here() == []


def test_whoever_closes_is_no_longer_here(lines, office, doorbell):
    """A closed tab leaves the list."""
    line = lines()
    line.enter(office)

    line.connection.close()

    assert wait_until_alone(doorbell)
