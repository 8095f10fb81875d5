"""What a page says, as a test reads it."""


def said_on(page):
    """Return everything that the page says in words."""
    return " ".join(str(each.value) for each in (*page.markdown, *page.info, *page.caption)).replace("\\", "")
