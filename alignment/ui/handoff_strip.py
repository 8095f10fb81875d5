"""The strip on top of the hand-off page: one figure, the hand-offs as one bar, and how long they wait."""

from dataclasses import dataclass
from html import escape

from alignment.domain.follow_up import FollowUp, SlaStatus, Waited
from alignment.domain.money import Money
from alignment.ui.words import UNKNOWN, Words, wait

SHOWN = (
    (SlaStatus.MET, "met", "actual"),
    (SlaStatus.MISSED, "touched late", "late"),
    (SlaStatus.OVERDUE, "still overdue", "overdue"),
    (SlaStatus.PENDING, "not due yet", "pending"),
)


@dataclass(frozen=True)
class Left:
    """What lies in the hole and is not routed, what it might bring, and how many were routed."""

    leads: int
    money: Money | None
    routed: int


def strip(found: FollowUp | None, hole: Left | None, day_minutes: float, say: Words) -> str:
    """Return the strip as HTML: what lies in the hole, and how hand-offs were followed up; None is not known.

    Every text in it is ours or a number.
    """
    facts = ""
    if found:
        facts = fact(waited(found.speed.median, day_minutes, say), "median speed to lead")
    if found and hole:
        facts = fact(_in_time(found, say), "touched in time") + facts
    if found and not hole:
        facts += fact(waited(found.speed.most, day_minutes, say), "nine in ten within")
    most = _hole(hole, say) if hole else _touched(found, say) if found else ""
    bar = _bar(found, say) if found else ""
    return f'<div class="accord-strip">{most}{bar}<div class="accord-facts">{facts}</div></div>'


def _hole(left: Left, say: Words) -> str:
    words = f"{'lead' if left.leads == 1 else 'leads'} in the black hole"
    if left.money and left.leads:
        words += f", might bring <b>{escape(say.short_money(left.money))}</b>"
    if left.routed:
        words += f"; {escape(say.count(left.routed))} routed"
    return _most(say.count(left.leads), words)


def _touched(found: FollowUp, say: Words) -> str:
    of = f"of <b>{escape(say.count(found.compliance.denominator))}</b> hand-offs touched in time"
    return _most(_in_time(found, say), of)


def _in_time(found: FollowUp, say: Words) -> str:
    return "–" if found.compliance.is_too_small else say.percent(found.compliance.value)


def _most(figure: str, meaning: str) -> str:
    return (
        f'<div class="accord-won"><span class="accord-most">{escape(figure)}</span>'
        f'<span class="accord-goal">{meaning}</span></div>'
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
