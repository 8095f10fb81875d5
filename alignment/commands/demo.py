"""`demo`: the sample company, to look around with before one's own data is in."""

from pathlib import Path
from typing import Annotated

import typer

from alignment import imports
from alignment.commands.words import day_of
from alignment.errors import UnknownTermError, WarehouseError
from alignment.sample import company
from alignment.store.warehouse import Warehouse

MOST_LEADS = 20_000_000
"""Some 4 GB, and half an hour."""


def demo(
    into: Annotated[Path, typer.Option(help="the DuckDB file to write")],
    leads: Annotated[int, typer.Option(help="how many leads")] = company.LEADS,
    seed: Annotated[int, typer.Option(help="another seed makes another company")] = company.SEED,
    as_of: Annotated[str | None, typer.Option(help="the last day of its 24 months; else yesterday")] = None,
) -> None:
    """Write the sample company as a warehouse file; a file with anything else in it is never replaced."""
    held = imports.present(Warehouse(into)).held
    if held not in (imports.Held.NOTHING, imports.Held.SAMPLE):
        message = (
            f"{into.name} is there and holds no sample company. Name another file, or move that one away."
        )
        raise WarehouseError(message)
    if seed < 0:
        message = f"--seed needs a whole number from 0, got {seed}."
        raise UnknownTermError(message)
    if leads > MOST_LEADS:
        message = f"--leads needs a whole number up to {MOST_LEADS:,}, got {leads:,}."
        raise UnknownTermError(message)
    try:
        company.write(into, leads=leads, seed=seed, as_of=day_of(as_of, "--as-of"), on_progress=_show)
    except OSError as error:
        raise WarehouseError(f"Nothing can be written to {into.parent}: {error.strerror}.") from error
    typer.echo(f"The sample company is in {into}.")


def _show(written: int, leads: int) -> None:
    if leads > company.LEADS:
        typer.echo(f"{written:,} of {leads:,} leads", err=True)
