"""What is within sight is drawn first: pictures further down wait until the page stands."""

from pathlib import Path

from streamlit.components.v2 import component

_sight = component("accord_sight", js=Path(__file__).with_name("sight.js").read_text(encoding="utf-8"))


def first() -> None:
    """Have the browser draw the pictures within sight first, and the others when it has time."""
    _sight(key="sight")
