"""The colours of light and dark, by what they mean."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Inks:
    """Colours by what they mean. No hue stands for a team; stages and rates share one neutral ink."""

    text: str
    quiet: str
    paper: str
    grid: str
    actual: str
    on_actual: str
    former: str
    faded: str
    shade: str
    plan: str


LIGHT = Inks(
    "#08161a",
    "#475a60",
    "#ffffff",
    "#dde6e7",
    "#0b5d66",
    "#ffffff",
    "#8fa3a8",
    "#8fb9be",
    "#eef3f3",
    "#08161a",
)
DARK = Inks(
    "#e7eeef",
    "#b3c2c6",
    "#0f191d",
    "#2a3a40",
    "#5cc0bd",
    "#0f191d",
    "#71868c",
    "#2f6d70",
    "#1a282d",
    "#e7eeef",
)
