"""One lead: what the tables hold of it, and its whole trace to the deal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from alignment.domain.money import CENTS, Money
from alignment.domain.stage import Stage
from alignment.domain.trace import Event, Happening, Trace, is_before, local_day, trace_of
from alignment.errors import UnknownTermError
from alignment.metrics import lead as metric
from alignment.store.snapshot import Snapshot

Row: TypeAlias = Mapping[str, Any]

MOST_TOUCHES = 200
MOST_FOUND = 8
STAGES = {"mql_at": Stage.MQL, "sal_at": Stage.SAL, "sql_at": Stage.SQL, "meeting_at": Stage.MEETING}
NOTES = {
    "first_touch_at": "First touch by sales",
    "last_activity_at": "Last activity",
    "converted_at": "Became an opportunity",
}


@dataclass(frozen=True)
class Lead:
    """A lead as the tables hold it: `values` by column, and its trace."""

    lead_id: str
    values: Row
    trace: Trace


def lead(snapshot: Snapshot, lead_id: str) -> Lead:
    """Return the lead of that id; raise UnknownTermError where there is none."""
    rows = snapshot.ask(metric.one_lead(lead_id)).to_pylist()
    if not rows:
        raise UnknownTermError(
            f"There is no lead “{lead_id}” in the data. Check the id, or search by part of it."
        )
    return Lead(lead_id, rows[0], _trace(snapshot, rows[0]))


def leads_named(snapshot: Snapshot, part: str) -> tuple[str, ...]:
    """Return the first ids that hold the text, the very one first."""
    found = snapshot.ask(metric.leads_named(part.strip(), MOST_FOUND))
    return tuple(found.column("lead_id").to_pylist()) if part.strip() else ()


def _trace(snapshot: Snapshot, row: Row) -> Trace:
    lead_id = row["lead_id"]
    touches = snapshot.ask(metric.touches_of(lead_id, MOST_TOUCHES)).to_pylist()
    deals = snapshot.ask(metric.deals_of(lead_id)).to_pylist()
    stages = snapshot.ask(metric.stages_of(lead_id)).to_pylist()
    currencies = {deal["deal_id"]: deal["currency"] or snapshot.currency for deal in deals}
    events = [
        *_of_lead(row),
        *map(_touch, touches),
        *(
            event
            for deal in deals
            for event in _of_deal(deal, currencies, is_own=_is_own(snapshot, row, deal))
        ),
        *(_entered(stage, currencies) for stage in stages),
    ]
    more = touches[0]["touches"] - len(touches) if touches else 0
    odd = _odd_deals(deals, snapshot.zone)
    remarks = [*_undated(row, deals), *_expansion(snapshot, row, deals)]
    found = trace_of(events, snapshot.as_of, snapshot.zone, remarks, odd)
    return replace(found, more_touches=more)


def _of_lead(row: Row) -> Iterator[Event]:
    if row["created_at"]:
        source = ", ".join(filter(None, (row["source"], row["campaign"])))
        yield Event(row["created_at"], Happening.STAGE, "Lead created", source, stage=Stage.LEAD)
    if row["assigned_at"]:
        yield Event(row["assigned_at"], Happening.NOTE, "Given to its owner", row["owner"] or "")
    for column, stage in STAGES.items():
        if row[column]:
            yield Event(row[column], Happening.STAGE, stage.label, stage.meaning, stage=stage)
    for column, what in NOTES.items():
        if row[column]:
            stage = Stage.OPPORTUNITY if column == "converted_at" else None
            yield Event(row[column], Happening.STAGE if stage else Happening.NOTE, what, stage=stage)
    if row["rejected_at"]:
        yield Event(row["rejected_at"], Happening.STAGE, "Sent back by sales", row["rejection_reason"] or "")


def _touch(row: Row) -> Event:
    by = {True: "marketing", False: "sales"}.get(row["is_marketing"])
    detail = ", ".join(filter(None, (row["campaign"], by and f"by {by}")))
    return Event(row["touched_at"], Happening.TOUCH, f"Touch: {row['channel'] or 'unknown channel'}", detail)


def _entered(row: Row, currencies: Mapping[str, str]) -> Event:
    of = f"deal {row['deal_id']}" if row["deal_id"] else "in the CRM"
    money = _money(row["amount"], currencies[row["deal_id"]]) if row["deal_id"] else None
    return Event(row["entered_at"], Happening.NOTE, f"Stage: {row['stage'] or 'unnamed'}", of, money)


def _of_deal(deal: Row, currencies: Mapping[str, str], *, is_own: bool) -> Iterator[Event]:
    """Yield a deal's beginning and end; one that isn't the lead's own reaches no stage of the lead."""
    name = f"Deal {deal['deal_id']}"
    money = _money(deal["amount"], currencies[deal["deal_id"]])
    if deal["created_at"]:
        stage = Stage.OPPORTUNITY if is_own else None
        worth, present = (None, "") if deal["closed_at"] else (money, deal["stage"] or "")
        yield Event(deal["created_at"], Happening.DEAL, f"{name} opened", present, worth, stage)
    if deal["closed_at"]:
        what, detail = {
            True: (f"{name} won", ""),
            False: (f"{name} lost", deal["lost_reason"] or ""),
        }.get(deal["is_won"], (f"{name} closed", "won or lost is not told"))
        stage = Stage.WON if deal["is_won"] and is_own else None
        yield Event(deal["closed_at"], Happening.DEAL, what, detail, money, stage)


def _is_own(snapshot: Snapshot, row: Row, deal: Row) -> bool:
    """Tell whether the deal counts as the lead's: one from before its first day is expansion."""
    known, opened = row["created_at"], deal["created_at"]
    return not (known and opened and local_day(opened, snapshot.zone) < local_day(known, snapshot.zone))


def _expansion(snapshot: Snapshot, row: Row, deals: list[Row]) -> Iterator[str]:
    for deal in deals:
        if not _is_own(snapshot, row, deal):
            yield f"Deal {deal['deal_id']} is older than the lead: expansion, not what came of the lead."


def _undated(row: Row, deals: list[Row]) -> Iterator[str]:
    """Say what is known without a time."""
    if row["created_at"] is None:
        yield "Nobody wrote down when the lead became known."
    if row["is_converted"] and row["converted_at"] is None:
        yield "The lead became an opportunity; nobody wrote down when."
    for deal in deals:
        name = f"Deal {deal['deal_id']}"
        if deal["created_at"] is None:
            yield f"{name} exists; nobody wrote down since when."
        if deal["is_won"] and deal["closed_at"] is None:
            yield f"{name} is won; nobody wrote down when."


def _odd_deals(deals: list[Row], zone: ZoneInfo) -> Iterator[str]:
    for deal in deals:
        opened, closed = deal["created_at"], deal["closed_at"]
        name = f"Deal {deal['deal_id']}"
        if (
            opened
            and closed
            and (said := is_before(f"{name} closed", closed, f"{name} opened", opened, zone))
        ):
            yield said


def _money(amount: Decimal | None, currency: str) -> Money | None:
    return None if amount is None else Money(round(amount * CENTS), currency)
