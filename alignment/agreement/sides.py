"""Who may write: marketing and sales, whatever a screen allowed."""

from alignment.domain.agreement import Person
from alignment.errors import NotAllowedError


def refuse_observer(who: Person, deed: str) -> None:
    """Raise NotAllowedError when the person only looks on; `deed` ends “is here … and can't …”."""
    if not who.side.may_edit:
        message = (
            f"{who.name} is here as an observer and can't {deed}. Join for marketing or sales to take part."
        )
        raise NotAllowedError(message)
