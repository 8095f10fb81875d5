"""What nobody can know: leads that were never worked have no outcome, and what it could do to the shares."""

from dataclasses import dataclass

from alignment.domain.rate import Rate

ANY = (0.0, 1.0)


@dataclass(frozen=True)
class Bounds:
    """The least and the most that a share can be, whatever the leads that nobody worked would have done."""

    least: float
    most: float


@dataclass(frozen=True)
class UnknownZone:
    """The mature leads that nobody worked, handed off or below the cutoff, beside those that are known.

    `found` and `missed` are known successes, handed off and below; `judged` are the known hand-offs. `scout`
    is what came of a random sample of the leads below, worked anyway: converted of worked.
    """

    handed: int
    below: int
    found: int
    missed: int
    judged: int
    scout: Rate | None = None

    @property
    def recall(self) -> Bounds | None:
        """Return the bounds of the successes handed off ÷ all successes, None where nobody can succeed.

        Best: whoever was handed off would have converted, and as few of those below as can be; worst: none of
        the first and as many of the second as can be. As can be: all or none, or by the 95 % interval of the
        scout sample.
        """
        fewest, most = (self.scout.interval if self.scout else None) or ANY
        best, worst = self.found + self.handed, self.found
        if not best + self.missed + most * self.below:
            return None
        can_be_missed = self.missed + most * self.below
        must_be_missed = self.missed + fewest * self.below
        return Bounds(
            least=worst / (worst + can_be_missed) if worst + can_be_missed else 1.0,
            most=best / (best + must_be_missed) if best + must_be_missed else 0.0,
        )

    @property
    def precision(self) -> Bounds | None:
        """Return the bounds of the hand-offs' rate: none or all of those that nobody worked would convert."""
        count = self.judged + self.handed
        return Bounds(self.found / count, (self.found + self.handed) / count) if count else None
