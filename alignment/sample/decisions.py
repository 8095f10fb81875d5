"""What the sample company decided on its campaigns in the review of the last quarter, and why it spent."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from alignment.domain.agreement import Person
from alignment.domain.decision import About, Because, Choice, Decision
from alignment.domain.period import Period
from alignment.domain.review import Review
from alignment.sample.agreement import MARKETING, SALES
from alignment.sample.clock import months_before
from alignment.sample.story import EBOOK

REVIEWED_AFTER = timedelta(7)
SEEN_TO_AFTER = timedelta(20)


@dataclass(frozen=True)
class Reviewed:
    """What one review left on record, oldest first."""

    review: Review
    decisions: tuple[Decision, ...]
    reasons: tuple[Because, ...]


def reviewed(as_of: date) -> Reviewed:
    """Return the review of the quarter before that of `as_of`, held in its first week."""
    start = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
    period = Period(months_before(start, 3), start)
    met = datetime.combine(start + REVIEWED_AFTER, time(13, 30))

    def about(name: str) -> About:
        return About(period, "campaign", name)

    def decided(name: str, choice: Choice, who: Person, weeks: int, reason: str) -> Decision:
        return Decision(about(name), choice, who.name, start + timedelta(weeks=weeks), who, met, reason)

    stop = decided(EBOOK, Choice.STOP, MARKETING, 3, "Many leads, hardly an SQL among them.")
    more = decided("Customers recommend", Choice.MORE, SALES, 12, "Few leads, and one in four is won.")
    change = decided("Spring fair", Choice.CHANGE, MARKETING, 10, "Fewer days, and follow-up within a day.")
    done = replace(stop, who=MARKETING, at=met + SEEN_TO_AFTER, is_done=True)
    review = Review(period, SALES, met + timedelta(hours=1), "We spend on who recommends us, less on reach.")
    seen_to = (done,) if done.at.date() <= as_of else ()
    return Reviewed(
        review,
        (stop, more, change, *seen_to),
        (
            Because(
                about("Spring fair"),
                "Everybody who measures inline walks through that hall.",
                "20 SQLs and three deals.",
                "Fewer SQLs than hoped; the deals are still open.",
                MARKETING,
                met,
            ),
            Because(
                about("Customers recommend"),
                "A recommendation opens doors that mail does not.",
                "Five SQLs.",
                "",
                SALES,
                met,
            ),
        ),
    )
