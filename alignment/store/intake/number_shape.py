"""What a number's shape (every digit a 9) tells: its digits and marks, its currency, its sign."""

import re
from dataclasses import dataclass

from alignment.store.intake.currencies import MARK, is_mark

PLAIN = re.compile(r"[-+]?(?:9+(?:\.9*)?|\.9+)")
POINT = re.compile(r"[-+]?(?:9{1,3}(?:,9{2,3})*,999|9+)(?:\.9+)?")
COMMA = re.compile(r"[-+]?(?:9{1,3}(?:\.999)+|9+)(?:,9+)?")

_GAPS = "'\u2019 \u00a0\u202f"
_WRAPPED = re.compile(
    rf"(?P<open>\(?)(?P<minus>[-+\u2212]?) ?(?P<before>{MARK})?[ \u00a0\u202f]?"
    rf"(?P<inner>\(?)(?P<sign>[-+\u2212]?)"
    rf"(?P<body>[9.,{_GAPS}]*9)[ \u00a0\u202f]?(?P<after>{MARK})?(?P<percent> ?%)?(?P<last>-?)(?P<close>\)?)"
)
_GAPPED = re.compile(rf"9{{1,3}}(?:[{_GAPS}]999)+(?:[.,]9+)?")


@dataclass(frozen=True)
class Written:
    """A number's sign, digits and marks as `body`, without currency, brackets and gaps between thousands."""

    body: str
    currency: str = ""
    in_brackets: bool = False
    minus_last: bool = False
    in_percent: bool = False


def written(shape: str, *, may_be_percent: bool = False) -> Written | None:
    """Return what a shape tells, None where it is no number."""
    if PLAIN.fullmatch(shape):
        return Written(shape)
    found = _WRAPPED.fullmatch(shape)
    if found is None or not _is_sound(found) or (found["percent"] and not may_be_percent):
        return None
    body = found["body"]
    if any(gap in body for gap in _GAPS):
        if not _GAPPED.fullmatch(body):
            return None
        body = re.sub(f"[{_GAPS}]", "", body)
    if not any(form.fullmatch(body) for form in (PLAIN, POINT, COMMA)):
        return None
    currency = found["before"] or found["after"] or ""
    return Written(body, currency, "(" in shape, bool(found["last"]), bool(found["percent"]))


def _is_sound(found: re.Match[str]) -> bool:
    """Tell whether there is one sign and one currency at most, and each bracket has its other half."""
    signs = [found[name] for name in ("minus", "sign", "last") if found[name]]
    opened = found["open"] + found["inner"]
    marks = [found[name] for name in ("before", "after") if found[name]]
    closed = len(opened) == len(found["close"]) and len(opened) + len(signs) <= 1
    return closed and len(marks) <= 1 and all(map(is_mark, marks)) and not (marks and found["percent"])
