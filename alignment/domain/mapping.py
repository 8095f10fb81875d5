"""How the columns of somebody's file become ours: the mapping, and the one that known names suggest."""

from dataclasses import dataclass, replace
from enum import StrEnum

from alignment.domain.contract import DEALS, LEADS, STAGE_HISTORY, TABLES, TOUCHES, Table
from alignment.domain.known_names import AFTER_CONTACT, KnownName, folded, known_names
from alignment.domain.reading import AS_FOUND, Reading

PLACEHOLDERS = (
    *("Select", "select", "N/A", "n/a", "#N/A", "NULL", "Null", "null", "NaN", "nan", "-", "--", "\\N"),
    *("(blank)", "(none)", "(No value)", "(no value)", "000000000000000AAA"),
)
"""Texts that stand for "no value" in exports; the exact spelling counts. `unknown` is a value, not one."""

WON_WORDS = ("won", "closed won", "closed-won", "deal won", "signed")
LOST_WORDS = ("lost", "closed lost", "closed-lost", "deal lost", "closed lost to competition")
"""Stage words of a closed deal; case, spaces and punctuation don't count, the whole word does."""

STEP_WORDS = {
    "mql": ("marketing qualified lead", "marketing qualified", "mql"),
    "sal": ("sales accepted lead", "sales accepted", "sal"),
    "sql": ("sales qualified lead", "sales qualified", "sql"),
    "opportunity": ("opportunity", "customer", "converted", "closed - converted"),
    "rejected": (
        *("closed - not converted", "not converted", "disqualified", "unqualified", "not qualified"),
        *("rejected", "recycled", "junk", "junk lead", "lost lead"),
    ),
}
"""By step, the status words of a lead that say so; `opportunity` is also whatever comes after it."""


class DateOrder(StrEnum):
    """In which order a column writes day, month and year."""

    DMY = "dmy"
    MDY = "mdy"
    ISO = "iso"

    @property
    def words(self) -> str:
        """Return the order as a person says it."""
        return {"dmy": "day first", "mdy": "month first", "iso": "year first"}[self.value]


class AttributesAsOf(StrEnum):
    """Of which moment the leads' attributes tell: as they stood at hand-off, or as they are today."""

    HAND_OFF = "hand_off"
    TODAY = "today"


class Rule(StrEnum):
    """How a canonical column gets its values."""

    COLUMN = "columns"  # the values of a column of the file
    PRESENT = "present"  # true where that column has a value
    SAME_AS = "same_as"  # the values of another canonical column
    CONSTANT = "constants"  # one value for every row


@dataclass(frozen=True)
class Assignment:
    """One canonical column and where its values come from: the file's column, one of ours, or a constant."""

    column: str
    origin: str
    rule: Rule = Rule.COLUMN
    reason: str = "said in the mapping"


@dataclass(frozen=True)
class TableMapping:
    """How one file becomes one canonical table.

    `after_contact` names columns of the file written after sales contact; `won` and `lost` replace the known
    stage words where they are not empty, `steps` those of a lead's step; `decimal` is the mark before the
    cents where no value proves it; `merges` say, by column of the file, which spelling is written in place
    of which.
    """

    table: str
    assignments: tuple[Assignment, ...] = ()
    after_contact: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    steps: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dates: DateOrder | None = None
    decimal: str | None = None
    merges: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def assignment(self, column: str) -> Assignment | None:
        """Return where a canonical column comes from, or None where nothing gives it."""
        return next((given for given in self.assignments if given.column == column), None)

    def origin(self, column: str) -> str | None:
        """Return the file's column that a canonical column is read from, through `same_as`."""
        given = self.assignment(column)
        if given is None or given.rule is Rule.CONSTANT:
            return None
        return self.origin(given.origin) if given.rule is Rule.SAME_AS else given.origin

    def words(self, step: str) -> tuple[str, ...]:
        """Return the status words of a lead at a step: the mapping's own, else the known ones."""
        return dict(self.steps).get(step, STEP_WORDS[step])

    def with_words(self, step: str, words: tuple[str, ...]) -> "TableMapping":
        """Return the mapping with these status words for a step, whatever they were."""
        return replace(self, steps=tuple((dict(self.steps) | {step: words}).items()))

    def merged(self, header: str) -> dict[str, str]:
        """Return which spelling of a column of the file is written in place of which."""
        return dict(dict(self.merges).get(header, ()))

    def with_merge(self, header: str, spellings: dict[str, str]) -> "TableMapping":
        """Return the mapping with these spellings of a column merged too."""
        merges = dict(self.merges) | {header: tuple((self.merged(header) | spellings).items())}
        return replace(self, merges=tuple(merges.items()))

    def with_assignment(self, given: Assignment) -> "TableMapping":
        """Return the mapping with that column given this way, whatever gave it before."""
        return replace(self, assignments=(*self.without(given.column).assignments, given))

    def without(self, column: str) -> "TableMapping":
        """Return the mapping with nothing for that column."""
        return replace(self, assignments=tuple(kept for kept in self.assignments if kept.column != column))


@dataclass(frozen=True)
class Mapping:
    """One mapping a table, and what holds for all of them.

    Attributes are those of today unless somebody says that the export kept them as of hand-off. `readings`
    say of which table's files the sheet or the header's row is known.
    """

    tables: tuple[TableMapping, ...] = ()
    placeholders: tuple[str, ...] = PLACEHOLDERS
    dates: DateOrder | None = None
    attributes_as_of: AttributesAsOf = AttributesAsOf.TODAY
    readings: tuple[tuple[str, Reading], ...] = ()

    def of(self, table: str) -> TableMapping | None:
        """Return the table's mapping, or None where it is to be suggested."""
        return next((mapping for mapping in self.tables if mapping.table == table), None)

    def with_table(self, mapping: TableMapping) -> "Mapping":
        """Return the mapping with that table mapped this way."""
        others = tuple(kept for kept in self.tables if kept.table != mapping.table)
        return replace(self, tables=(*others, mapping))

    def reading(self, table: str) -> Reading:
        """Return what was said of how the table's files are opened."""
        return dict(self.readings).get(table, AS_FOUND)

    def with_reading(self, table: str, reading: Reading) -> "Mapping":
        """Return the mapping with that table's files opened this way."""
        said = dict(self.readings) | {table: reading}
        readings = tuple((name, known) for name, known in said.items() if not known.is_found_out)
        return replace(self, readings=readings)


def suggest(table: Table, headers: tuple[str, ...]) -> TableMapping:
    """Suggest a mapping from the names alone; each assignment carries its reason."""
    by_name = {folded(header): header for header in reversed(headers) if folded(header)}
    by_own_name = {header.strip().lower().replace(" ", "_"): header for header in reversed(headers)}
    found: dict[str, Assignment] = {}
    for known in known_names(table.name, table.column_names):
        header = by_own_name.get(known.name) if known.is_ours else by_name.get(folded(known.name))
        if header and known.column not in found and header not in {given.origin for given in found.values()}:
            found[known.column] = Assignment(known.column, header, reason=_reason(known))
    after_contact = tuple(
        header
        for header in headers
        if folded(header) in AFTER_CONTACT and table is LEADS and not _taken(found, header)
    )
    assigned = tuple(found[name] for name in table.column_names if name in found)
    return _with_derived(TableMapping(table.name, assigned, after_contact))


def likely_table(headers: tuple[str, ...]) -> Table:
    """Return the table that the names tell of; in doubt the one whose needs they meet best."""
    names = {folded(header) for header in headers}
    for table, telling in _TELLING:
        if any(group <= names for group in telling):
            return table
    return max(TABLES.values(), key=lambda table: _fit(table, headers))


def _fit(table: Table, headers: tuple[str, ...]) -> tuple[bool, int]:
    mapping = suggest(table, headers)
    met = all(any(mapping.assignment(name) for name in group) for group in table.needs)
    return met, len(mapping.assignments)


_TELLING: tuple[tuple[Table, tuple[set[str], ...]], ...] = (
    (STAGE_HISTORY, ({"opportunityid", "stagename", "createddateforinsert"}, {"recordid", "enteredat"})),
    (TOUCHES, ({"callstarttime"}, {"leadid", "touchedat"}, {"whoid", "activitydate"})),
    (
        DEALS,
        (
            *(
                {"dealid", "amount"},
                {"dealstage"},
                {"stagename"},
                {"closingdate"},
                {"iswon"},
                {"potentialname"},
            ),
            *({"dealname"}, {"opportunityid"}, {"mqlid", "wondate"}),
        ),
    ),
    (
        LEADS,
        (
            *(
                {"lifecyclestage"},
                {"isconverted"},
                {"converted"},
                {"leadstatus"},
                {"hsleadstatus"},
                {"contactid"},
            ),
            *({"mqlid", "origin"}, {"dateopen", "emailfrom"}, {"becameamarketingqualifiedleaddate"}),
        ),
    ),
)
"""Names that only one kind of table has, the tables that look like another one first."""


def _taken(found: dict[str, Assignment], header: str) -> bool:
    return any(given.origin == header for given in found.values())


def _reason(known: KnownName) -> str:
    if known.is_ours:
        return "our own name"
    return "a common name" if known.crm == "any CRM" else f"{known.name} is a known name of {known.crm}'s"


def _with_derived(mapping: TableMapping) -> TableMapping:
    """Add what names imply: a file keyed by mql_id holds MQLs only, a date named `won` says who won."""
    key = mapping.assignment("lead_id")
    if (
        mapping.table == LEADS.name
        and key
        and folded(key.origin) == "mqlid"
        and mapping.assignment("created_at")
    ):
        reason = "the rows are keyed by mql_id: each lead is an MQL as soon as it is known"
        mapping = mapping.with_assignment(Assignment("mql_at", "created_at", Rule.SAME_AS, reason))
    closed = mapping.assignment("closed_at")
    if (
        closed
        and folded(closed.origin) in {"wondate", "datewon", "wontime", "wonat"}
        and not mapping.assignment("is_won")
    ):
        reason = f"a deal with a value in {closed.origin} is won"
        mapping = mapping.with_assignment(Assignment("is_won", closed.origin, Rule.PRESENT, reason))
    return mapping
