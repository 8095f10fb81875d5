"""The leads that one person owns, for that person alone."""

from alignment.metrics import owned as metric
from alignment.store.snapshot import Snapshot


def owned(snapshot: Snapshot, name: str) -> frozenset[str]:
    """Return the leads whose owner has exactly that name; none where the data knows no owners."""
    if not snapshot.has("leads", "owner"):
        return frozenset()
    return frozenset(snapshot.ask(metric.owned_by(name))["lead_id"].to_pylist())
