"""By what a lead counts as MQL: as the CRM recorded it, or as a definition judges it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from alignment.domain.agreement import Draft, Version
from alignment.domain.definition import Definition
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal

RECORDED, AS_WAS, DRAFT = "recorded", "as-was", "draft"


@dataclass(frozen=True)
class Span:
    """A definition that judges from a day on (None: from the beginning), by its name."""

    since: date | None
    name: str
    definition: Definition


@dataclass(frozen=True)
class Judged:
    """What makes a lead an MQL; `token` is how an address and the command line write it.

    Without spans: that the CRM recorded it, on the day of `mql_at`. With spans, oldest first: that the span
    of its day hands it off. Its day is that of `mql_at` where it is recorded, else that of its creation.
    """

    token: str = RECORDED
    spans: tuple[Span, ...] = ()

    def __str__(self) -> str:
        """Return what follows "MQLs" in a sentence."""
        if self.is_recorded:
            return "as recorded in the CRM"
        return "by the version in force that day" if self.token == AS_WAS else f"by {self.spans[0].name}"

    @property
    def is_recorded(self) -> bool:
        """Tell whether the CRM's own word counts."""
        return not self.spans

    @property
    def explained(self) -> str:
        """Return the sentences that a passport says of it."""
        if self.is_recorded:
            return "A lead counts as MQL as the CRM recorded it, on the day of mql_at."
        held = "the version in force on its day" if self.token == AS_WAS else self.spans[0].name
        return (
            f"A lead counts as MQL when {held} hands it off{self._since}. Its day is that of mql_at, or of"
            " its creation where no mql_at is recorded; its values are those that the table holds now."
        )

    @property
    def _since(self) -> str:
        if len(self.spans) == 1:
            return f" ({self.spans[0].name}, the whole time)" if self.token == AS_WAS else ""
        later = ", ".join(f"{span.name} since {span.since}" for span in self.spans[1:])
        return f" ({self.spans[0].name} at first, {later})"

    def on(self, day: date) -> Span:
        """Return the span that judges on a day; only for what is not as recorded."""
        return next(span for span in reversed(self.spans) if span.since is None or span.since <= day)

    def within(self, period: Period) -> tuple[Span, ...]:
        """Return the spans that judge on some day of the period, oldest first."""
        ends = [*(span.since for span in self.spans[1:]), None]
        return tuple(
            span
            for span, end in zip(self.spans, ends, strict=True)
            if (span.since is None or span.since < period.end) and (end is None or period.start < end)
        )

    @classmethod
    def as_was(cls, versions: Sequence[Version]) -> Self:
        """Return the judgement by the version in force on each day, from all versions, oldest first.

        Of two versions the newer one holds from its own day on. The first one with criteria holds before its
        day too: a ledger begins with an empty version, which judges nobody. Raises Refusal where all are.
        """
        with_criteria = (place for place, version in enumerate(versions) if version.definition.criteria)
        first = next(with_criteria, None)
        if first is None:
            raise Refusal("No version of the definition has criteria yet: it can't tell who is an MQL.")
        spans: list[Span] = []
        for version in reversed(versions[first + 1 :]):
            since = version.terms.effective_on
            if since and all(later.since and since < later.since for later in spans[:1]):
                spans.insert(0, _span(version, since))
        return cls(AS_WAS, (_span(versions[first], None), *spans))

    @classmethod
    def as_if(cls, version: Version) -> Self:
        """Return the judgement by one version, whatever the day."""
        return cls(str(version.number), (_span(version, None),))

    @classmethod
    def by_draft(cls, draft: Draft) -> Self:
        """Return the judgement by the draft as it stands, whatever the day."""
        return cls(DRAFT, (Span(None, "the draft", draft.definition),))


AS_RECORDED = Judged()


def _span(version: Version, since: date | None) -> Span:
    return Span(since, f"version {version.number}", version.definition)
