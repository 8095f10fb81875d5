"""The doorbell's WebSocket: a screen shows its ticket, then hears the bell and says what it moves.

A screen of a page that answers by the line also hears its news, and may ask: one question at a time, each
answered under its number.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from alignment.domain.refusal import Refusal
from alignment.live.doorbell import Doorbell, Message, Screen
from alignment.live.ticket import Ticket, TicketOffice

PATH = "live/ws"
REFUSED, AGAIN = 1008, 1013
"""How a line is closed: for good until the screen has another ticket, or so that it comes again by itself."""
TICKET_WITHIN_S = 15.0
"""A browser that draws many pictures may be busy for seconds before it speaks."""
LONGEST_MESSAGE = 2_000


@dataclass(frozen=True)
class Desk:
    """What a page tells and answers by the line, each for a ticket and a locale; called on threads."""

    news: Callable[[Ticket, str], Message]
    answer: Callable[[Ticket, str, Mapping[str, Any]], Message]


def doorbell_route(
    doorbell: Doorbell, office: TicketOffice, revision: Callable[[], int], desk: Desk
) -> WebSocketRoute:
    """Return the route that lets screens with a ticket in; `revision` reads the ledger's as one enters."""

    async def attend(socket: WebSocket) -> None:
        if not is_same_origin(socket):
            await socket.close(REFUSED)
            return
        await socket.accept()
        code = REFUSED
        try:
            ticket = await _shown_ticket(socket, office)
            if ticket:
                doorbell.revision = max(doorbell.revision, revision())
                await _serve(_Line(socket, desk), doorbell, ticket)
                code = AGAIN
        except TimeoutError:
            code = AGAIN
        except ValueError:  # a screen of ours says nothing like that
            pass
        with suppress(RuntimeError, WebSocketDisconnect):  # it may have gone already
            await socket.close(code)

    return WebSocketRoute(f"/{PATH}", attend)


def is_same_origin(socket: WebSocket) -> bool:
    """Tell whether the page that opens the socket came from the host that it asks."""
    origin = socket.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == socket.headers.get("host")


async def _shown_ticket(socket: WebSocket, office: TicketOffice) -> Ticket | None:
    """Return the ticket, None for one that doesn't hold; raise TimeoutError when none is shown in time."""
    try:
        return office.read((await asyncio.wait_for(_heard(socket), TICKET_WITHIN_S)).get("ticket"))
    except WebSocketDisconnect:
        return None


class _Line:
    """A socket that two tasks write to, a message at a time."""

    def __init__(self, socket: WebSocket, desk: Desk) -> None:
        self.socket = socket
        self.desk = desk
        self._writing = asyncio.Lock()

    async def say(self, message: Message) -> None:
        async with self._writing:
            await self.socket.send_json(message)


async def _serve(line: _Line, doorbell: Doorbell, ticket: Ticket) -> None:
    screen = doorbell.enter(ticket)
    both = {
        asyncio.create_task(_tell(line, doorbell, screen)),
        asyncio.create_task(_listen(line, doorbell, screen)),
    }
    try:
        # A line on which one of the two has failed is closed: the screen sees it and comes again.
        ended, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        for task in both:
            task.cancel()
        doorbell.leave(screen)


async def _listen(line: _Line, doorbell: Doorbell, screen: Screen) -> None:
    with suppress(WebSocketDisconnect):
        while True:
            message = await _heard(line.socket)
            if "looks" in message:
                doorbell.look(screen, message["looks"])
            if "moves" in message:
                doorbell.move(screen, message["moves"])
            if isinstance(message.get("asks"), dict):
                await _answer(line, screen, message)


async def _answer(line: _Line, screen: Screen, message: Mapping[str, Any]) -> None:
    told = await asyncio.to_thread(line.desk.answer, screen.ticket, screen.locale or "en", message["asks"])
    await line.say({"answers": message.get("number"), **told})


async def _tell(line: _Line, doorbell: Doorbell, screen: Screen) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):  # the listening side sees the same and tidies up
        while True:
            message = await doorbell.next_message(screen)
            if message["ring"] and screen.locale is not None:
                with suppress(Refusal):  # nothing is loaded any more: the page says so when it runs
                    message["news"] = await asyncio.to_thread(line.desk.news, screen.ticket, screen.locale)
            await line.say(message)


async def _heard(socket: WebSocket) -> dict[str, object]:
    """Return the screen's next message; raise ValueError when it is none of ours."""
    text = await socket.receive_text()
    try:
        message = json.loads(text) if len(text) <= LONGEST_MESSAGE else None
    except RecursionError:
        message = None
    if not isinstance(message, dict):
        problem = "A screen says one short JSON object at a time."
        raise ValueError(problem)  # noqa: TRY004 - said to a socket, not to a caller
    return message
