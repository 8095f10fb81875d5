"""Where a load does its work: a locked-down DuckDB that reaches a scratch folder and the load's files."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from alignment.metrics.query import literal, quoted

OnProgress = Callable[[float, str], None]
"""Called with the share done (0 … 1) and what is being done; an exception raised in it cancels the load."""

_TICK_SECONDS = 0.2
SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "python_enable_replacements": "false",
    "max_temp_directory_size": "64GB",
}
"""How a database is opened that touches anybody's data: nothing is installed, loaded or remembered."""


def _silent(_share: float, _words: str) -> None:
    """Tell nobody."""


@dataclass
class Workbench:
    """A scratch folder beside the target, the connection that works in it, and who is told of the progress.

    `scratch` is a database for what is staged, `target` the one being built.
    """

    folder: Path
    readable: tuple[Path, ...] = ()
    on_progress: OnProgress = _silent
    memory_limit: str = "1500MB"
    share: float = 0.0
    connection: duckdb.DuckDBPyConnection = field(init=False)
    _runner: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        """Open the databases, then lock everything that they don't need."""
        folder = self.folder.resolve()
        self._runner = ThreadPoolExecutor(1, "intake")
        self.connection = duckdb.connect(config={**SETTINGS, "memory_limit": self.memory_limit})
        for statement in (
            "set TimeZone = 'UTC'",
            f"set temp_directory = {literal(str(folder / 'spill'))}",
            f"attach {literal(str(folder / 'scratch.duckdb'))} as scratch",
            f"attach {literal(str(self.built))} as target (storage_version 'v1.4.0')",
            f"set allowed_directories = [{literal(str(folder))}]",
            f"set allowed_paths = [{', '.join(literal(str(path.resolve())) for path in self.readable)}]",
            "set enable_external_access = false",
            "set lock_configuration = true",
        ):
            self.connection.execute(statement)

    @property
    def built(self) -> Path:
        """Return the database file that the load builds."""
        return self.folder.resolve() / "built.duckdb"

    @classmethod
    def beside(cls, target: Path, readable: Iterable[Path], on_progress: OnProgress | None) -> "Workbench":
        """Return a workbench on the target's own disk that may read these files; leftovers are cleared."""
        prefix = f".{target.name}.loading-"
        for left_behind in target.parent.glob(f"{prefix}*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
        return cls(folder, tuple(readable), on_progress or _silent)

    def __enter__(self) -> Self:
        """Return the workbench."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close and clear away, whatever happened."""
        self._runner.shutdown()
        self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def link(self, path: Path, name: str) -> Path:
        """Return a link to a file of the load: DuckDB would take a name with `*` or `[` for many files."""
        link = self.folder.resolve() / name
        link.symlink_to(path.resolve())
        return link

    def tell(self, words: str, share: float | None = None) -> None:
        """Tell how far the load is; the person who listens may cancel by raising."""
        self.share = self.share if share is None else share
        self.on_progress(self.share, words)

    def run(self, query: str, words: str = "") -> list[tuple[Any, ...]]:
        """Run one statement and return its rows, telling of the progress while it runs."""
        pending = self._runner.submit(lambda: self.connection.execute(query).fetchall())
        try:
            return self._waited_for(pending, words)
        except BaseException:
            self.connection.interrupt()
            raise

    def one(self, query: str, words: str = "") -> tuple[Any, ...]:
        """Return the only row of an aggregate."""
        return self.run(query, words)[0]

    def insert(self, table: str, rows: Iterable[tuple[str, str]]) -> None:
        """Write a few facts, bound one by one."""
        for row in rows:
            self.connection.execute(f"insert into {table} values (?, ?)", row)

    def clear_scratch(self) -> None:
        """Let go of everything that was staged."""
        for kind in ("view", "table"):
            named = self.run(
                f"select {kind}_name from duckdb_{kind}s() where database_name = 'scratch' and not internal"
            )
            for (name,) in named:
                self.run(f"drop {kind} scratch.{quoted(name)}")

    def finish(self) -> None:
        """Write everything out and let go of the file that was built."""
        self.run("checkpoint target")
        self.run("detach target")

    def _waited_for(self, pending: "Future[list[tuple[Any, ...]]]", words: str) -> list[tuple[Any, ...]]:
        while True:
            try:
                return pending.result(timeout=_TICK_SECONDS)
            except StillRunning:
                if pending.done():
                    raise
                self.on_progress(self.share, words)
