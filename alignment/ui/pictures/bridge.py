"""The picture of the restatement bridge: why there are more or fewer MQLs than in another period."""

from alignment import report
from alignment.domain.bridge import Bridge
from alignment.domain.judged import Judged
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.ui import charts, words
from alignment.ui.answers import ask
from alignment.ui.charts import Caption
from alignment.ui.panels import Picture
from alignment.ui.table import Table
from alignment.ui.view import View
from alignment.ui.words import Words


def bridge(view: View, before: Period, now: Period, as_was: Judged) -> Picture:
    """Return the way from the MQLs of one period to those of another, judged by the versions in force."""
    found = ask(report.bridge, view.snapshot, before, now, as_was, sources=view.choice.sources)
    if found.is_empty:
        raise Refusal(f"No lead became MQL in {words.period(before)} or in {words.period(now)}.")
    title = f"MQLs, {words.period(before)} → {words.period(now)}"
    said = sentence(found, view.reader.words)
    note = f"{view.source_note} · {_mqls(found)}"
    figure = charts.bridge(found, view.reader, Caption(title, note))
    return Picture(title, figure, said, table(found), found.passport, note)


def sentence(found: Bridge, say: Words) -> str:
    """Say the change and its three parts: `212 more MQLs: 150 by more leads, 80 by version 3, …`."""
    more, size = "more" if found.change > 0 else "fewer", abs(found.change)
    opening = f"{say.count(size)} {more} MQL{'' if size == 1 else 's'}" if size else "As many MQLs"
    leads = "more leads" if found.demand >= 0 else "fewer leads"
    parts = [
        f"{say.signed(found.demand)} by {leads}",
        f"{say.signed(found.definition)} by {_definition(found)}",
    ]
    parts.append(f"{say.signed(found.data)} otherwise recorded" if found.has_records else "none by data")
    return f"{opening}: {', '.join(parts)}"


def _definition(found: Bridge) -> str:
    if not found.changed_to:
        return "the definition (unchanged)"
    *others, last = [name.removeprefix("version ") for name in found.changed_to]
    return f"versions {', '.join(others)} and {last}" if others else f"version {last}"


def _mqls(found: Bridge) -> str:
    return "MQLs as recorded in the CRM" if found.has_records else "MQLs as judged: the CRM recorded none"


def table(found: Bridge) -> Table:
    """Return the bridge's rows: both ends and what lies between, each also as a share of the MQLs before."""
    ends = [(words.period(each.period), each.recorded) for each in (found.before, found.now)]
    rows = [ends[0], *((name, count) for name, count in found.parts), ends[1]]
    return Table(
        ("MQLs", "count", "share of before, %"),
        tuple((name, count, _percent(found.share(count))) for name, count in rows),
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100
