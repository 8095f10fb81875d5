"""What counts as success on a load: the stage it can tell, the days given to it, and who was worked."""

from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.metrics.level_cube import Outcome
from alignment.report.answer import USUAL, Window
from alignment.report.conversion import usual_window
from alignment.store.snapshot import Snapshot

TOUCHED_OR_DECIDED = ("first_touch_at", "sal_at", "sql_at", "rejected_at", "meeting_at")
TELL_OF_FAILURE = ("first_touch_at", "sal_at", "rejected_at")
"""Filled for leads that came to nothing too; without any of them, work shows in successes only."""
_LINKS = (("deals", "lead_id"), ("deal_leads", "lead_id"), ("leads", "converted_deal_id"))


def outcome_of(snapshot: Snapshot, stage: Stage | None, window: Window) -> Outcome | None:
    """Return the outcome to judge hand-offs by, None where the load can't tell any.

    Without a chosen stage: SQL, else opportunity, else won, whichever the load can date, or can tell at all.
    """
    wanted = (stage,) if stage else (Stage.SQL, Stage.OPPORTUNITY, Stage.WON)
    known = [found for found in wanted if can_tell(snapshot, found)]
    dated = [
        found
        for found in known
        if snapshot.as_of and snapshot.has("leads", "created_at") and can_date(snapshot, found)
    ]
    if not known:
        return None
    worked = worked_columns(snapshot)
    if not dated or window is None:
        return Outcome((dated or known)[0], None, worked)
    days = days_given(snapshot, dated[0]) if window == USUAL else window
    return Outcome(dated[0], days, worked)


def days_given(snapshot: Snapshot, stage: Stage) -> int:
    """Return the days that 80 of 100 leads took to the outcome, from hand-off or, where undated, creation."""
    try:
        return usual_window(snapshot, Stage.MQL, stage)
    except MissingColumnError:
        return usual_window(snapshot, Stage.LEAD, stage)


def worked_columns(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the columns that tell which leads sales touched or decided on.

    Where failures leave no trace, a lead that was handed off counts as worked; where hand-offs leave none
    either, every lead does.
    """
    if any(snapshot.has("leads", name) for name in TELL_OF_FAILURE):
        return _there(snapshot, *TOUCHED_OR_DECIDED)
    return _there(snapshot, "mql_at", *TOUCHED_OR_DECIDED) if snapshot.has("leads", "mql_at") else ()


def _there(snapshot: Snapshot, *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if snapshot.has("leads", name))


def can_tell(snapshot: Snapshot, stage: Stage) -> bool:
    """Tell whether the load knows which leads reached the stage."""
    if stage is Stage.OPPORTUNITY:
        converted = snapshot.has("leads", "is_converted") or snapshot.has("leads", "converted_at")
        return converted or _has_linked_deals(snapshot)
    if stage is Stage.WON:
        return _has_linked_deals(snapshot) and snapshot.has("deals", "is_won")
    return snapshot.has("leads", f"{stage}_at")


def can_date(snapshot: Snapshot, stage: Stage) -> bool:
    """Tell whether the load knows when leads reached the stage."""
    if stage is Stage.OPPORTUNITY:
        is_dated = _has_linked_deals(snapshot) and snapshot.has("deals", "created_at")
        return is_dated or snapshot.has("leads", "converted_at")
    if stage is Stage.WON:
        return can_tell(snapshot, stage) and snapshot.has("deals", "closed_at")
    return can_tell(snapshot, stage)


def _has_linked_deals(snapshot: Snapshot) -> bool:
    return snapshot.has("deals") and any(snapshot.has(table, column) for table, column in _LINKS)
