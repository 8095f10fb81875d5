"""What a page says, as a test reads it."""

import re


def said_on(page):
    """Return everything that the page says in words."""
    return " ".join(str(each.value) for each in (*page.markdown, *page.info, *page.caption)).replace("\\", "")


def with_passports(page):
    """Open every passport that the page has a button for, and return the page."""
    for key in _passports(page.main):
        page.session_state[key] = True
    return page.run()


def _passports(block):
    for child in block.children.values():
        proto = getattr(child, "proto", None)
        found = re.search(r"about_\w+", str(proto)) if child.type == "popover" else None
        if found:
            yield found[0]
        if hasattr(child, "children"):
            yield from _passports(child)
