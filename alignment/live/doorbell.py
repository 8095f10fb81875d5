"""The doorbell: tells every other screen that something is new, and who is here; never what it is.

What it is, a page may have sent along the same line: the route asks for it, the bell knows nothing of it.
"""

import asyncio
import re
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeAlias

from alignment.live.ticket import Ticket

Message: TypeAlias = dict[str, Any]

STAGGER_S = 0.012
"""Between the rings of one change: the author's own answer is not queued behind everybody else's."""

HOOK = re.compile(r"[a-z0-9_-]{1,64}")
LOCALE = re.compile(r"[A-Za-z0-9_-]{1,35}")


@dataclass(eq=False)
class Screen:
    """One open screen: whose it is, what they move (a field's hook on the page), whether it is to be rung.

    `locale` is that of a screen that looks at the definition and hears what is new by the line, else None.
    """

    ticket: Ticket
    loop: asyncio.AbstractEventLoop
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    is_rung: bool = False
    moves: str | None = None
    locale: str | None = None

    def wake(self) -> None:
        """Have the screen's next message sent; from any thread."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.awake.set)


class Doorbell:
    """All open screens of this process; safe to ring from any thread."""

    def __init__(self) -> None:
        self._screens: list[Screen] = []
        self._lock = Lock()
        self.revision = 0

    def ring(self, revision: int, author: str = "") -> None:
        """Tell every screen but the author's of the ledger's new revision; a burst rings once."""
        with self._lock:
            self.revision = max(self.revision, revision)
            others = [screen for screen in self._screens if screen.ticket.screen != author]
            for screen in others:
                screen.is_rung = True
        for screen in others:
            screen.wake()

    def enter(self, ticket: Ticket) -> Screen:
        """Add a screen and show the others who came; call it on the event loop that will serve it."""
        screen = Screen(ticket, asyncio.get_running_loop())
        with self._lock:
            self._screens.append(screen)
        self._wake_all()
        return screen

    def leave(self, screen: Screen) -> None:
        """Take a screen away and show the others who left."""
        with self._lock:
            self._screens.remove(screen)
        self._wake_all()

    def look(self, screen: Screen, locale: object) -> None:
        """Note for which locale the screen wants to hear news, None for a page that has none."""
        screen.locale = locale if isinstance(locale, str) and LOCALE.fullmatch(locale) else None

    def move(self, screen: Screen, hook: object) -> None:
        """Show the others which field the screen's person moves now; what is no hook means none."""
        moves = hook if isinstance(hook, str) and HOOK.fullmatch(hook) else None
        if moves != screen.moves:
            screen.moves = moves
            self._wake_all()

    async def next_message(self, screen: Screen) -> Message:
        """Wait until there is something to tell the screen, and return it."""
        await screen.awake.wait()
        if screen.is_rung and screen.locale is None:
            await asyncio.sleep(STAGGER_S * self._place_of(screen))
        screen.awake.clear()
        is_rung, screen.is_rung = screen.is_rung, False
        return self.message(screen, is_rung=is_rung)

    def message(self, screen: Screen, *, is_rung: bool) -> Message:
        """Return what a screen is told: the newest revision, whether it rings, and who is here."""
        return {"revision": self.revision, "ring": is_rung, "here": self.here(screen)}

    def here(self, reader: Screen | None = None) -> list[Message]:
        """Return everybody here once, as they came, with the field they move; `you` marks the reader."""
        with self._lock:
            screens = tuple(self._screens)
        people: dict[object, Message] = {}
        for screen in screens:
            who = screen.ticket.who
            person = people.setdefault(
                who, {"name": who.name, "side": str(who.side), "moves": None, "you": False}
            )
            person["moves"] = screen.moves or person["moves"]
            person["you"] = person["you"] or (reader is not None and who == reader.ticket.who)
        return list(people.values())

    def _place_of(self, screen: Screen) -> int:
        with self._lock:
            return self._screens.index(screen) if screen in self._screens else 0

    def _wake_all(self) -> None:
        with self._lock:
            screens = tuple(self._screens)
        for screen in screens:
            screen.wake()
