"""Why sales sends leads back, and why deals are lost."""

import numpy as np

from alignment.sample.draw import Draw, Flags, Whole
from alignment.sample.prospects import JOB_LEVELS, Prospects

_LOW = ("No need now", "No reply after 5 attempts")
_WIDE = ("Company size", "Role", "Region", "Existing customer", "Competitor", "Student", "Job seeker")
_HIGH = ("Contact data bad", "Duplicate")
_OTHER = (
    "merged with parent company, call again in spring",
    "budget frozen until new CFO",
    "asked for spare parts only",
)
REASONS = (*_LOW, *_WIDE, *_HIGH, *_OTHER)
TOO_EARLY = [REASONS.index(reason) for reason in _LOW]
_WEIGHTS = (26, 24, 5, 9, 5, 4, 0.5, 0.5, 2, 9, 5, 0.6, 0.6, 0.4)
_OF_GIVEN_UP = (34, 36, 4, 5, 2, 2, 0.5, 0.2, 1, 2, 2, 0.6, 0.6, 0.4)
_SMALL_COMPANY = 15

LOST_REASONS = ("Price", "No decision", "Competitor chosen", "Project stopped", "Missing feature", "No reply")
LOST_WEIGHTS = (24, 28, 18, 14, 9, 7)


def rejection_reasons(draw: Draw, leads: Prospects, at_once: Flags) -> Whole:
    """Return a reason for each lead, should it be rejected: what its attributes say, else one drawn."""
    usual = np.where(at_once, draw.pick(_WEIGHTS, leads.count), draw.pick(_OF_GIVEN_UP, leads.count))
    competitor, employees, job = (
        leads.attributes[name] for name in ("is_competitor", "employees", "job_level")
    )
    is_small = employees.known & (employees.values < _SMALL_COMPANY) & draw.chance(0.5, leads.count)
    is_student = job.known & (job.values == JOB_LEVELS.index("Student")) & draw.chance(0.8, leads.count)
    cases = [competitor.known & competitor.values.astype(bool), is_student, is_small]
    return np.select(
        cases, [REASONS.index(reason) for reason in ("Competitor", "Student", "Company size")], usual
    )
