"""What a deal's stage word and dates say: whether it is closed, whether it is won, when it should close."""

from dataclasses import dataclass

from alignment.domain.mapping import LOST_WORDS, WON_WORDS, Rule, TableMapping
from alignment.store.intake.plan import Plan
from alignment.store.intake.stage_texts import meant
from alignment.store.intake.workbench import Workbench


@dataclass(frozen=True)
class Outcome:
    """The query texts of a deal's derived columns, by name; they read the planned columns by their names."""

    columns: dict[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StageWords:
    """Which of a column's texts mean won and lost, as conditions of a query; in how many rows one does."""

    won: str
    lost: str
    rows: int

    @classmethod
    def of(cls, bench: Workbench, relation: str, stage: str, mapping: TableMapping) -> "StageWords":
        """Return those that are the mapping's own words, else the known ones; `stage` is a query text."""
        words = {"won": mapping.won or WON_WORDS, "lost": mapping.lost or LOST_WORDS}
        found = meant(bench, relation, stage, words)
        return cls(found["won"].condition, found["lost"].condition, found["won"].rows + found["lost"].rows)


NO_STAGE = StageWords("false", "false", 0)


def outcome_of(plan: Plan, words: StageWords) -> Outcome:
    """Return the derived columns of deals."""
    closed_words = words.rows
    closed, won = _closed(plan, words, closed_words), _won(plan, words, closed_words)
    columns = {name: text for name, text in (("is_closed", closed), ("is_won", won)) if text}
    if closed and won:
        columns["is_won"] = f"case when {closed} then coalesce({won}, false) end"
    if closed and plan.column("closed_at"):
        columns |= _dates(plan, closed)
    notes = _notes(plan, closed_words)
    return Outcome(columns, notes)


def _closed(plan: Plan, words: StageWords, closed_words: int) -> str:
    won = plan.column("is_won")
    if plan.column("is_closed"):
        return "is_closed"
    by_stage = f"({words.won} or {words.lost})"
    if won and won.rule is Rule.PRESENT:
        return f"(is_won or coalesce({by_stage}, false))" if closed_words else "is_won"
    if closed_words:
        return f"(is_won or {by_stage})" if won else by_stage
    return "(is_won is not null)" if won else ""


def _won(plan: Plan, words: StageWords, closed_words: int) -> str:
    if plan.column("is_won"):
        return "is_won"
    return words.won if closed_words else ""


def _dates(plan: Plan, closed: str) -> dict[str, str]:
    """Return the closing dates: that of a deal not closed is when it should close."""
    open_one = f"case when not {closed} then closed_at end"
    expected = f"coalesce(expected_close_at, {open_one})" if plan.column("expected_close_at") else open_one
    return {
        "closed_at": f"case when {closed} is distinct from false then closed_at end",
        "expected_close_at": expected,
    }


def _notes(plan: Plan, closed_words: int) -> tuple[str, ...]:
    stage = plan.column("stage")
    if not stage or closed_words or plan.column("is_closed") or plan.column("is_won"):
        return ()
    words = 'won = ["…"] and lost = ["…"]'
    unknown = f"no value of {stage.origin} is a known word for won or lost, so wins are unknown"
    return (f"{unknown}; write {words} with your own words under [deals] in the mapping",)
