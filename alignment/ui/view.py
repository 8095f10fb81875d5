"""What one screen looks at: the load, the choice, the reader; everything a picture is made from."""

from dataclasses import dataclass
from datetime import date

from alignment import report
from alignment.domain.stage import Stage
from alignment.store.warehouse import Snapshot
from alignment.ui import words
from alignment.ui.answers import ask
from alignment.ui.charts import Caption
from alignment.ui.choice import Choice
from alignment.ui.reader import Reader


@dataclass(frozen=True)
class View:
    """One load, as chosen, for one reader. `today` is the data's newest day, None for data without dates."""

    snapshot: Snapshot
    choice: Choice
    reader: Reader
    today: date | None

    @property
    def as_of(self) -> str:
        """Say up to when the data knows anything."""
        return words.as_of(self.snapshot.as_of, self.snapshot.zone)

    @property
    def note(self) -> str:
        """Return what stands in all that leaves: whose data it is, what was chosen, the as-of."""
        company = f"{self.snapshot.company}{' (sample company)' if self.snapshot.is_sample else ''}"
        period, sources = words.period(self.choice.period), words.sources(self.choice.sources)
        chosen = f"{period}, {self.window_words}, {sources}"
        return " · ".join(part for part in (company, chosen, self.as_of) if part)

    @property
    def window_words(self) -> str:
        """Say how long leads are given."""
        return "usual window" if self.choice.window == report.USUAL else words.window(self.choice.window)

    def caption(self, title: str, *, can_leave: bool) -> Caption | None:
        """Return what a picture says about itself outside the app; None for one that stays on the board."""
        return Caption(title, self.note) if can_leave else None

    def days(self, start: Stage, end: Stage) -> int | None:
        """Return the days that leads are given between two stages; raise MissingColumnError without dates."""
        if self.choice.window == report.USUAL:
            return ask(report.usual_window, self.snapshot, start, end)
        return self.choice.window
