"""The ledger's rows as values of the domain, and back."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from alignment.domain.agreement import Draft, Edit, Person, Side, Signature, Terms, Version
from alignment.domain.bid import Bid, Reveal
from alignment.domain.definition_plain import from_plain, to_plain
from alignment.store.ledger_schema import BIDS, EDITS, SIGNATURES, VERSIONS

Row = sa.Row[Any]


def newest_version(connection: sa.Connection) -> Version:
    """Return the version in force."""
    row = connection.execute(sa.select(VERSIONS).order_by(VERSIONS.c.number.desc()).limit(1)).one()
    return version_of(row, signatures_on(connection, row.number - 1, row.signed_seq))


def draft(connection: sa.Connection, known: Draft | None = None) -> Draft:
    """Return the draft: the version in force, and the edits, signatures and opened bids made on it.

    Rows are only ever added: of a draft that is `known` already only what is newer is read, and the same
    object is returned while nothing is.
    """
    number = connection.scalar(sa.select(sa.func.max(VERSIONS.c.number)))
    if known is None or known.base.number != number:
        base = newest_version(connection)
        begun = connection.scalar(sa.select(VERSIONS.c.signed_seq).where(VERSIONS.c.number == base.number))
        known = Draft(base, begun_seq=begun or 0)
    newer = connection.execute(
        sa.select(EDITS)
        .where(EDITS.c.base == known.base.number, EDITS.c.seq > known.seq)
        .order_by(EDITS.c.seq)
    )
    opened = connection.execute(sa.select(BIDS).where(BIDS.c.base == known.base.number).order_by(BIDS.c.id))
    later = known.grown(
        [edit_of(row) for row in newer],
        signatures_on(connection, known.base.number),
        tuple(reveal_of(row) for row in opened),
    )
    return known if later == known else later


def edits_after(connection: sa.Connection, seq: int) -> tuple[Edit, ...]:
    """Return all edits newer than `seq`, oldest first, whichever version they were made on."""
    return tuple(
        edit_of(row)
        for row in connection.execute(sa.select(EDITS).where(EDITS.c.seq > seq).order_by(EDITS.c.seq))
    )


def signatures_on(connection: sa.Connection, base: int, seq: int | None = None) -> tuple[Signature, ...]:
    """Return the signatures on the draft on version `base`, oldest first; at edit `seq` only, if given."""
    asked = sa.select(SIGNATURES).where(SIGNATURES.c.base == base).order_by(SIGNATURES.c.id)
    if seq is not None:
        asked = asked.where(SIGNATURES.c.seq == seq)
    return tuple(Signature(person_of(row), row.at, row.seq) for row in connection.execute(asked))


def version_of(row: Row, signatures: tuple[Signature, ...]) -> Version:
    """Read a version."""
    terms = Terms(row.reason, row.effective_on)
    return Version(row.number, from_plain(row.definition), terms, signatures, row.prediction, row.at)


def edit_of(row: Row) -> Edit:
    """Read an edit."""
    return Edit(row.seq, row.at, person_of(row), row.field, row.before, row.after, row.undoes)


def person_of(row: Row) -> Person:
    """Read who it was."""
    return Person(row.name, Side(row.side))


def reveal_of(row: Row) -> Reveal:
    """Read both sides' bids on a field."""
    marketing = Bid(Person(row.marketing_name, Side.MARKETING), row.marketing_value)
    sales = Bid(Person(row.sales_name, Side.SALES), row.sales_value)
    return Reveal(row.field, marketing, sales, row.at, row.seq)


def version_row(version: Version, signed_seq: int) -> Mapping[str, object]:
    """Return a version as a row; `signed_seq` is the edit at which both sides signed."""
    return {
        "number": version.number,
        "definition": to_plain(version.definition),
        "reason": version.terms.reason,
        "effective_on": version.terms.effective_on,
        "prediction": dict(version.prediction),
        "signed_seq": signed_seq,
        "at": version.at,
    }


def edit_row(edit: Edit, base: int) -> Mapping[str, object]:
    """Return an edit of the draft that stands on version `base` as a row."""
    return {
        "seq": edit.seq,
        "base": base,
        "at": edit.at,
        **person_row(edit.who),
        "field": edit.field,
        "before": edit.before,
        "after": edit.after,
        "undoes": edit.undoes,
    }


def signature_row(signature: Signature, base: int) -> Mapping[str, object]:
    """Return a signature on the draft that stands on version `base` as a row."""
    return {"base": base, "seq": signature.seq, **person_row(signature.who), "at": signature.at}


def reveal_row(reveal: Reveal, base: int) -> Mapping[str, object]:
    """Return both sides' bids on a field of the draft that stands on version `base` as a row."""
    return {
        "base": base,
        "seq": reveal.seq,
        "at": reveal.at,
        "field": reveal.field,
        "marketing_name": reveal.marketing.who.name,
        "marketing_value": reveal.marketing.value,
        "sales_name": reveal.sales.who.name,
        "sales_value": reveal.sales.value,
    }


def person_row(who: Person) -> Mapping[str, str]:
    """Return who it was as columns."""
    return {"name": who.name, "side": str(who.side)}
