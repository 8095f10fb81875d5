"""`report attribution`: what brought the revenue, by each model; sourced and influenced beside it."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from alignment import report
from alignment.commands.options import AsOf, End, Json, Start, WarehousePath, tables_at
from alignment.commands.words import Row, day_of, period_of, say
from alignment.domain.attribution import USUAL_HALF_LIFE, Attribution, Before, Model, Rules, Touched
from alignment.domain.revenue import Revenues
from alignment.errors import UnknownTermError

ALL = "all"


def attribution(
    warehouse: WarehousePath = None,
    model: Annotated[str, typer.Option(help=f"{', '.join(Model)}, or all")] = ALL,
    by: Annotated[str, typer.Option(help="channel, campaign or source")] = "channel",
    half_life: Annotated[float, typer.Option(help="days, of time decay")] = USUAL_HALF_LIFE,
    touches: Annotated[str, typer.Option(help="marketing, or all: those of sales too")] = "marketing",
    before: Annotated[str, typer.Option(help="influenced by touches before the creation or the close")] = (
        "creation"
    ),
    start: Start = None,
    end: End = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Print won revenue shared among touches by each model, to the cent; influenced overlaps, never added."""
    models = tuple(Model) if model == ALL else (Model(_one_of("--model", model, (*Model, ALL))),)
    whose = _one_of("--touches", touches, ("marketing", ALL))
    rules = Rules(half_life, whose != ALL, Before(_one_of("--before", before, tuple(Before))))
    snapshot, until, period = tables_at(warehouse).snapshot(), day_of(as_of, "--as-of"), period_of(start, end)
    found = report.attribution(snapshot, period, by=by, rules=rules, as_of=until)
    if as_json:
        sourced = report.revenue(snapshot, period, by="source", as_of=until)
        typer.echo(json.dumps(_told(found, models, sourced), ensure_ascii=False, indent=2))
        return
    say(_lines(found, models), as_json=False)
    typer.echo("Influenced deals overlap and may be sourced by another: never add them, nor to the models.")


def _one_of(option: str, word: str, words: Sequence[str]) -> str:
    if word not in words:
        message = f"{option} takes one of {', '.join(words)}, got “{word}”."
        raise UnknownTermError(message)
    return word


def _told(found: Attribution, models: Sequence[Model], sourced: Revenues) -> Mapping[str, Any]:
    influenced = found.influenced
    return {
        "by": found.by,
        "currency": found.won.amount.currency,
        "half_life_days": found.rules.half_life,
        "touches": "marketing" if found.rules.is_marketing_only else ALL,
        "won": _touched(found, found.won),
        "unvalued": found.unvalued,
        "rows": [
            {found.by: row.value, "deals": row.deals, **_amounts(found, row.amounts, models)}
            for row in found.rows
        ],
        "not_attributed": _touched(found, found.not_attributed),
        "influenced": influenced
        and {
            "before": influenced.before,
            "total": _touched(found, influenced.total),
            "overlapping": [
                {found.by: value, **_touched(found, each)} for value, each in influenced.by.items()
            ],
        },
        "sourced": [
            {**(row.by or {}), "amount": row.won_amount.amount if row.won_amount else None}
            for row in sourced.rows
        ],
        "left_out": dict(found.passport.left_out),
    }


def _lines(found: Attribution, models: Sequence[Model]) -> list[Row]:
    return [
        *(
            _line(found, row.value, row.deals, _amounts(found, row.amounts, models), row.value)
            for row in found.rows
        ),
        _line(
            found,
            "(not attributed)",
            found.not_attributed.deals,
            _amounts(found, dict.fromkeys(models, found.not_attributed.amount), models),
        ),
        {
            **_line(
                found,
                "(all won)",
                found.won.deals,
                _amounts(found, dict.fromkeys(models, found.won.amount), models),
            ),
            **_influence(found.influenced.total if found.influenced else None, found),
        },
    ]


def _line(
    found: Attribution, name: str | None, deals: int, amounts: Mapping[str, Any], value: str | None = ""
) -> Row:
    by = found.influenced.by if found.influenced else {}
    return {found.by: name, "deals": deals, **amounts, **_influence(by.get(value), found)}


def _influence(touched: Touched | None, found: Attribution) -> Row:
    known = _touched(found, touched) if touched else {"deals": None, "amount": None}
    return {"influenced_deals": known["deals"], "influenced_amount": known["amount"]}


def _amounts(found: Attribution, amounts: Mapping[Model, Any], models: Sequence[Model]) -> Row:
    return {model: amounts[model].amount if found.has_amounts else None for model in models}


def _touched(found: Attribution, touched: Touched) -> Row:
    return {"deals": touched.deals, "amount": touched.amount.amount if found.has_amounts else None}
