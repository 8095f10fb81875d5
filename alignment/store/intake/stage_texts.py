"""Which texts of a stage column mean what: found once among its few different texts, not row by row."""

from collections.abc import Mapping
from dataclasses import dataclass

from alignment.domain.known_names import folded
from alignment.metrics.query import literal
from alignment.store.intake.workbench import Workbench

_BARE = "regexp_replace(lower(stage), '[^0-9a-z]+', '', 'g')"
_FEW = 100


@dataclass(frozen=True)
class Meant:
    """The condition that `stage` means something, and in how many rows it does."""

    condition: str
    rows: int


def meant(
    bench: Workbench, relation: str, stage: str, words: Mapping[str, tuple[str, ...]]
) -> dict[str, Meant]:
    """Return by meaning, given its words, what holds of a relation's stages; `stage` is their query text."""
    asked = ", ".join(
        f"list(stage) filter ({any_of(known)}), coalesce(sum(alike) filter ({any_of(known)}), 0)"
        for known in words.values()
    )
    found = iter(
        bench.one(
            f"select {asked} from (select {stage} as stage, count(*) as alike from {relation} "
            "where problem is null group by 1)"
        )
    )
    return {
        meaning: Meant(_among(next(found) or [], any_of(known)), int(next(found)))
        for meaning, known in words.items()
    }


def any_of(words: tuple[str, ...]) -> str:
    """Return the condition that the stage is one of the words; those without Latin letters must be exact."""
    if not words:
        return "false"
    bare = ", ".join(literal(folded(word) or word) for word in words)
    exact = ", ".join(map(literal, words))
    return f"({_BARE} in ({bare}) or stage in ({exact}))"


def _among(texts: list[str], otherwise: str) -> str:
    """Return the condition that the stage is one of the texts; unknown without a stage, as ever."""
    if len(texts) > _FEW:
        return otherwise
    return f"(stage in ({', '.join(map(literal, texts))}))" if texts else "(stage <> stage)"
