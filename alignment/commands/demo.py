"""`demo`: the sample company, to look around with before one's own data is in."""

from pathlib import Path
from typing import Annotated

import typer

from alignment.commands.words import day_of
from alignment.sample import company


def demo(
    into: Annotated[Path, typer.Option(help="the DuckDB file to write")],
    leads: Annotated[int, typer.Option(help="how many leads")] = company.LEADS,
    seed: Annotated[int, typer.Option(help="another seed makes another company")] = company.SEED,
    as_of: Annotated[str | None, typer.Option(help="the last day of its 24 months; else yesterday")] = None,
) -> None:
    """Write the sample company as a warehouse file."""
    company.write(into, leads=leads, seed=seed, as_of=day_of(as_of, "--as-of"), on_progress=_show)
    typer.echo(f"The sample company is in {into}.")


def _show(written: int, leads: int) -> None:
    if leads > company.LEADS:
        typer.echo(f"{written:,} of {leads:,} leads", err=True)
