"""What is served beside the pages."""

import asyncio

import pytest
from starlette.applications import Starlette

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
