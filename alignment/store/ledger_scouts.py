"""Scout samples in the ledger: kept as they were drawn."""

from dataclasses import replace

import sqlalchemy as sa

from alignment.domain.scout import ScoutLead, ScoutSample
from alignment.store.ledger_rows import Row, person_of, person_row
from alignment.store.ledger_schema import SCOUT_SAMPLES


def every(connection: sa.Connection) -> tuple[ScoutSample, ...]:
    """Return every scout sample, oldest first."""
    rows = connection.execute(sa.select(SCOUT_SAMPLES).order_by(SCOUT_SAMPLES.c.id))
    return tuple(_read(row) for row in rows)


def save(connection: sa.Connection, sample: ScoutSample) -> ScoutSample:
    """Keep a scout sample; return it with its number."""
    row = {
        "at": sample.at,
        **person_row(sample.who),
        "as_of": sample.as_of,
        "base": sample.base,
        "seq": sample.seq,
        "share": sample.share,
        "seed": sample.seed,
        "rule": sample.rule,
        "leads": [[lead.lead_id, lead.source, lead.score] for lead in sample.leads],
    }
    added = connection.execute(sa.insert(SCOUT_SAMPLES).values(**row).returning(SCOUT_SAMPLES.c.id))
    return replace(sample, number=added.scalar_one())


def _read(row: Row) -> ScoutSample:
    leads = tuple(ScoutLead(*lead) for lead in row.leads)
    return ScoutSample(
        person_of(row), row.at, row.as_of, row.base, row.seq, row.share, row.seed, row.rule, leads, row.id
    )
