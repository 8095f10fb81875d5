"""The one door for text from data, files and people into anything that reads Markdown."""

import re

_MARKUP = re.compile(r"([\\`*_\[\]<>~$|&:])")
_OPENING = re.compile(r"^(\d*)([#+\-.)=])")
_GAPS = re.compile(r"[\s\x00-\x1f\x7f]+")
_SHORTCODE = re.compile(r":(?=\S)(?!(?<=\d:)\d)|@|(?<=\bwww)(?=\.)", re.IGNORECASE)
_JOINT = "\u2060"
"""Has no width and breaks no line; after a colon it keeps `:smile:` and `http://` mere text."""


def plain(text: object) -> str:
    """Return the text so that Markdown shows it as it is: no image, link, icon, formula or heading."""
    line = _GAPS.sub(" ", str(text)).strip()
    broken = _SHORTCODE.sub(lambda found: found[0] + _JOINT, line)
    return _OPENING.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", broken))


def one_line(said: str) -> str:
    """Return a text without line breaks and control characters, for where nothing reads Markdown."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in said).split())
