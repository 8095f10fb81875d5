"""Where a load does its work: a locked-down DuckDB that reaches a scratch folder and the load's files."""

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from contextlib import contextmanager
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
    "max_vacuum_tasks": "0",  # row groups as they were written: joining small ones writes the file twice
}
"""How a database is opened that touches anybody's data: nothing is installed, loaded or remembered."""


def silent(_share: float, _words: str) -> None:
    """Tell nobody."""


@dataclass
class Workbench:
    """A scratch folder beside the target, the connection that works in it, and who is told of the progress.

    `scratch` is a database for what is staged, `target` the one being built. `part` is between which shares
    of the whole load (0 … 1) the present table's lies.
    """

    folder: Path
    readable: tuple[Path, ...] = ()
    on_progress: OnProgress = silent
    memory_limit: str = "1500MB"
    part: tuple[float, float] = (0.0, 1.0)
    connection: duckdb.DuckDBPyConnection = field(init=False)
    _runner: ThreadPoolExecutor = field(init=False)
    _step: tuple[float, float] = field(default=(0.0, 0.0), init=False)
    _told: tuple[float, str] = field(default=(0.0, ""), init=False)

    def __post_init__(self) -> None:
        """Open the databases, then lock everything that they don't need."""
        folder = self.folder.resolve()
        self._runner = ThreadPoolExecutor(1, "intake")
        self.connection = duckdb.connect(config={**SETTINGS, "memory_limit": self.memory_limit})
        for statement in (
            "set TimeZone = 'UTC'",
            "set enable_progress_bar = true",
            "set enable_progress_bar_print = false",
            "set progress_bar_time = 0",
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
    @contextmanager
    def beside(cls, target: Path, readable: Iterable[Path], on_progress: OnProgress) -> Generator[Self]:
        """Open a workbench on the target's own disk that may read these files; leftovers are cleared."""
        prefix = f".{target.name}.loading-"
        for left_behind in target.parent.glob(f"{prefix}*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
        try:
            with cls(folder, tuple(readable), on_progress) as bench:
                yield bench
        finally:  # also where it was cancelled before it was open
            shutil.rmtree(folder, ignore_errors=True)

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

    def step(self, begin: float, end: float) -> None:
        """Say between which shares of the table's part the next statements run."""
        first, last = self.part
        self._step = (first + begin * (last - first), first + end * (last - first))

    def tell(self, words: str = "", share: float | None = None) -> None:
        """Tell how far the load is, never less than before; the person who listens may cancel by raising."""
        told, last = self._told
        self._told = (max(told, self._step[0] if share is None else share), words or last)
        self.on_progress(*self._told)

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

    def columns(self, place: str, table: str) -> tuple[str, ...]:
        """Return the names of a table's columns, in order; none where the database has no such table.

        Cheaper than the engine's catalogue, which first lists all that the engine itself brings.
        """
        try:
            return tuple(
                name for name, *_ in self.connection.execute(f"describe {place}.{quoted(table)}").fetchall()
            )
        except duckdb.CatalogException:
            return ()

    def insert(self, table: str, rows: Iterable[tuple[str, str]]) -> None:
        """Write a few facts, bound, in one statement."""
        bound = [value for row in rows for value in row]
        marks = ", ".join(["(?, ?)"] * (len(bound) // 2))
        self.connection.execute(f"insert into {table} values {marks}", bound)

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
                self.tell(words, self._reached() if words else None)

    def _reached(self) -> float:
        """Return the share of the load that the statement under way has reached."""
        begin, end = self._step
        return begin + max(self.connection.query_progress(), 0.0) / 100 * (end - begin)
