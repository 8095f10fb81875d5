"""`report levels`: the leads that come in by level, and the list of each route."""

from pathlib import Path
from typing import Annotated

import typer

from alignment import report
from alignment.commands.asked import asked_of
from alignment.commands.judging import LedgerUrl
from alignment.commands.options import AsOf, End, Json, Start, WarehousePath, tables_at
from alignment.commands.places import refuse_unwritable
from alignment.commands.words import say
from alignment.domain.levels import Destination
from alignment.errors import UnknownTermError
from alignment.store import row_file


def levels(
    warehouse: WarehousePath = None,
    route: Annotated[
        str | None, typer.Option(help="nurture, sdr, sales or none: list the leads that go there instead")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="write the list to a .csv or .parquet file, for the CRM")
    ] = None,
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    ledger: LedgerUrl = None,
    as_json: Json = False,
) -> None:
    """Print how many leads came in at each level and where its route takes them, or the list of one route."""
    if into:
        refuse_unwritable(into, "--into", [tables_at(warehouse).path])
    asked = asked_of(warehouse, start=start, end=end, as_of=as_of, ledger=ledger)
    snapshot, cohort, terms = asked.snapshot, asked.cohort, asked.terms
    if route is None and into is None:
        found = report.levels(snapshot, cohort, terms)
        rows = [
            {
                "level": row.level or "unscored",
                "route": str(row.route or "none"),
                "enters_hand_off": "yes" if row.enters_hand_off else "no",
                "leads": row.leads,
                "a_week": row.leads / len(found.weeks) if found.weeks else None,
            }
            for row in found.rows
        ]
        say(rows, as_json=as_json)
        return
    listed = report.route_rows(snapshot, cohort, terms, _destination(route) if route else None)
    if into:
        facts = {"company": snapshot.company, "route": route or "every route"}
        written = row_file.write(listed.to_reader(), into, facts)
        if as_json:
            say([{"leads": written, "into": str(into)}], as_json=True)
        else:
            typer.echo(f"{written:,} leads written to {into}.")
        return
    say([{**row, "created_day": str(row["created_day"])} for row in listed.to_pylist()], as_json=as_json)


def _destination(word: str) -> Destination:
    try:
        return Destination(word.strip().lower())
    except ValueError:
        there = ", ".join(Destination)
        raise UnknownTermError(f"--route takes one of {there}, got “{word}”.") from None
