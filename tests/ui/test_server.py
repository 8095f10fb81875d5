"""What is served beside the pages."""

import asyncio
import socket
from contextlib import contextmanager
from threading import Thread

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from websockets.sync.client import connect

from alignment.ui import server


def asked(path, query=""):
    """Return the status and the headers of the answer to a GET."""
    told = {}

    async def send(message):
        if message["type"] == "http.response.start":
            told["status"] = message["status"]
            told["headers"] = {name.decode(): value.decode() for name, value in message["headers"]}

    async def receive():
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    asyncio.run(Starlette(routes=server.routes())({**scope, "server": ("accord", 80)}, receive, send))
    return told["status"], told["headers"]


@pytest.mark.parametrize(
    ("query", "location"),
    [("", "./"), ("period=2026-Q3&room=1", "./?period=2026-Q3&room=1")],
)
def test_the_boards_name_leads_to_the_board_with_all_that_was_chosen(query, location):
    """A person who writes /board as the other pages are called finds it; a link keeps its view."""
    status, headers = asked("/board", query)

    assert (status, headers["location"]) == (307, location)


@contextmanager
def served(app):
    """Serve an app as Streamlit does, on a socket that was opened before; yield the port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    running = uvicorn.Server(uvicorn.Config(app, loop="asyncio", log_level="error", lifespan="off"))
    thread = Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        running.should_exit = True
        thread.join()
        listening.close()


def test_the_second_of_two_messages_does_not_wait_for_the_receipt_of_the_first():
    """Whichever middleware passes a line on: its socket sends at once."""

    async def attend(line):
        await line.accept()
        ours = line._receive.__self__.transport.get_extra_info("socket")
        await line.send_json(bool(ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
        await line.close()

    app = Starlette(routes=[WebSocketRoute("/", attend)], middleware=server.middleware())
    with served(app) as port, connect(f"ws://127.0.0.1:{port}/") as line:
        assert line.recv() == "true"
