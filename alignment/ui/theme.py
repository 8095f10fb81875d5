"""How Accord's pictures look: inks for light and dark, sizes for a desk and for a wall at three metres."""

from dataclasses import dataclass
from functools import cache

import plotly.graph_objects as go

from alignment.ui.inks import DARK, LIGHT, Inks

FONT = '"Source Sans", "Source Sans Pro", system-ui, sans-serif'
"""The page's own font, so that a picture and the words around it are one."""


@dataclass(frozen=True)
class Look:
    """The reader's theme and distance: everything a picture needs to know about where it hangs."""

    is_dark: bool = False
    is_room: bool = False

    @property
    def inks(self) -> Inks:
        """Return the colours of the theme."""
        return DARK if self.is_dark else LIGHT

    @property
    def text_size(self) -> int:
        """Return the size of labels and ticks in px; 24 is the least that can be read from three metres."""
        return 24 if self.is_room else 14

    @property
    def stroke(self) -> float:
        """Return the width of a line in px."""
        return 4.5 if self.is_room else 2.5

    @property
    def mark(self) -> int:
        """Return the diameter of a mark in px."""
        return 15 if self.is_room else 9

    @property
    def em(self) -> float:
        """Return how much larger the look is than at a desk."""
        return self.text_size / 14


@cache
def template(look: Look) -> go.layout.Template:
    """Return the one template of all pictures: no frame, no zero line, a grid only where values are read."""
    inks = look.inks
    axis = {
        "automargin": True,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "gridcolor": inks.grid,
        "gridwidth": 1,
        "tickfont": {"color": inks.quiet, "size": look.text_size},
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": look.text_size, "color": inks.text},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "margin": {"l": 4, "r": 8, "t": 6, "b": 4, "pad": 0},
            "xaxis": {**axis, "showgrid": False},
            "yaxis": axis,
            "showlegend": False,
            "hoverlabel": {
                "bgcolor": inks.text,
                "font": {"family": FONT, "size": look.text_size, "color": inks.paper},
                "bordercolor": inks.text,
            },
            "bargap": 0.35,
            "dragmode": False,
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": inks.quiet, "activecolor": inks.text},
        }
    )


def style(look: Look) -> str:
    """Return the theme's variables for style.css as a style element."""
    inks = look.inks
    values = {
        "ink": inks.text,
        "quiet": inks.quiet,
        "paper": inks.paper,
        "grid": inks.grid,
        "actual": inks.actual,
        "shade": inks.shade,
        "text": "26px" if look.is_room else "14px",
        "most": "140px" if look.is_room else "clamp(3.5rem, 6vw, 6rem)",
    }
    return f"<style>:root{{{''.join(f'--accord-{name}:{value};' for name, value in values.items())}}}</style>"
