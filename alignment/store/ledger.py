"""The ledger: versions, edits, signatures and bids as they came; nothing is ever lost."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from alignment.domain import definition_plain
from alignment.domain.agreement import Draft, Edit, Person, Signature, Version
from alignment.domain.bid import Bid, Reveal, refuse_no_number
from alignment.domain.definition_plain import Plain
from alignment.domain.definition_words import field_label
from alignment.domain.refusal import Refusal
from alignment.errors import DefinitionError, LedgerError, NotAllowedError, StaleEditError
from alignment.store import ledger_rows as rows
from alignment.store.ledger_schema import BIDS, EDITS, SIGNATURES, TABLES, VERSIONS, WRITES, opened

Connection = sa.Connection
"""A transaction of the ledger: what the ledger_… modules read from and write to."""

REVISION = sa.select(
    sum(
        (
            sa.select(sa.func.coalesce(sa.func.max(key), 0)).scalar_subquery()
            for table in TABLES.sorted_tables
            for key in table.primary_key
        ),
        sa.literal(0),
    )
)
"""Rows are only ever added, each table numbering its own: so the sum rises with each one."""


class Ledger:
    """A database with the agreement's history, shared by all processes that open its URL.

    What a method that writes has returned is on the disk. Whether a person may write is decided by the
    caller; whether the write still fits what the ledger holds is decided here, in the writing transaction.
    """

    def __init__(self, url: str, first_versions: Callable[[], Sequence[Version]]) -> None:
        """Open the database, bring its schema up to date, begin it with these versions if it holds none."""
        self._engine = opened(url)
        self._known: tuple[int, Draft] | None = None
        with self.writing() as connection:
            if connection.scalar(sa.select(sa.func.count()).select_from(VERSIONS)) == 0:
                _begin_with(connection, first_versions())

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def revision(self) -> int:
        """Return a number that rises with everything written by anybody."""
        with self.reading() as connection:
            return int(connection.scalar(REVISION) or 0)

    def draft(self) -> tuple[int, Draft]:
        """Return the draft as it stands, and the revision at which it was read.

        It is the same object until somebody writes.
        """
        with self.reading() as connection:
            revision, known = int(connection.scalar(REVISION) or 0), self._known
            if known is None or known[0] != revision:
                known = revision, self._draft(connection)
                self._known = known  # what was read: a write may be taken back
            return known

    def versions(self) -> tuple[Version, ...]:
        """Return every version, oldest first."""
        with self.reading() as connection:
            found = connection.execute(sa.select(VERSIONS).order_by(VERSIONS.c.number)).all()
            return tuple(
                rows.version_of(row, rows.signatures_on(connection, row.number - 1, row.signed_seq))
                for row in found
            )

    def append(self, who: Person, field: str, value: Plain, seen_seq: int, at: datetime) -> Edit | None:
        """Append an edit of one field, made on the draft seen at edit `seen_seq`; None if it moves nothing.

        A side that takes what is in the draft already moves its own position by it.

        Raises StaleEditError, with who and what, when the field changed meanwhile, and Refusal when the field
        is not there or the draft can't hold the value.
        """
        value = list(value) if isinstance(value, tuple) else value
        with self.writing() as connection:
            draft = self._draft(connection)
            later = replace(draft, edits=rows.edits_after(connection, seen_seq))
            try:
                later.refuse_stale(field, seen_seq, draft.definition)
            except Refusal as stale:
                raise StaleEditError(str(stale)) from None
            if not draft.is_moved_by(who.side, field, value):
                return None
            edit = Edit(draft.seq + 1, at, who, field, draft.value_of(field), value)
            return _append(connection, draft, edit)

    def undo(self, who: Person, at: datetime) -> Edit:
        """Append the edit that takes back the person's newest one; raise Refusal when there is none."""
        with self.writing() as connection:
            draft = self._draft(connection)
            edit = draft.undoable_by(who)
            if edit is None:
                message = (
                    "There is no change of yours to take back: none made, or somebody has built on it since."
                )
                raise Refusal(message)
            return _append(
                connection, draft, Edit(draft.seq + 1, at, who, edit.field, edit.after, edit.before, edit.seq)
            )

    def sign(
        self, who: Person, seen_seq: int, prediction: Mapping[str, Plain], at: datetime
    ) -> Version | None:
        """Sign the draft seen at edit `seen_seq`; return the new version when this completes the agreement.

        Raises StaleEditError when the draft changed since, and Refusal when it is not ready to be signed.
        """
        with self.writing() as connection:
            draft = self._draft(connection)
            _refuse_changed(draft, seen_seq)
            draft.refuse_unready()
            _refuse_both_sides(draft, who)
            signature = Signature(who, at, draft.seq)
            known = draft.signature_of(who.side)
            if known is None or known.who != who:
                connection.execute(
                    sa.insert(SIGNATURES).values(**rows.signature_row(signature, draft.base.number))
                )
            signed = replace(draft, signatures=(*draft.signatures, signature))
            return _publish(connection, signed, prediction, at) if signed.is_agreed else None

    def save_reveal(self, field: str, marketing: Bid, sales: Bid, seen_seq: int, at: datetime) -> Reveal:
        """Keep both sides' bids on a field, made on the draft seen at edit `seen_seq`; the draft stays.

        Raises StaleEditError when the field changed meanwhile, and Refusal when it is not there any more.
        """
        with self.writing() as connection:
            draft = self._draft(connection)
            refuse_no_number(draft.definition, field)
            edit = replace(draft, edits=rows.edits_after(connection, seen_seq)).last_edit_of(field)
            if edit:
                label = field_label(draft.definition, field)
                message = (
                    f"{edit.who.name} changed {label} meanwhile: the bids on it are void. Please bid again."
                )
                raise StaleEditError(message)
            revealed = Reveal(field, marketing, sales, at, draft.seq)
            connection.execute(sa.insert(BIDS).values(**rows.reveal_row(revealed, draft.base.number)))
            return revealed

    def _draft(self, connection: Connection) -> Draft:
        return rows.draft(connection, self._known[1] if self._known else None)

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """Open a transaction that reads; raise LedgerError when the database can't be reached."""
        with _faults_told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """Open a transaction that writes, one at a time; on an error nothing of it is kept."""
        with (
            _faults_told(),
            self._engine.connect().execution_options(**WRITES) as connection,
            connection.begin(),
        ):
            yield connection


@contextmanager
def _faults_told() -> Generator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        fault = str(error).splitlines()[0]
        message = f"The ledger could not be reached, nothing was written: {fault} Please try again."
        raise LedgerError(message) from error


def _begin_with(connection: sa.Connection, versions: Sequence[Version]) -> None:
    for version in versions:
        connection.execute(sa.insert(VERSIONS).values(**rows.version_row(version, signed_seq=0)))
        for signature in version.signatures:
            row = rows.signature_row(replace(signature, seq=0), version.number - 1)
            connection.execute(sa.insert(SIGNATURES).values(**row))


def _append(connection: sa.Connection, draft: Draft, edit: Edit) -> Edit:
    _refuse_misfit(draft, edit)
    connection.execute(sa.insert(EDITS).values(**rows.edit_row(edit, draft.base.number)))
    return edit


def _refuse_misfit(draft: Draft, edit: Edit) -> None:
    """Raise Refusal when the draft can't hold the value."""
    try:
        if edit.field == "terms.effective_on":
            _ = edit.after and date.fromisoformat(edit.after)
        elif not edit.field.startswith("terms."):
            definition_plain.with_value(draft.definition, edit.field, edit.after)
    except Refusal:
        raise
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"{field_label(draft.definition, edit.field)} can't be {edit.after!r}; nothing was changed."
        raise DefinitionError(message) from error


def _refuse_changed(draft: Draft, seen_seq: int) -> None:
    if draft.seq == seen_seq:
        return
    if not draft.edits:
        message = f"Version {draft.base.number} came into force meanwhile; please look at it before you sign."
        raise StaleEditError(message)
    newest = draft.edits[-1]
    label = field_label(draft.definition, newest.field)
    message = f"{newest.who.name} changed {label} meanwhile; please look again before you sign."
    raise StaleEditError(message)


def _refuse_both_sides(draft: Draft, who: Person) -> None:
    other = draft.signature_of(who.side.other)
    if other and other.who.name.strip().casefold() == who.name.strip().casefold():
        message = (
            f"{other.who.name} has signed for {other.who.side} already; {who.side} signs by its own person."
        )
        raise NotAllowedError(message)


def _publish(
    connection: sa.Connection, draft: Draft, prediction: Mapping[str, Plain], at: datetime
) -> Version:
    version = Version(draft.base.number + 1, draft.definition, draft.terms, prediction=prediction, at=at)
    connection.execute(sa.insert(VERSIONS).values(**rows.version_row(version, draft.seq)))
    return rows.newest_version(connection)
