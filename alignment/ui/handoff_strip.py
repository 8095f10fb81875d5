"""The strip on top of the hand-off page: one figure, the hand-offs as one bar, and how long they wait."""

from html import escape

from alignment.domain.follow_up import FollowUp, SlaStatus, Waited
from alignment.ui.words import UNKNOWN, Words, wait

SHOWN = (
    (SlaStatus.MET, "met", "actual"),
    (SlaStatus.MISSED, "touched late", "late"),
    (SlaStatus.OVERDUE, "still overdue", "overdue"),
    (SlaStatus.PENDING, "not due yet", "pending"),
)


def strip(found: FollowUp, day_minutes: float, say: Words) -> str:
    """Return the strip as HTML; every text in it is ours or a number."""
    rate = found.compliance
    most = "–" if rate.is_too_small else say.percent(rate.value)
    of = f"of <b>{escape(say.count(rate.denominator))}</b> hand-offs touched in time"
    facts = [
        fact(waited(found.speed.median, day_minutes, say), "median speed to lead"),
        fact(waited(found.speed.most, day_minutes, say), "nine in ten within"),
    ]
    return (
        '<div class="accord-strip">'
        f'<div class="accord-won"><span class="accord-most">{escape(most)}</span>'
        f'<span class="accord-goal">{of}</span></div>'
        f"{_bar(found, say)}"
        f'<div class="accord-facts">{"".join(facts)}</div>'
        "</div>"
    )


def waited(point: Waited | None, day_minutes: float, say: Words) -> str:
    """Say a wait; one that so many still wait for that nobody knows it is said as not over."""
    if point is None:
        return UNKNOWN
    return "not yet" if point.is_longer else wait(point.minutes, day_minutes, say)


def fact(figure: str, meaning: str) -> str:
    """Return a figure with what it means below it."""
    return f'<div class="accord-fact"><b>{escape(figure)}</b><span>{escape(meaning)}</span></div>'


def _bar(found: FollowUp, say: Words) -> str:
    total = sum(found.count(status) for status, _, _ in SHOWN) or 1
    parts, names, told = list[str](), list[str](), list[str]()
    left = 0.0
    for status, name, look in SHOWN:
        count = found.count(status)
        if not count:
            continue
        width = count / total * 100
        parts.append(f'<i class="accord-{look}" style="left:{left:.2f}%;width:{width:.2f}%"></i>')
        names.append(
            f'<span><i class="accord-key accord-{look}"></i>{escape(say.count(count))} {escape(name)}</span>'
        )
        told.append(f"{say.count(count)} {name}")
        left += width
    return (
        '<div class="accord-bullet">'
        f'<div class="accord-bar accord-sla" role="img" aria-label="{escape(", ".join(told))}">'
        f'{"".join(parts)}</div><div class="accord-keys">{"".join(names)}</div></div>'
    )
