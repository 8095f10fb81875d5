"""A place on a page that shows text the moment it changes: from a run of the script, or from the bell."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.components.v2 import component


@dataclass(frozen=True)
class Moment:
    """When something was seen: of two within one `epoch` the one with the higher `revision` is newer.

    An epoch is one ledger, one load and one life of the server: what belongs to another one never compares.
    """

    epoch: str = ""
    revision: int = 0

    @property
    def plain(self) -> dict[str, str | int]:
        """Return the moment as plain values that travel."""
        return {"epoch": self.epoch, "revision": self.revision}


NEVER = Moment()

_slot = component(
    "accord_slot",
    js=Path(__file__).with_name("slot.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show(name: str, html: str, at: Moment, *, is_status: bool = False) -> None:
    """Show HTML that the server made and escaped, as of a moment of the agreement.

    News by the same name replace it. A status is announced to those who can't see it change.
    """
    _slot(
        key=f"slot_{name}",
        data={"name": name, "html": html, **at.plain, "isStatus": is_status},
    )


def opener(
    key: str, name: str, html: str, at: Moment, *, is_open_first: bool, sought: int | None = None
) -> bool:
    """Show a slot that opens and closes what follows it; tell whether it is open.

    `sought` brings it into sight, once for each number.

    Streamlit's expander becomes another one when its label changes, and closes under the reader's eyes.
    """
    _slot(
        key=key,
        data={
            "name": name,
            "html": html,
            **at.plain,
            "isOpener": True,
            "isOpen": is_open(key, is_open_first=is_open_first),
            "sought": sought,
        },
        default={"open": is_open_first},
        on_open_change=_do_nothing,
    )
    return is_open(key, is_open_first=is_open_first)


def is_open(key: str, *, is_open_first: bool = False) -> bool:
    """Tell whether the opener by that key is open on this screen."""
    known = st.session_state.get(key)
    return bool(known.open) if known is not None and "open" in known else is_open_first


def _do_nothing() -> None:
    """Let the fragment around the opener run again."""
