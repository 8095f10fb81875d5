"""What a definition would have done: its figures on the leads that came, at the speed of a finger."""

from alignment.whatif.answer import RECENT_MONTHS, Question, figures, impact, judged_by
from alignment.whatif.by_time import ByTime
from alignment.whatif.figures import Band, Figures, HandOffs, Impact, Point, TrendMonth
from alignment.whatif.leakage import Suspect
from alignment.whatif.ranking import Auc, AucDifference
from alignment.whatif.scales import Candidate, candidates, scales
from alignment.whatif.suggest import Suggestions, suggest
from alignment.whatif.suggest_criteria import CriterionSuggestion
from alignment.whatif.suggest_cutoff import CutoffSuggestion, level_at_the_cutoff
from alignment.whatif.suggest_cutoff import for_capacity as cutoff_for_capacity
from alignment.whatif.suggest_cutoff import for_value as cutoff_for_value
from alignment.whatif.suggest_points import PointsSuggestion

__all__ = [
    "RECENT_MONTHS",
    "Auc",
    "AucDifference",
    "Band",
    "ByTime",
    "Candidate",
    "CriterionSuggestion",
    "CutoffSuggestion",
    "Figures",
    "HandOffs",
    "Impact",
    "Point",
    "PointsSuggestion",
    "Question",
    "Suggestions",
    "Suspect",
    "TrendMonth",
    "candidates",
    "cutoff_for_capacity",
    "cutoff_for_value",
    "figures",
    "impact",
    "judged_by",
    "level_at_the_cutoff",
    "scales",
    "suggest",
]
