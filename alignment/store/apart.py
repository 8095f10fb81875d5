"""Work on files that people bring, in a process of its own: it can be cancelled and can't harm the server."""

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Thread
from typing import Generic, TypeAlias, TypeVar, cast

from alignment.config import ROOT
from alignment.domain.refusal import Refusal
from alignment.errors import AccordError, UnreadableFileError

Result = TypeVar("Result")
OnProgress: TypeAlias = Callable[[float, str], None]

LARGEST_MEMORY_BYTES = 8 << 30
_LOOK_SECONDS = 0.1
_PATIENCE_SECONDS = 5.0

_BROKEN_OFF = (
    "The work on the files broke off, perhaps because they need more memory than there is. "
    "What was loaded before is still there. Try fewer or smaller files."
)


class CancelledError(AccordError):
    """Somebody cancelled the work."""


@dataclass
class Apart(Generic[Result]):
    """A task at work in its own process: `task(on_progress)`, a function of a module or a partial of one.

    `share` (0 … 1) and `words` say how far it is. `afterwards` is called at the end, however it ended, on a
    thread of this process.
    """

    task: Callable[[OnProgress], Result]
    afterwards: Callable[[], None] = lambda: None
    share: float = 0.0
    words: str = "Starting"
    began: float = field(default_factory=time.monotonic, init=False)
    _answer: Result | None = field(default=None, init=False)
    _refusal: Refusal | None = field(default=None, init=False)
    _is_cancelled: bool = field(default=False, init=False)
    _listener: Thread = field(init=False)

    def __post_init__(self) -> None:
        """Start the process and listen to it."""
        ours, theirs = Pipe()
        with theirs:
            child = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
                [sys.executable, "-m", "alignment.store.apart", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                cwd=ROOT,
            )
        self._listener = Thread(target=self._listen, args=(child, ours), daemon=True)
        self._listener.start()

    @property
    def seconds(self) -> float:
        """Return how long it has been at work."""
        return time.monotonic() - self.began

    @property
    def is_done(self) -> bool:
        """Tell whether the work has ended and everything after it is done."""
        return not self._listener.is_alive()

    def cancel(self) -> None:
        """Have the work stopped; it tidies up behind itself, and `result` raises CancelledError."""
        self._is_cancelled = True

    def result(self) -> Result:
        """Wait for the end and return the answer; raise the Refusal that the work ended with."""
        self._listener.join()
        if self._refusal is not None:
            raise self._refusal
        return cast("Result", self._answer)  # an answer may be None itself

    def _listen(self, child: subprocess.Popen[bytes], line: Connection) -> None:
        try:
            with line:
                line.send(self.task)
                self._hear(line)
        except (EOFError, OSError):
            self._refusal = UnreadableFileError(_BROKEN_OFF)
        finally:
            # The line is closed: a child that still works finds nobody to tell of its progress, and ends.
            try:
                child.wait(_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            self.afterwards()

    def _hear(self, line: Connection) -> None:
        while not self._is_cancelled:
            if not line.poll(_LOOK_SECONDS):
                continue
            match line.recv():
                case ("progress", share, words):
                    self.share, self.words = share, words
                case ("answer", answer):
                    self._answer = answer
                    return
                case ("refused", refusal):
                    self._refusal = refusal
                    return
        self._refusal = CancelledError("The load was cancelled. What was loaded before is still there.")


def _work(line: Connection) -> None:
    """Do the one task that comes down the line and send back what came of it."""

    def tell(share: float, words: str) -> None:
        line.send(("progress", share, words))

    task = line.recv()
    try:
        answer = ("answer", task(tell))
    except Refusal as refusal:
        answer = ("refused", refusal)
    line.send(answer)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system can
        import resource  # noqa: PLC0415 - there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY_BYTES, LARGEST_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    with suppress(BrokenPipeError, ConnectionResetError):  # cancelled: nobody listens any more
        _work(Connection(int(sys.argv[1])))
