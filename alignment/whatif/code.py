"""The definition taken along: as a query for the company's own engines, and as scored leads for the CRM."""

from collections.abc import Iterator

import pyarrow as pa

from alignment.domain.definition import Definition
from alignment.domain.definition_words import sentence
from alignment.errors import UnknownTermError
from alignment.metrics.definition_query import asked_of, query_text, scored_leads
from alignment.metrics.dialect import DIALECTS
from alignment.metrics.query import Query
from alignment.report.judged import kinds_of
from alignment.store.snapshot import Snapshot

LEADS = "leads"
ENGINES = {name: dialect.label for name, dialect in DIALECTS.items()}
"""The engines that a definition can be taken to, by the word on the command line, with their names."""


def as_query(snapshot: Snapshot, definition: Definition, engine: str, table: str = LEADS, *notes: str) -> str:
    """Return a query that scores the leads of a table as Accord does; notes go on top as comments.

    Raises UnknownTermError for an engine that is none of ENGINES, and for an empty table name.
    """
    if engine not in DIALECTS:
        raise UnknownTermError(f"--dialect needs one of {', '.join(DIALECTS)}, got “{engine}”.")
    if not all(part.strip() for part in table.split(".")):
        raise UnknownTermError(f"--table needs a name like leads or crm.leads, got “{table}”.")
    dialect = DIALECTS[engine]
    lines = [
        *notes,
        sentence(definition),
        *_left_out(snapshot, definition),
        f"For {dialect.label}.",
        dialect.note,
    ]
    comments = "".join(map(_comment, filter(str.strip, lines)))
    return f"{comments}{query_text(definition, kinds_of(snapshot), dialect, table)};\n"


def _comment(line: str) -> str:
    """Return a line as a comment that stays one, and in which Spark finds no variable to put in."""
    return f"-- {' '.join(line.split()).replace('${', '$ {')}\n"


def scored(snapshot: Snapshot, definition: Definition) -> pa.RecordBatchReader:
    """Return every lead of the load with score, level and route, in batches; see `scored_leads`."""
    return snapshot.stream(scored_leads(definition, kinds_of(snapshot)))


def lead_count(snapshot: Snapshot) -> int:
    """Return how many leads `scored` would give."""
    return int(snapshot.ask(Query("select count(*) as leads from leads")).column("leads")[0].as_py())


def _left_out(snapshot: Snapshot, definition: Definition) -> Iterator[str]:
    """Say which criteria no lead meets, because the load can't answer them."""
    asked = asked_of(definition, kinds_of(snapshot))
    for criterion in definition.criteria:
        if criterion not in asked:
            yield f"Left out, for the load has no column that answers it: {criterion.attribute}."
