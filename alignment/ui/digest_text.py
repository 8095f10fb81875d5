"""A digest as plain text, for chat and for the text part of a mail."""

from textwrap import wrap

from alignment.ui.digest_parts import Block, Said
from alignment.ui.figure import Figure
from alignment.ui.plain import one_line

WIDTH = 78


def text(told: Said) -> str:
    """Return the digest as lines of at most 78 characters, where no single word is longer."""
    whose = f"{told.company}: " if told.company else ""
    parts = [
        _filled(f"{whose}{told.title}"),
        _filled(f"{told.headline.value} {told.headline.name}. {told.headline.detail}"),
        "\n".join(_figure(figure) for figure in told.figures),
        *(_block(block) for block in told.blocks),
        _filled(told.as_of),
    ]
    return "\n\n".join(parts) + "\n"


def _figure(figure: Figure) -> str:
    detail = f" ({figure.detail})" if figure.detail else ""
    return _filled(f"{figure.name}: {figure.value}{detail}", "  ")


def _block(block: Block) -> str:
    lines = [_filled(f"- {one_line(line)}", "  ") for line in block.lines]
    return "\n".join([block.title.upper(), *lines, *([_filled(block.quiet)] if block.quiet else [])])


def _filled(line: str, indent: str = "") -> str:
    """Break a line between words; what people wrote can't begin a line of its own."""
    return "\n".join(
        wrap(one_line(line), WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    )
