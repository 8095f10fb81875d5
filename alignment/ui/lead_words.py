"""A lead explained, as HTML: verdicts, criteria, what would move it, and its trace. All texts are escaped."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from html import escape
from zoneinfo import ZoneInfo

from alignment.domain.definition import HIGHEST_SCORE, Comparison, Definition, Level, Value
from alignment.domain.definition_words import condition, field_label, number, signed
from alignment.domain.trace import Event, Trace, day_words, later, local_day
from alignment.ui.words import Words
from alignment.whatif.explain import Answer, Explanation, Verdict
from alignment.whatif.single_changes import Move, OtherLead

SHOWN = 4
SIGNS = {Verdict.MET: "✓", Verdict.NOT_MET: "○", Verdict.NO_VALUE: "?", Verdict.NOT_ASKED: "?"}


def verdicts(explained: Mapping[str, Explanation]) -> str:
    """Return score, level and route by each definition, named, side by side."""
    tiles = "".join(
        f"<div><span>{escape(name)}</span><b>{_score(found)}</b><span>{escape(_goes(found.level))}</span></div>"
        for name, found in explained.items()
    )
    return f'<div class="accord-verdicts">{tiles}</div>'


def criteria(explained: Mapping[str, Explanation]) -> str:
    """Return a table: what each definition asks, what the lead has, what it counts, up to the score."""
    columns = list(explained.values())
    ids = dict.fromkeys(
        answer.criterion.criterion_id for found in reversed(columns) for answer in found.answers
    )
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in explained)
    rows = "".join(_row([_answer(found, each) for found in columns]) for each in ids)
    return (
        '<table class="accord-criteria"><thead><tr><th scope="col">What we ask</th>'
        f'<th scope="col">This lead</th>{head}</tr></thead><tbody>{rows}</tbody>'
        f"<tfoot>{_sums(columns)}</tfoot></table>"
    )


def moves(found: Explanation, *, is_up: bool) -> str:
    """Return what single changes would take the lead up or down the levels; empty where none would."""
    of_lead = [_other_words(other) for other in found.other_leads if other.is_up is is_up]
    of_sliders = [_move_words(found.definition, move) for move in found.moves if move.is_up is is_up]
    return _list("of the lead", of_lead) + _list("of one slider", of_sliders)


def trace(found: Trace, say: Words, zone: ZoneInfo) -> str:
    """Return the events as a list, each with how long after the one before it came."""
    before: Event | None = None
    items = []
    for event in (*found.events, *found.future):
        took = later(before.at, event.at, zone) if before else ""
        items.append(_event(event, took, say, zone))
        before = event
    return f'<ol class="accord-trace">{"".join(items)}</ol>'


def outcome(found: Trace, say: Words, zone: ZoneInfo) -> str:
    """Say in a sentence what came of the lead by now."""
    if not found.events:
        return "Nothing dated is known of this lead."
    start = found.events[0]
    if found.won:
        amounts = [say.money(event.money) for event in found.won if event.money]
        worth = f" for {' and '.join(amounts)}" if amounts else ", its amount not known"
        return f"Won{worth}, {_after(start, found.won[0], zone)} after “{start.what}”."
    last = found.events[-1]
    return f"Not won by now. The last thing known is “{last.what}”, on {day_words(local_day(last.at, zone))}."


def _after(start: Event, end: Event, zone: ZoneInfo) -> str:
    return later(start.at, end.at, zone).removesuffix(" later")


def _score(found: Explanation) -> str:
    return "no score" if found.score is None else str(found.score)


def _goes(level: Level | None) -> str:
    if level is None:
        return "no value for any criterion: neither cold nor zero"
    within = f" within {level.sla_hours} business hours" if level.sla_hours else ""
    return f"{level.name} → {level.route.label}{within}"


def _answer(found: Explanation, criterion_id: str) -> Answer | None:
    known = (answer for answer in found.answers if answer.criterion.criterion_id == criterion_id)
    return next(known, None)


def _row(answers: Sequence[Answer | None]) -> str:
    """Return a criterion's row; the newest definition comes last and says what is asked."""
    asked = [answer for answer in answers if answer]
    newest = asked[-1]
    asks = condition(newest.criterion)
    before = "".join(
        f"<br><small>in force: {escape(condition(answer.criterion))}</small>"
        for answer in asked[:1]
        if condition(answer.criterion) != asks
    )
    cells = "".join(f"<td>{_cell(answer)}</td>" for answer in answers)
    value = escape(value_of(newest.value)) if newest.verdict is not Verdict.NOT_ASKED else "–"
    return f'<tr><th scope="row">{escape(asks)}{before}</th><td>{value}</td>{cells}</tr>'


def _cell(answer: Answer | None) -> str:
    if answer is None:
        return "<small>not asked</small>"
    sign = f'<i aria-hidden="true">{SIGNS[answer.verdict]}</i>'
    if answer.verdict is Verdict.MET:
        return f"{sign} <b>{signed(answer.points)}</b>"
    return f"{sign} <small>{answer.verdict}</small>"


def _sums(columns: Sequence[Explanation]) -> str:
    groups = dict.fromkeys(group.group for found in columns for group in found.groups)
    rows = ""
    for group in groups:
        cells = ""
        for found in columns:
            part = next((each for each in found.groups if each.group is group), None)
            capped = (
                f" <small>of {_minus(part.summed)}, capped</small>"
                if part and part.counted != part.summed
                else ""
            )
            cells += f"<td>{'–' if part is None else _minus(part.counted)}{capped}</td>"
        rows += f'<tr><th scope="row">{group}</th><td></td>{cells}</tr>'
    return f'{rows}<tr><th scope="row">score</th><td></td>{"".join(map(_total, columns))}</tr>'


def _total(found: Explanation) -> str:
    is_clipped = found.score is not None and found.score != found.total
    clipped = (
        f" <small>of {_minus(found.total)}, kept within 0 and {HIGHEST_SCORE}</small>" if is_clipped else ""
    )
    return f"<td><b>{_score(found)}</b>{clipped}</td>"


def value_of(value: Value) -> str:
    """Return a lead's value as people write it."""
    if value is None:
        return "no value"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else number(value)


def _other_words(other: OtherLead) -> str:
    """Say what would have to be so of the lead: `“employees is at least 50” met: 60 points, hot`."""
    verdict = "met" if other.would_meet else "not met"
    return f"“{condition(other.criterion)}” {verdict}: {_then(other.score, other.level)}"


def _move_words(definition: Definition, move: Move) -> str:
    """Say a slider's move: `employees at least 20 instead of 50`, `cutoff of hot from 62 to 58`."""
    return f"{_change(definition, move)}: {_then(move.score, move.level)}"


def _change(definition: Definition, move: Move) -> str:
    match move.field.split("."):
        case ["criteria", criterion_id, "threshold"]:
            criterion = definition.criterion(criterion_id)
            name = criterion.attribute.replace("_", " ")
            if criterion.comparison is Comparison.ONE_OF:
                more = [text for text in move.after if text not in move.before]
                less = [text for text in move.before if text not in move.after]
                return (
                    f"{name}: {', '.join(more)} accepted too"
                    if more
                    else f"{name}: without {', '.join(less)}"
                )
            asks = criterion.comparison.replace("_", " ")
            return f"{name} {asks} {number(move.after)} instead of {number(move.before)}"
    label = field_label(definition, move.field)
    return f"{label} from {_minus(move.before)} to {_minus(move.after)}"


def _minus(number_there: int) -> str:
    return str(number_there).replace("-", "−")


def _then(score: int | None, level: Level | None) -> str:
    return f"{score} points, {level.name}" if level else "no score"


def _list(heading: str, lines: Sequence[str]) -> str:
    """Return lines under a heading, all but the first few behind a click."""
    if not lines:
        return ""
    first, rest = lines[:SHOWN], lines[SHOWN:]
    more = f"<details><summary>{len(rest)} more</summary><ul>{_items(rest)}</ul></details>" if rest else ""
    return f"<h4>{heading}</h4><ul>{_items(first)}</ul>{more}"


def _items(lines: Iterable[str]) -> str:
    return "".join(f"<li>{escape(line)}</li>" for line in lines)


def _event(event: Event, took: str, say: Words, zone: ZoneInfo) -> str:
    details = [event.detail, say.money(event.money) if event.money else ""]
    beside = "".join(f" <span>{escape(detail)}</span>" for detail in details if detail)
    gap = f"<em>{took}</em>" if took not in {"", "at once"} else ""
    return (
        f'<li class="accord-{event.kind}">{gap}<time>{escape(_when(event, zone))}</time>'
        f"<b>{escape(event.what)}</b>{beside}</li>"
    )


def _when(event: Event, zone: ZoneInfo) -> str:
    local = event.at.replace(tzinfo=UTC).astimezone(zone)
    return f"{day_words(local.date())}, {local:%H:%M}"
