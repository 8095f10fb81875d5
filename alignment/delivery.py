"""Messages to where the operator names: mail, chat and more, through Apprise, an optional extra.

An address holds passwords and tokens. No sentence of ours repeats one, and what the library would log of it
is not logged.
"""

import logging
import re
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Protocol, cast

from alignment.errors import DeliveryError

_KIND = re.compile(r"([a-z][a-z0-9+.-]{0,24})://", re.IGNORECASE)
HTML = "html"


class Sender(Protocol):
    """One place to send to, as the library offers it."""

    notify_format: object

    def notify(self, body: str, title: str, body_format: str) -> bool:
        """Send; return whether the place took it."""
        ...


class _Library(Protocol):
    """What of the library is used."""

    def instantiate(self, url: str, *, suppress_exceptions: bool) -> Sender | None:
        """Return the place that the address names, None where it names none."""
        ...


def opened(addresses: Sequence[str]) -> tuple[Sender, ...]:
    """Return the places that the addresses name, none without one; nothing is sent yet.

    Raises DeliveryError where the library is missing, or an address names no place.
    """
    if not addresses:
        return ()
    with _in_silence():
        library = _library()
        found = [library.instantiate(each, suppress_exceptions=True) for each in addresses]
    for place, (address, sender) in enumerate(zip(addresses, found, strict=True), start=1):
        if sender is None:
            raise DeliveryError(
                f"{_named(place, address)} names no place to send to. Write it as"
                " mailto://… or slack://…: https://appriseit.com/services/. Nothing was sent."
            )
    return tuple(sender for sender in found if sender)


def send(senders: Sequence[Sender], title: str, text: str, html: str) -> None:
    """Send to all, HTML to those that show it; raise DeliveryError that numbers who did not take it."""
    lost: list[int] = []
    with _in_silence():
        for place, sender in enumerate(senders, start=1):
            is_html = _format(sender) == HTML
            if not _is_taken(sender, title, html if is_html else text, HTML if is_html else "text"):
                lost.append(place)
    if lost:
        numbers = ", ".join(map(str, lost))
        raise DeliveryError(
            f"{len(lost)} of {len(senders)} places did not take the digest: number {numbers} of those named."
            " Check the address, and whether this machine can reach it."
        )


def _is_taken(sender: Sender, title: str, body: str, body_format: str) -> bool:
    try:
        return bool(sender.notify(body=body, title=title, body_format=body_format))
    except Exception:  # noqa: BLE001 - a hundred services fail in a hundred ways, and none may tell its address
        return False


def _format(sender: Sender) -> str:
    return str(getattr(sender.notify_format, "value", sender.notify_format))


def _named(place: int, address: str) -> str:
    """Name an address by its number and kind, and by nothing that could be secret."""
    kind = _KIND.match(address.strip())
    return f"Address {place} ({kind[1].lower()}://…)" if kind else f"Address {place}"


def _library() -> _Library:
    try:
        return cast("_Library", import_module("apprise").Apprise)
    except ImportError:
        raise DeliveryError(
            "To send a digest, a library is missing: pip install 'accord[delivery]', or pip install apprise."
        ) from None


@contextmanager
def _in_silence() -> Generator[None]:
    """Keep the libraries from logging addresses, bodies and answers, and from warning of what is theirs."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        logging.disable(before)
