"""`digest`: where the shared number stands and what changed, as a file or a message, for a scheduler."""

from pathlib import Path
from typing import Annotated

import typer

from alignment import delivery, report
from alignment.agreement import Agreement
from alignment.commands.judging import LedgerUrl, agreement_begun, default_judged, terms_in_force
from alignment.commands.options import End, Start, WarehousePath, tables_at
from alignment.commands.places import refuse_unwritable
from alignment.commands.words import day_of, whole_period
from alignment.config import settings
from alignment.domain.digest import Record
from alignment.domain.restated import Load
from alignment.store.snapshot import Snapshot
from alignment.ui import digest_html, digest_text, digest_words, words
from alignment.ui.digest_parts import Said, Teller
from alignment.ui.words import Words

ADDRESSES = "ACCORD_SEND"


def digest(
    into: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="write it as one self-contained HTML file")
    ] = None,
    text: Annotated[Path | None, typer.Option(metavar="FILE.txt", help="write it as text")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="what changed since, as 2026-01-01; else 7 days")
    ] = None,
    send: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URL",
            envvar=ADDRESSES,
            show_default=False,
            help="send it there, as in mailto://… or slack://…; several times for several places",
        ),
    ] = None,
    warehouse: WarehousePath = None,
    start: Start = None,
    end: End = None,
    ledger: LedgerUrl = None,
    locale: Annotated[str, typer.Option(help="how numbers are written, as in de-DE")] = "en",
) -> None:
    """Say where the shared goal stands and what changed: print it, write it to files, or send it."""
    for path in (into, text):
        if path:
            refuse_unwritable(path, "A digest")
    senders = delivery.opened(send or [])
    tables = tables_at(warehouse)
    snapshot = tables.snapshot()
    agreement = agreement_begun(tables, snapshot, ledger)
    wanted = report.Wanted(
        record=agreement.record() if agreement else Record(),
        period=whole_period(start, end, "--start", "--end"),
        since=day_of(since, "--since"),
        terms=terms_in_force(tables, snapshot, ledger),
        judged=default_judged(tables, snapshot, ledger),
        loads=_loads(agreement, snapshot) if agreement else (),
        calendar=settings().calendar,
    )
    told = _said(snapshot, wanted, Words.of(locale))
    plain = digest_text.text(told)
    if into:
        into.write_text(digest_html.html(told), encoding="utf-8")
    if text:
        text.write_text(plain, encoding="utf-8")
    if senders:
        delivery.send(senders, digest_words.subject(told), plain, digest_html.html(told))
    typer.echo(_done(into, text, len(senders)) or plain, nl=False)


def _loads(agreement: Agreement, snapshot: Snapshot) -> tuple[Load, ...]:
    """Return the loads on record, this one with them."""
    if load := report.closed_periods(snapshot, settings().calendar):
        agreement.loads.note(load)
    return agreement.loads.every()


def _said(snapshot: Snapshot, wanted: report.Wanted, say: Words) -> Said:
    found = report.digest(snapshot, wanted)
    as_of = f"Data {words.as_of(snapshot.as_of, snapshot.zone)}."
    whose = f"{snapshot.company}{' (sample company)' if snapshot.is_sample else ''}"
    return digest_words.said(found, Teller(say, snapshot.zone), whose, as_of)


def _done(into: Path | None, text: Path | None, sent: int) -> str:
    """Say what was done, a line each; nothing where it is to be printed."""
    lines = [f"The digest is in {path}.\n" for path in (into, text) if path]
    places = f"{sent} place{'' if sent == 1 else 's'}"
    return "".join([*lines, *([f"The digest was sent to {places}.\n"] if sent else [])])
