"""`report black-hole`, `untouched`, `few-attempts`: what fell in the gap, and what is about to."""

from typing import Annotated

import typer

from alignment import report
from alignment.commands.asked import asked_of
from alignment.commands.judging import LedgerUrl
from alignment.commands.options import AsOf, Json, Judging, WarehousePath
from alignment.commands.words import Row, say, say_rows
from alignment.domain.black_hole import BlackHole
from alignment.domain.money import Money
from alignment.errors import UnknownTermError
from alignment.report.waiting_leads import ATTEMPTS, DAYS, HOURS

HOLE_BY = ("age", "source", "level", "week", "lead")


def black_hole(
    warehouse: WarehousePath = None,
    by: Annotated[str, typer.Option(help="age, source, level, week, or lead for a row each")] = "age",
    as_of: AsOf = None,
    judged: Judging = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print the hand-offs that nobody decided on and nothing happens to any more: what fell in the gap."""
    if by not in HOLE_BY:
        raise UnknownTermError(f"--by takes one of {', '.join(HOLE_BY)} here, got “{by}”.")
    asked = asked_of(warehouse, as_of=as_of, judged=judged, ledger=ledger)
    snapshot, cohort, terms = asked.snapshot, asked.cohort, asked.terms
    found = report.black_hole(snapshot, cohort, terms)
    if by == "lead":
        say_rows(report.black_hole_rows(snapshot, cohort, terms, found.worth), as_json=as_json)
        return
    say(_hole(found, by), as_json=as_json)


def untouched(
    warehouse: WarehousePath = None,
    hours: Annotated[int, typer.Option(min=0, help="for how long, on any day and at any time of it")] = HOURS,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """List the hand-offs that nobody has touched or decided on for so many hours."""
    asked = asked_of(warehouse, as_of=as_of)
    say_rows(report.untouched(asked.snapshot, asked.cohort, hours=hours), as_json=as_json)


def few_attempts(
    warehouse: WarehousePath = None,
    days: Annotated[int, typer.Option(min=0, help="in cycle for at least so many days")] = DAYS,
    attempts: Annotated[int, typer.Option(min=0, help="with fewer attempts of sales than these")] = ATTEMPTS,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """List the leads in cycle for so many days with too few attempts of sales."""
    asked = asked_of(warehouse, as_of=as_of)
    say_rows(report.few_attempts(asked.snapshot, asked.cohort, days=days, attempts=attempts), as_json=as_json)


def _hole(found: BlackHole, by: str) -> list[Row]:
    if by == "week":
        return [
            {"week": week.label, "fell_in": week.fell_in, "came_out": week.came_out, "inside": week.inside}
            for week in found.weeks
        ]
    groups = {"age": found.by_band, "source": found.by_source, "level": found.by_level}[by]()
    return [
        *(_part(by, name, *held) for name, held in groups.items()),
        {
            **_part(by, "all", found.leads, found.money),
            "hand_offs_old_enough": found.grown_up,
            "rate": found.rate.value,
        },
    ]


def _part(by: str, name: str | None, leads: int, money: Money | None) -> Row:
    return {
        by: name,
        "leads": leads,
        "expected_amount": money.amount if money else None,
        "hand_offs_old_enough": None,
        "rate": None,
    }
