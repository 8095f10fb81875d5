"""The doorbell's WebSocket: a screen shows its ticket, then hears the bell and says what it moves."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from alignment.live.doorbell import Doorbell, Screen
from alignment.live.ticket import Ticket, TicketOffice

PATH = "live/ws"
REFUSED = 1008
TICKET_WITHIN_S = 5.0
LONGEST_MESSAGE = 2_000


def doorbell_route(doorbell: Doorbell, office: TicketOffice, revision: Callable[[], int]) -> WebSocketRoute:
    """Return the route that lets screens with a ticket in; `revision` reads the ledger's as one enters."""

    async def attend(socket: WebSocket) -> None:
        if not is_same_origin(socket):
            await socket.close(REFUSED)
            return
        await socket.accept()
        ticket = await _shown_ticket(socket, office)
        if ticket:
            doorbell.revision = max(doorbell.revision, revision())
            await _serve(socket, doorbell, ticket)
        with suppress(RuntimeError, WebSocketDisconnect):  # it may have gone already
            await socket.close(REFUSED)

    return WebSocketRoute(f"/{PATH}", attend)


def is_same_origin(socket: WebSocket) -> bool:
    """Tell whether the page that opens the socket came from the host that it asks."""
    origin = socket.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == socket.headers.get("host")


async def _shown_ticket(socket: WebSocket, office: TicketOffice) -> Ticket | None:
    try:
        return office.read((await asyncio.wait_for(_heard(socket), TICKET_WITHIN_S)).get("ticket"))
    except (TimeoutError, WebSocketDisconnect, ValueError):
        return None


async def _serve(socket: WebSocket, doorbell: Doorbell, ticket: Ticket) -> None:
    screen = doorbell.enter(ticket)
    telling = asyncio.create_task(_tell(socket, doorbell, screen))
    try:
        while True:
            doorbell.move(screen, (await _heard(socket)).get("moves"))
    except (WebSocketDisconnect, ValueError):
        pass
    finally:
        telling.cancel()
        doorbell.leave(screen)


async def _tell(socket: WebSocket, doorbell: Doorbell, screen: Screen) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):  # the listening side sees the same and tidies up
        while True:
            await socket.send_json(await doorbell.next_message(screen))


async def _heard(socket: WebSocket) -> dict[str, object]:
    """Return the screen's next message; raise ValueError when it is none of ours."""
    text = await socket.receive_text()
    message = json.loads(text) if len(text) <= LONGEST_MESSAGE else None
    if not isinstance(message, dict):
        problem = "A screen says one short JSON object at a time."
        raise ValueError(problem)  # noqa: TRY004 - said to a socket, not to a caller
    return message
