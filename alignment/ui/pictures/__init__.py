"""The pictures of the board and of the pages behind it: answers drawn, named and said in a sentence."""

from alignment.ui.pictures.acceptance import acceptance, decided
from alignment.ui.pictures.attribution import APART, attribution, sourced_influenced
from alignment.ui.pictures.black_hole import BY, flow, hole, inside, sentence
from alignment.ui.pictures.bridge import bridge
from alignment.ui.pictures.compass import compass, in_common, mqls, sqls, year_of
from alignment.ui.pictures.conversion import by_column, cohort_path, path, quality_by, sources, trend
from alignment.ui.pictures.follow_up import both_sides, compliance, quality, refuse_empty
from alignment.ui.pictures.levels import arrived, levels
from alignment.ui.pictures.pair import usual_pair
from alignment.ui.pictures.pipeline_age import pipeline_age
from alignment.ui.pictures.pipeline_bridge import pipeline_bridge
from alignment.ui.pictures.recycling import came_again
from alignment.ui.pictures.revenue import (
    months_shown,
    pipeline,
    won_by,
    won_by_month,
    won_by_source,
    won_to_date,
)
from alignment.ui.pictures.set_quality import came_back, might_have_caught, set_quality
from alignment.ui.pictures.strategy import spend_and_revenue, strategies, times

__all__ = [
    "APART",
    "BY",
    "acceptance",
    "arrived",
    "attribution",
    "both_sides",
    "bridge",
    "by_column",
    "came_again",
    "came_back",
    "cohort_path",
    "compass",
    "compliance",
    "decided",
    "flow",
    "hole",
    "in_common",
    "inside",
    "levels",
    "might_have_caught",
    "months_shown",
    "mqls",
    "path",
    "pipeline",
    "pipeline_age",
    "pipeline_bridge",
    "quality",
    "quality_by",
    "refuse_empty",
    "sentence",
    "set_quality",
    "sourced_influenced",
    "sources",
    "spend_and_revenue",
    "sqls",
    "strategies",
    "times",
    "trend",
    "usual_pair",
    "won_by",
    "won_by_month",
    "won_by_source",
    "won_to_date",
    "year_of",
]
