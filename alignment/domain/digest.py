"""What somebody who was away needs to know: where the shared number stands, and what changed meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias, TypeVar

from alignment.domain.agreement import Draft, Edit, Version
from alignment.domain.backtest import Backtest
from alignment.domain.cohort import Passport
from alignment.domain.coverage import Coverage
from alignment.domain.decision import Decision
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.plan import Plan
from alignment.domain.promise import Promise
from alignment.domain.promise_kept import Answered, ValueReached
from alignment.domain.refusal import Refusal
from alignment.domain.restated import Restated
from alignment.domain.revenue import Attainment, Forecast
from alignment.domain.review import Review
from alignment.domain.routing import Routing
from alignment.domain.stage import Stage

Known = TypeVar("Known")
Told: TypeAlias = Known | Refusal
"""An answer, or what the data would need for it."""

USUAL_DAYS = 7
"""How far back a digest looks where nobody says when they last looked."""


@dataclass(frozen=True)
class Record:
    """What people put on record, each oldest first; `draft` is the definition being edited now."""

    versions: tuple[Version, ...] = ()
    goals: tuple[Goal, ...] = ()
    promises: tuple[Promise, ...] = ()
    plans: tuple[Plan, ...] = ()
    routings: tuple[Routing, ...] = ()
    decisions: tuple[Decision, ...] = ()
    reviews: tuple[Review, ...] = ()
    draft: Draft | None = None

    def goal_of(self, period: Period) -> Goal | None:
        """Return the goal last set for exactly this period, None without one."""
        return next((goal for goal in reversed(self.goals) if goal.period == period), None)

    def since(self, moment: datetime) -> "Record":
        """Return what was put on record at the moment (naive UTC) or later; the draft as it is."""
        return Record(
            tuple(each for each in self.versions if each.at and each.at >= moment),
            tuple(each for each in self.goals if each.at >= moment),
            tuple(each for each in self.promises if each.at >= moment),
            tuple(each for each in self.plans if each.at >= moment),
            tuple(each for each in self.routings if each.at >= moment),
            tuple(each for each in self.decisions if each.at >= moment),
            tuple(each for each in self.reviews if each.at >= moment),
            self.draft,
        )

    def edits_since(self, moment: datetime) -> tuple[Edit, ...]:
        """Return the changes of the draft that still stand, made at the moment or later."""
        return tuple(edit for edit in self.draft.standing if edit.at >= moment) if self.draft else ()


def in_force(versions: Sequence[Version], day: date) -> Version | None:
    """Return the version that holds on a day: of those that have begun by then the newest."""
    begun = (each for each in reversed(versions) if (each.terms.effective_on or day) <= day)
    return next(begun, None)


def to_come(versions: Sequence[Version], day: date) -> Version | None:
    """Return the version that is signed and holds from a later day on; None without one."""
    newest = versions[-1] if versions else None
    return newest if newest and newest.is_to_come(day) else None


@dataclass(frozen=True)
class Came:
    """What the data brought on some days: deals won and lost, and leads by the stage that they entered.

    `stages` are those that the data can tell; the counts of deals are None where it has none.
    """

    days: Period
    won: Money | None = None
    won_count: int | None = None
    lost_count: int | None = None
    stages: Mapping[Stage, int] = field(default_factory=dict)
    passport: Passport | None = None


@dataclass(frozen=True)
class Digest:
    """Where a period stands and what changed since a day; what can't be told is the Refusal that says why.

    `goal` is None where none was set; `before` is the same on the day before `since`, by today's data. `came`
    is None where the data ends before `since`. `news` are the records made since, `moment` its first instant.
    """

    period: Period
    today: date
    since: date
    moment: datetime
    goal: Told[Attainment] | None
    before: Attainment | None
    forecast: Told[Forecast]
    backtest: Told[Backtest]
    coverage: Told[Coverage] | None
    marketing: Told[ValueReached]
    sales: Told[Answered]
    record: Record
    came: Told[Came] | None
    restated: tuple[Restated, ...] = ()

    @property
    def version(self) -> Version | None:
        """Return the definition in force on the data's day."""
        return in_force(self.record.versions, self.today)

    @property
    def next_version(self) -> Version | None:
        """Return the definition that is signed and begins later."""
        return to_come(self.record.versions, self.today)

    @property
    def news(self) -> Record:
        """Return what people put on record since."""
        return self.record.since(self.moment)
