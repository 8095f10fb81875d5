"""`definition scout`: what the scout samples tell so far, and drawing another one for the CRM."""

import json
import secrets
from pathlib import Path
from typing import Annotated

import typer

from alignment import agreement as agreements
from alignment.agreement import Agreement
from alignment.commands.places import refuse_unwritable
from alignment.commands.words import Row
from alignment.config import settings
from alignment.domain.agreement import Person, Side
from alignment.domain.scout import LARGEST_SEED, USUAL_SHARE, ScoutResult, refuse_share
from alignment.errors import DefinitionError, UnknownTermError
from alignment.store import row_file
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import Warehouse
from alignment.whatif import judged_by
from alignment.whatif import scout as scouting


def scout(
    ledger: Annotated[
        str | None, typer.Option("--ledger", metavar="URL", help="where the agreement is kept")
    ] = None,
    warehouse: Annotated[Path | None, typer.Option("--warehouse", metavar="FILE.duckdb")] = None,
    into: Annotated[
        Path | None, typer.Option(metavar="FILE.csv|FILE.parquet", help="draw a sample into this file")
    ] = None,
    share: Annotated[
        float, typer.Option(metavar="0.05", help="of the leads that could be drawn")
    ] = USUAL_SHARE,
    name: Annotated[str, typer.Option(metavar="NAME", help="who draws it")] = "",
    side: Annotated[str, typer.Option(metavar="marketing|sales", help="for whom")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """Say what the scout samples tell; with --into, draw another below the draft's cutoff for the CRM."""
    tables = Warehouse(warehouse or settings().warehouse)
    snapshot = tables.snapshot()
    agreement = agreements.opened(ledger or settings().ledger_url(is_sample=snapshot.is_sample), tables)
    if into:
        _draw(snapshot, agreement, Person(name.strip(), _side(side)), share, into)
    found = scouting.result(snapshot, agreement.scouts.every())
    waiting = scouting.eligible(snapshot, agreement.draft().definition, agreement.scouts.every())
    if as_json:
        typer.echo(json.dumps({**_row(found), "could_be_drawn": waiting}, indent=2))
        return
    typer.echo(f"{_told(snapshot, found)}\n{waiting:,} more leads could be drawn.")


def _draw(snapshot: Snapshot, agreement: Agreement, who: Person, share: float, into: Path) -> None:
    """Draw a sample, keep it, and write it to a file; refuse first what could not be written."""
    refuse_share(share)
    refuse_unwritable(into, "--into")
    if into.suffix.lower() not in row_file.ENDINGS:
        raise UnknownTermError(f"A scout sample goes into a file ending in .csv or .parquet, got “{into}”.")
    seed, draft, samples = secrets.randbelow(LARGEST_SEED), agreement.draft(), agreement.scouts.every()
    kept = agreement.scouts.keep(who, scouting.draw(snapshot, draft, who, share, seed, samples))
    try:
        row_file.write(scouting.rows(kept), into, {"scout_sample": str(kept.number), "seed": str(seed)})
    except OSError as error:
        message = (
            f"{into} can't be written: {error.strerror}. The sample is kept: take its file from the "
            "definition page, “How good is it”."
        )
        raise DefinitionError(message) from error
    typer.echo(f"Scout sample {kept.number}: {len(kept.leads):,} leads are in {into}; {kept.rule}.", err=True)


def _side(word: str) -> Side:
    sides = [side for side in Side if side.may_edit]
    if word.strip().lower() not in sides:
        raise UnknownTermError(f"--side needs one of {', '.join(sides)}, got “{word}”.")
    return Side(word.strip().lower())


def _told(snapshot: Snapshot, found: ScoutResult) -> str:
    if not found.drawn:
        return "No scout sample has been drawn yet."
    outcome = judged_by(snapshot)
    stage = outcome.stage.label if outcome else "SQL"
    within = f" within {outcome.window} days" if outcome and outcome.window is not None else ""
    return (
        f"Of {found.drawn:,} leads drawn, became {stage}{within}: {found.rate}. "
        f"Too young: {found.too_young:,}; not worked yet: {found.unworked:,}; worked before the draw: "
        f"{found.worked_before:,}; at an unknown time: {found.undated:,}; gone: {found.gone:,}."
    )


def _row(found: ScoutResult) -> Row:
    return {
        "drawn": found.drawn,
        "converted": found.rate.numerator,
        "judged": found.rate.denominator,
        "low": found.rate.low,
        "high": found.rate.high,
        "too_young": found.too_young,
        "unworked": found.unworked,
        "worked_before": found.worked_before,
        "undated": found.undated,
        "gone": found.gone,
    }
