"""What one screen looks at: the load, the choice, the reader; everything a picture is made from."""

from dataclasses import dataclass
from datetime import date

from alignment import report
from alignment.domain.stage import Stage
from alignment.store.snapshot import Snapshot
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
        return self._note(words.period(self.choice.period), self.window_words)

    @property
    def source_note(self) -> str:
        """Return the same for what has days of its own."""
        return self._note()

    @property
    def whole_note(self) -> str:
        """Return the same for what counts all sources, whichever were chosen."""
        said = f"{words.period(self.choice.period)}, {words.sources(())}"
        return " · ".join(part for part in (self._company, said, self.as_of) if part)

    def _note(self, *chosen: str) -> str:
        said = ", ".join([*chosen, words.sources(self.choice.sources)])
        return " · ".join(part for part in (self._company, said, self.as_of) if part)

    @property
    def _company(self) -> str:
        return f"{self.snapshot.company}{' (sample company)' if self.snapshot.is_sample else ''}"

    @property
    def lead_note(self) -> str:
        """Return the same for what counts leads: also what makes a lead an MQL."""
        return " · ".join(part for part in (self.note, self.mqls) if part)

    @property
    def mqls(self) -> str:
        """Say what makes a lead an MQL; nothing where neither the data nor a definition can tell."""
        judged, has_records = self.choice.judged, self.snapshot.has("leads", "mql_at")
        if judged.is_recorded:
            return f"MQLs {judged}" if has_records else ""
        return f"MQLs {judged}" if has_records else f"MQLs {judged}: the CRM recorded none"

    @property
    def window_words(self) -> str:
        """Say how long leads are given."""
        return "usual window" if self.choice.window == report.USUAL else words.window(self.choice.window)

    def caption(self, title: str, *, can_leave: bool) -> Caption | None:
        """Return what a picture says about itself outside the app; None for one that stays on the board."""
        return Caption(title, self.note) if can_leave else None

    def lead_caption(self, title: str, *, can_leave: bool) -> Caption | None:
        """Return the same for a picture that counts leads."""
        return Caption(title, self.lead_note) if can_leave else None

    def days(self, start: Stage, end: Stage) -> int | None:
        """Return the days that leads are given between two stages; raise MissingColumnError without dates."""
        if self.choice.window == report.USUAL:
            return ask(report.usual_window, self.snapshot, start, end, judged=self.choice.judged)
        return self.choice.window
