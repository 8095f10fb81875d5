"""What a definition would have done: its figures on the leads that came, at the speed of a finger."""

from alignment.whatif.answer import RECENT_MONTHS, Question, figures, impact, judged_by
from alignment.whatif.figures import Band, Figures, HandOffs, Impact, Point, TrendMonth
from alignment.whatif.scales import Candidate, candidates, scales

__all__ = [
    "RECENT_MONTHS",
    "Band",
    "Candidate",
    "Figures",
    "HandOffs",
    "Impact",
    "Point",
    "Question",
    "TrendMonth",
    "candidates",
    "figures",
    "impact",
    "judged_by",
    "scales",
]
