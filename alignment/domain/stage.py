"""The stages of a lead on its way to revenue, and what it means to have reached one."""

from enum import StrEnum
from typing import Self


class Stage(StrEnum):
    """A step of the journey, in order; MEETING stands beside the path (a lead may skip it)."""

    LEAD = "lead"
    MQL = "mql"
    SAL = "sal"
    SQL = "sql"
    OPPORTUNITY = "opportunity"
    WON = "won"
    MEETING = "meeting"

    @property
    def label(self) -> str:
        """Return the stage as people write it."""
        return _LABELS[self]

    @property
    def meaning(self) -> str:
        """Return the stage's one-line meaning, from the glossary."""
        return _MEANINGS[self]

    @property
    def column(self) -> str:
        """Return the column that dates the stage: of the leads, or of the deals for the last two."""
        return _COLUMNS[self]

    @property
    def onwards(self) -> tuple[Self, ...]:
        """Return this stage and the later ones of the path: reaching any of them implies this one."""
        return PATH[PATH.index(self) :] if self in PATH else (self,)

    @property
    def earlier(self) -> tuple[Self, ...]:
        """Return the stages of the path before this one, in order."""
        return PATH[: PATH.index(self)] if self in PATH else ()


PATH = (Stage.LEAD, Stage.MQL, Stage.SAL, Stage.SQL, Stage.OPPORTUNITY, Stage.WON)

_LABELS = {
    Stage.LEAD: "Lead",
    Stage.MQL: "MQL",
    Stage.SAL: "SAL",
    Stage.SQL: "SQL",
    Stage.OPPORTUNITY: "Opportunity",
    Stage.WON: "Won",
    Stage.MEETING: "Appointment",
}
_MEANINGS = {
    Stage.LEAD: "a person known by name",
    Stage.MQL: "marketing-qualified lead: the agreed definition holds for the first time",
    Stage.SAL: "sales-accepted lead: sales takes it to work it",
    Stage.SQL: "sales-qualified lead: sales has confirmed a real opportunity",
    Stage.OPPORTUNITY: "the lead's first deal exists",
    Stage.WON: "one of the lead's deals is won",
    Stage.MEETING: "first meeting held",
}
_COLUMNS = {
    Stage.LEAD: "leads.created_at",
    Stage.MQL: "leads.mql_at",
    Stage.SAL: "leads.sal_at",
    Stage.SQL: "leads.sql_at",
    Stage.OPPORTUNITY: "deals.created_at",
    Stage.WON: "deals.closed_at",
    Stage.MEETING: "leads.meeting_at",
}


class PathRule(StrEnum):
    """How a lead that skipped a stage counts."""

    REACHED = "reached"  # a later stage implies the earlier ones
    STRICT = "strict"  # every stage, in order
    ANY = "any"  # each stage by itself
