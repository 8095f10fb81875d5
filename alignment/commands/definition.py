"""`definition`: what a qualified lead is, shown, taken out as a file, brought in as edits of the draft."""

import json
from pathlib import Path
from typing import Annotated

import typer

from alignment import agreement as agreements
from alignment import whatif
from alignment.agreement import Agreement
from alignment.commands.judging import refuse_missing_ledger
from alignment.commands.places import refuse_unwritable
from alignment.commands.words import Row
from alignment.config import settings
from alignment.domain.agreement import Draft, Person, Side, Version
from alignment.domain.agreement_words import changes
from alignment.domain.definition import Definition, Level
from alignment.domain.definition_plain import to_plain
from alignment.domain.definition_steps import steps
from alignment.domain.definition_words import sentence
from alignment.errors import DefinitionError, UnknownTermError
from alignment.store import definition_file, row_file
from alignment.store.snapshot import Snapshot
from alignment.store.warehouse import Warehouse
from alignment.whatif.code import ENGINES, LEADS, as_query, scored
from alignment.whatif.scales import is_answerable

app = typer.Typer(no_args_is_help=True, help="The definition of a qualified lead: show, export, import.")

LedgerUrl = Annotated[str | None, typer.Option("--ledger", metavar="URL", help="where the agreement is kept")]
WarehouseFile = Annotated[Path | None, typer.Option("--warehouse", metavar="FILE.duckdb")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
FORMATS = ("toml", "json", "query")


@app.command()
def show(ledger: LedgerUrl = None, warehouse: WarehouseFile = None, as_json: AsJson = False) -> None:
    """Show the version in force: its sentence, its levels, and what the draft changes."""
    agreement = _agreement(ledger, warehouse)
    draft = agreement.draft()
    typer.echo(json.dumps(_row(draft), ensure_ascii=False, indent=2) if as_json else "\n".join(_lines(draft)))


@app.command()
def export(
    ledger: LedgerUrl = None,
    warehouse: WarehouseFile = None,
    version: Annotated[int | None, typer.Option(metavar="N", help="else the newest signed one")] = None,
    form: Annotated[str, typer.Option("--format", metavar="toml|json|query")] = "toml",
    engine: Annotated[
        str, typer.Option("--dialect", metavar="|".join(ENGINES), help="of a query")
    ] = "duckdb",
    table: Annotated[str, typer.Option(metavar="NAME", help="the leads, as your engine names them")] = LEADS,
    into: Annotated[Path | None, typer.Option(metavar="FILE", help="else it is printed")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="the same as --format json")] = False,
) -> None:
    """Take a version out as TOML or JSON, which `definition import` reads, or as a query for your engine."""
    form = "json" if as_json else form.strip().lower()
    if form not in FORMATS:
        raise UnknownTermError(f"--format needs one of {', '.join(FORMATS)}, got “{form}”.")
    tables = Warehouse(warehouse or settings().warehouse)
    if into:
        refuse_unwritable(into, "--into", [tables.path])
    found = _version(_begun(tables, ledger), version)
    match form:
        case "query":
            notes = definition_file.notes_of(found)
            text = as_query(tables.snapshot(), found.definition, engine.strip().lower(), table, *notes)
        case "json":
            text = definition_file.json_of(found.definition)
        case _:
            text = definition_file.text_of_version(found)
    if into is None:
        typer.echo(text, nl=False)
        return
    try:
        into.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DefinitionError(f"{into} can't be written: {error.strerror}. Choose another place.") from error
    typer.echo(f"Version {found.number} is in {into}.")


@app.command()
def score(
    into: Annotated[Path, typer.Option(metavar="FILE.csv|FILE.parquet", help="the file to write or replace")],
    ledger: LedgerUrl = None,
    warehouse: WarehouseFile = None,
    version: Annotated[int | None, typer.Option(metavar="N", help="else the newest signed one")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="by the draft instead")] = False,
) -> None:
    """Write every lead with its score, level and route, for the CRM."""
    tables = Warehouse(warehouse or settings().warehouse)
    refuse_unwritable(into, "--into", [tables.path])
    agreement = _begun(tables, ledger)
    if draft and version is not None:
        raise UnknownTermError("Choose either --version or --draft.")
    found = agreement.draft() if draft else _version(agreement, version)
    by = "the draft" if isinstance(found, Draft) else f"version {found.number}"
    snapshot = tables.snapshot()
    facts = {"definition": by, "as_of": str(snapshot.as_of or "")}
    try:
        written = row_file.write(scored(snapshot, found.definition), into, facts)
    except OSError as error:
        raise DefinitionError(f"{into} can't be written: {error.strerror}. Choose another place.") from error
    typer.echo(f"{written:,} leads, scored by {by}, are in {into}.")


@app.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="a definition as TOML or JSON")],
    name: Annotated[str, typer.Option(metavar="NAME", help="who suggests it")],
    side: Annotated[str, typer.Option(metavar="marketing|sales", help="for whom")],
    ledger: LedgerUrl = None,
    warehouse: WarehouseFile = None,
    as_json: AsJson = False,
) -> None:
    """Put a file's definition into the draft, as edits by that person; both sides sign it as always."""
    who = Person(name.strip(), _side(side))
    wanted = _read(file)
    tables = Warehouse(warehouse or settings().warehouse)
    _refuse_unanswerable(file.name, wanted, tables.snapshot())
    agreement = _opened(tables, ledger)
    draft = agreement.draft()
    edits = steps(draft.definition, wanted)
    for field, value in edits:
        draft = agreement.edit(who, field, value, draft.seq)
    if as_json:
        typer.echo(json.dumps({"edits": len(edits), **_row(draft)}, ensure_ascii=False, indent=2))
        return
    typer.echo(
        f"{file.name}: {_count(len(edits))} by {who.name} for {who.side} in the draft. {_open(draft)}"
        if edits
        else f"{file.name}: the draft is the same already; nothing was changed."
    )


def _agreement(ledger: str | None, warehouse: Path | None) -> Agreement:
    return _begun(Warehouse(warehouse or settings().warehouse), ledger)


def _begun(tables: Warehouse, ledger: str | None) -> Agreement:
    """Open the ledger to read it; one that was named and is not there is a typing error, and is refused."""
    if ledger:
        refuse_missing_ledger(tables.snapshot(), ledger)
    return _opened(tables, ledger)


def _opened(tables: Warehouse, ledger: str | None) -> Agreement:
    is_sample = tables.snapshot().is_sample
    return agreements.opened(ledger or settings().ledger_url(is_sample=is_sample), tables)


def _version(agreement: Agreement, number: int | None) -> Version:
    versions = agreement.versions()
    for version in versions:
        if version.number == number or (number is None and version is versions[-1]):
            return version
    known = ", ".join(str(version.number) for version in versions)
    raise UnknownTermError(f"There is no version {number}; the versions are {known}.")


def _lines(draft: Draft) -> list[str]:
    base = draft.base
    since = f", from {base.terms.effective_on}" if base.terms.effective_on else ""
    lines = [f"Version {base.number}{since}", sentence(base.definition), ""]
    lines += [_level(level) for level in base.definition.levels]
    changed = changes(base.definition, draft.definition)
    if changed:
        lines += ["", "The draft changes:", *(f"  {line}" for line in changed)]
    return lines


def _level(level: Level) -> str:
    within = f", within {level.sla_hours} business hours" if level.sla_hours else ""
    return f"  {level.name} from {level.cutoff} points → {level.route.label}{within}"


def _row(draft: Draft) -> Row:
    base = draft.base
    return {
        "version": base.number,
        "effective_on": base.terms.effective_on.isoformat() if base.terms.effective_on else None,
        "sentence": sentence(base.definition),
        "definition": to_plain(base.definition),
        "signed_by": {str(sign.who.side): sign.who.name for sign in base.signatures},
        "draft": to_plain(draft.definition),
        "draft_changes": list(changes(base.definition, draft.definition)),
    }


def _open(draft: Draft) -> str:
    return f"Both sides can sign it as version {draft.base.number + 1}."


def _count(edits: int) -> str:
    return "1 edit" if edits == 1 else f"{edits} edits"


def _side(word: str) -> Side:
    sides = [side for side in Side if side.may_edit]
    if word.strip().lower() not in sides:
        raise UnknownTermError(f"--side needs one of {', '.join(sides)}, got “{word}”.")
    return Side(word.strip().lower())


def _read(file: Path) -> Definition:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise DefinitionError(f"There is no file {file}. Check the name.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(f"{file} can't be read as a definition: {error}.") from None
    return definition_file.definition_of(text, file.name)


def _refuse_unanswerable(file: str, wanted: Definition, snapshot: Snapshot) -> None:
    """Raise DefinitionError when a criterion asks for what the leads lack or have in another type."""
    for criterion in wanted.criteria:
        if is_answerable(snapshot, criterion):
            continue
        column = criterion.attribute
        there = ", ".join(candidate.attribute for candidate in whatif.candidates(snapshot)) or "none"
        problem = (
            f"asks whether it is “{criterion.comparison.replace('_', ' ')}”, which its values don't suit"
            if snapshot.has("leads", column)
            else f"asks for column “{column}”, which the leads don't have"
        )
        raise DefinitionError(f"{file}: criterion “{criterion.criterion_id}” {problem}; they have {there}.")
