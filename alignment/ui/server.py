"""The server around the script: the doorbell's route, the headers, the warm-up."""

import gc
import importlib
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alignment.domain.refusal import Refusal
from alignment.live.route import Desk, doorbell_route
from alignment.ui import definition_news, session, sign_in

HEADERS = {
    "Content-Security-Policy": (
        "img-src 'self' data: blob:; connect-src 'self' data: blob:; frame-ancestors 'self'; "
        "object-src 'none'; base-uri 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}
"""What a browser is told: load pictures and data from here alone, show Accord in no other site's frame."""

WARM = ("plotly.graph_objects", "plotly.io", "pandas", "numpy")


class Headers:
    """Adds our headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with our headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class AtOnce:
    """Has each line to a browser send a message when it is said, not when the one before has been received.

    Asyncio asks for that where it knows that a socket speaks TCP. Of those that Streamlit opens it doesn't:
    the second of two short messages would wait for the browser's receipt of the first, 40 ms as a rule.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] == "websocket":
            line = getattr(getattr(receive, "__self__", None), "transport", None)
            known = line and line.get_extra_info("socket")
            if known and known.family in {socket.AF_INET, socket.AF_INET6}:
                with suppress(OSError):  # the browser has gone meanwhile
                    known.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self._app(scope, receive, send)


def refuse_exposed() -> None:
    """End the program with one clear sentence where it would serve others without sign-in."""
    if problem := sign_in.exposure_problem():
        raise SystemExit(problem)


def routes() -> list[BaseRoute]:
    """Return what is served beside the pages."""
    desk = Desk(definition_news.news, definition_news.answer)
    bell = doorbell_route(
        session.doorbell(), session.ticket_office(), lambda: session.agreement().revision(), desk
    )
    return [bell, Route("/board", _to_the_board)]


async def _to_the_board(request: Request) -> Response:
    """Send on whoever writes the first page's name: Streamlit knows it at the bare address alone."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


def middleware() -> list[Middleware]:
    """Return what every answer passes through."""
    return [Middleware(AtOnce), Middleware(Headers)]


@asynccontextmanager
async def warm_up(_app: object) -> AsyncGenerator[None]:
    """Load what the first person would wait for, and spare the garbage collector looking at it ever again.

    Its rounds cost 60 ms a run of a page otherwise.
    """
    for name in WARM:
        importlib.import_module(name)
    with suppress(Refusal):  # no data yet: the first page says so
        session.agreement().draft()
    gc.collect()
    gc.freeze()
    yield
