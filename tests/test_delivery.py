"""Sending: only to where the operator names, and no address is ever repeated."""

import json
import logging
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from alignment import delivery
from alignment.errors import DeliveryError

HIDDEN = "s3cr3t-t0ken"


@pytest.fixture
def place():
    """Serve a place that takes messages; return its address and what it was sent."""
    taken = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_about):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Taker)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://ops:{HIDDEN}@127.0.0.1:{server.server_port}/hook", taken
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("asks", "body"), [("", "plain"), ("?format=html", "<p>plain</p>")])
def test_a_place_gets_what_it_can_show(place, asks, body):
    """Text where nothing else is said, HTML where the place shows it."""
    address, taken = place

    delivery.send(delivery.opened([f"{address}{asks}"]), "Our goal", "plain", "<p>plain</p>")

    assert [(each["title"], each["message"]) for each in taken] == [("Our goal", body)]


def test_nothing_goes_out_unless_an_address_is_named(monkeypatch):
    """The library is not even looked for."""
    monkeypatch.setitem(sys.modules, "apprise", None)

    assert delivery.opened([]) == ()


@pytest.mark.parametrize(
    ("address", "named"),
    [(f"nosuch://{HIDDEN}", "Address 2 (nosuch://…)"), (HIDDEN, "Address 2 "), ("", "Address 2 ")],
)
def test_an_address_that_names_no_place_is_numbered_and_not_repeated(place, address, named, caplog, capfd):
    """A token is the password of a channel. The good one before it gets nothing either."""
    with caplog.at_level(logging.DEBUG), pytest.raises(DeliveryError) as refused:
        delivery.opened([place[0], address])

    assert str(refused.value).startswith(named)
    assert HIDDEN not in f"{refused.value}{caplog.text}{''.join(capfd.readouterr())}"
    assert place[1] == []


def test_a_place_that_does_not_answer_is_numbered_and_the_others_are_served(place, caplog, capfd):
    """Nobody listens at the first; nothing of its address is printed or logged."""
    address, taken = place
    dead = f"json://ops:{HIDDEN}@127.0.0.1:1/hook"

    with caplog.at_level(logging.DEBUG), pytest.raises(DeliveryError) as refused:
        delivery.send(delivery.opened([dead, address]), "Our goal", "plain", "<p>plain</p>")

    assert "1 of 2 places did not take the digest: number 1" in str(refused.value)
    assert len(taken) == 1
    assert HIDDEN not in f"{refused.value}{caplog.text}{''.join(capfd.readouterr())}"


def test_a_place_that_breaks_tells_nothing():
    """What a service raises may hold its address."""

    class Broken:
        notify_format = "text"

        def notify(self, **_about):
            raise OSError(HIDDEN)

    with pytest.raises(DeliveryError) as refused:
        delivery.send([Broken()], "Our goal", "plain", "<p>plain</p>")

    assert HIDDEN not in str(refused.value)


def test_without_the_library_it_says_what_to_install(monkeypatch):
    """An optional extra."""
    monkeypatch.setitem(sys.modules, "apprise", None)

    with pytest.raises(DeliveryError, match="pip install apprise"):
        delivery.opened(["json://localhost"])


def test_the_log_speaks_again_afterwards(place):
    """Silence ends with the sending."""
    delivery.opened([place[0]])

    assert logging.getLogger("alignment").isEnabledFor(logging.ERROR)
