"""Whether the last load failed: kept beside the warehouse, so that every process that shows it can say so.

A load leaves a mark when it begins and takes it away when it ends, in whatever way. A mark that nobody holds
any more is the mark of a load that was killed.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alignment.store.intake.swap import is_under_way

KILLED = (
    "It was stopped before its end: killed, cut off by a time limit, or the machine stopped. Start it again."
)


@dataclass(frozen=True)
class FailedLoad:
    """A load that did not come in: when it ended or was last seen (naive UTC), its files, and why."""

    at: datetime
    files: tuple[str, ...]
    why: str


def mark_begun(target: Path, files: tuple[str, ...]) -> None:
    """Leave the mark of a load that begins; the caller holds the target."""
    _write(_begun(target), FailedLoad(_now(), files, KILLED))


def mark_ended(target: Path) -> None:
    """Take the mark of a load away, however it ended."""
    _begun(target).unlink(missing_ok=True)


def note_failed(target: Path, files: tuple[str, ...], why: str) -> None:
    """Keep why a load failed until one comes in; a disk that takes nothing any more takes no note either."""
    with suppress(OSError):
        _write(_failed(target), FailedLoad(_now(), files, why))


def forget_failed(target: Path) -> None:
    """Forget the failure: a load has come in since."""
    _failed(target).unlink(missing_ok=True)


def failed_load(target: Path) -> FailedLoad | None:
    """Return the load that failed since the last one came in, the later of two; None where none did."""
    killed = _read(_begun(target))
    if killed and is_under_way(target):
        killed = None
    found = [failure for failure in (_read(_failed(target)), killed) if failure]
    return max(found, key=lambda failure: failure.at, default=None)


def _write(path: Path, failure: FailedLoad) -> None:
    text = json.dumps({"at": failure.at.isoformat(), "files": failure.files, "why": failure.why})
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _read(path: Path) -> FailedLoad | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return FailedLoad(
            datetime.fromisoformat(kept["at"]), tuple(map(str, kept["files"])), str(kept["why"])
        )
    except (OSError, ValueError, KeyError, TypeError):  # none there, or somebody else's
        return None


def _begun(target: Path) -> Path:
    return target.with_name(f".{target.name}.begun")


def _failed(target: Path) -> Path:
    return target.with_name(f".{target.name}.failed")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
