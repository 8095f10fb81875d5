"""The review as a document: agenda, strategies with their picture, decisions and reasons."""

from alignment import paper
from alignment.domain.conversion import SourceQuality, SourceRow
from alignment.domain.decision import decided, explained
from alignment.domain.refusal import Refusal
from alignment.domain.review import Agenda
from alignment.domain.strategy import Strategies
from alignment.paper import Chart, Document, Grid, Lane, Section
from alignment.paper.document import SANS, SERIF
from alignment.ui import decisions, pictures, session, strategies, words
from alignment.ui.view import View

MOST_LANES = 14

html, pdf = paper.html, paper.pdf


def of(view: View, answer: Strategies, agenda: Agenda, due: tuple[str, str]) -> Document:
    """Return the document of a period's review, in the reader's notation."""
    company = view.snapshot.company
    title = f"Quarterly review, {words.period(agenda.period)}{f': {company}' if company else ''}"
    return Document(
        title,
        view.lead_note,
        (
            Section("The review", (f"{due[0]}.", *([due[1]] if due[1] else []))),
            *(Section(topic.title, (), topic.lines or (topic.nothing,)) for topic in agenda.topics),
            *_quality(view, answer.by),
            Section(
                f"Strategies: {answer.by}s, {answer.basis.label}",
                (answer.needs,) if answer.needs else (),
                grid=_grid(view, answer),
            ),
            *_on_record(agenda),
            Section("How it is counted", (answer.passport.formula, *_left_out(answer))),
        ),
    )


def _grid(view: View, answer: Strategies) -> Grid:
    rows = answer.rows[: strategies.MOST_ROWS]
    return Grid(
        (answer.by, *strategies.COLUMNS[:-1]),
        tuple((answer.called(row.name), *strategies.cells(view, row)) for row in rows),
        ("all", *strategies.cells(view, answer.total)),
    )


def _left_out(answer: Strategies) -> tuple[str, ...]:
    return tuple(f"{count:,} {why}" for why, count in answer.passport.left_out)


def _on_record(agenda: Agenda) -> tuple[Section, Section]:
    agreement = session.agreement()
    made = decisions.of_period(decided(agreement.decisions.every()), agenda.period)
    said = decisions.of_period(explained(agreement.spend_reasons.every()), agenda.period)
    told = tuple(". ".join(decisions.decision_words(each, agenda.period)) for each in made)
    reasons = tuple(". ".join(decisions.because_words(each)) for each in said)
    return (
        Section("What we decided", (), told or ("Nothing is decided yet.",)),
        Section("Why we spent", (), reasons or ("Nobody has said yet why we spent.",)),
    )


def _quality(view: View, by: str) -> tuple[Section, ...]:
    start, end = pictures.usual_pair(view)
    title = f"Volume and quality: {start.label}s and {start.label} → {end.label}"
    try:
        found = pictures.quality_by(view, start, end, by)
    except Refusal as refusal:
        return (Section(title, (str(refusal),)),)
    if found.is_empty:
        return (Section(title, (f"No lead entered {start.label} in these days.",)),)
    return (Section(title, chart=_chart(view, found, by)),)


def _chart(view: View, found: SourceQuality, by: str) -> Chart:
    shown = found.rows[:MOST_LANES]
    lanes = [_lane(view, row, by) for row in shown]
    label = f"{found.start.label} → {found.end.label}"
    heads = (f"{found.start.label}s", f"{label} with its 95 % interval")
    say = view.reader.words
    takeaway = "; ".join(
        f"{lane.name}: {lane.text}, {say.rate(row.rate)}" for lane, row in zip(lanes, shown, strict=True)
    )
    rest = len(found.rows) - len(shown)
    more = f" {rest} smaller ones are left out." if rest else ""
    caption = (
        f"Bars: {found.start.label}s of the period. Marks: {label} of those old enough, {view.window_words};"
        f" hollow under 30.{more}"
    )
    return Chart(paper.lanes(lanes, heads, SANS), paper.lanes(lanes, heads, SERIF), caption, takeaway)


def _lane(view: View, row: SourceRow, by: str) -> Lane:
    name, text = row.source or f"no {by}", view.reader.words.count(row.entered)
    rate = row.rate
    if rate.is_too_small or rate.value is None or rate.interval is None:
        return Lane(name, row.entered, text, instead=f"n too small ({rate.denominator})")
    return Lane(name, row.entered, text, rate.value, rate.interval, rate.is_small_sample)
