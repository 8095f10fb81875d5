"""Rules on how the server is set up: shut by default, and readable."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config as streamlit_config

SETTINGS = tomllib.loads(
    (Path(__file__).parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
)
SHUT = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
}
READABLE = 4.5
CAPTION_STRENGTH = 0.6


def channels(colour: str) -> list[float]:
    """Return red, green and blue of '#rrggbb', each 0 to 1."""
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]


def luminance(colour: list[float]) -> float:
    """Return the relative luminance that WCAG 2 defines."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: list[float], ground: list[float]) -> float:
    """Return the contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(text), luminance(ground)))
    return (light + 0.05) / (dark + 0.05)


def faded(text: list[float], ground: list[float]) -> list[float]:
    """Return the colour in which a caption appears."""
    return [CAPTION_STRENGTH * t + (1 - CAPTION_STRENGTH) * g for t, g in zip(text, ground, strict=True)]


@pytest.mark.parametrize(("name", "value"), SHUT.items(), ids=list(SHUT))
def test_the_server_is_shut_by_default(name, value):
    """Whoever opens a door does it knowingly, in the environment."""
    section, option = name.split(".")

    assert SETTINGS[section][option] == value


@pytest.mark.parametrize(
    "name",
    [f"{section}.{option}" for section in SETTINGS if section != "theme" for option in SETTINGS[section]],
)
def test_a_setting_is_one_that_the_server_knows(name):
    """A misspelt or dropped option would be passed over in silence, and its door stand open."""
    streamlit_config.get_option(name)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("hue", ["red", "orange", "yellow", "blue", "green", "violet", "gray"])
def test_coloured_text_is_readable_on_its_own_ground_and_on_the_page(mode, hue):
    """The built-in red and grey fail as text."""
    theme = SETTINGS["theme"][mode]
    text = channels(theme[f"{hue}TextColor"])

    assert contrast(text, channels(theme["backgroundColor"])) >= READABLE
    assert contrast(text, channels(theme[f"{hue}BackgroundColor"])) >= READABLE


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_caption_is_readable_on_page_and_sidebar(mode):
    """Captions carry units and as-of times, and are drawn fainter than text."""
    theme = SETTINGS["theme"][mode]
    text = channels(theme["textColor"])
    grounds = [
        theme["backgroundColor"],
        theme["secondaryBackgroundColor"],
        theme["sidebar"]["backgroundColor"],
    ]

    for ground in map(channels, grounds):
        assert contrast(faded(text, ground), ground) >= READABLE


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_white_is_readable_on_the_accent(mode):
    """A primary button writes in white, whatever the theme."""
    assert contrast([1, 1, 1], channels(SETTINGS["theme"][mode]["primaryColor"])) >= READABLE


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_accent_belongs_to_no_side(mode):
    """Marketing's blue and sales' orange mean a side; the frame is ours."""
    assert SETTINGS["theme"][mode]["primaryColor"] not in {"#0072b2", "#d55e00"}
