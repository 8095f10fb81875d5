"""Pictures of typed results, each drawn for one reader; they say nothing that the result doesn't."""

from alignment.ui.charts.attribution import attribution, sourced_influenced
from alignment.ui.charts.black_hole import flow, inside
from alignment.ui.charts.bridge import bridge, pipeline_bridge
from alignment.ui.charts.canvas import Caption
from alignment.ui.charts.compass import Point, swing
from alignment.ui.charts.conversion import path, trend
from alignment.ui.charts.follow_up import Month, by_month, quality
from alignment.ui.charts.levels import levels
from alignment.ui.charts.pipeline_age import pipeline_age
from alignment.ui.charts.recycling import came_again
from alignment.ui.charts.revenue import pipeline, won_by, won_by_bucket
from alignment.ui.charts.set_quality import set_quality
from alignment.ui.charts.sources import sources
from alignment.ui.charts.strategy import spend_and_revenue
from alignment.ui.charts.timeline import grain_of, won_to_date

__all__ = [
    "Caption",
    "Month",
    "Point",
    "attribution",
    "bridge",
    "by_month",
    "came_again",
    "flow",
    "grain_of",
    "inside",
    "levels",
    "path",
    "pipeline",
    "pipeline_age",
    "pipeline_bridge",
    "quality",
    "set_quality",
    "sourced_influenced",
    "sources",
    "spend_and_revenue",
    "swing",
    "trend",
    "won_by",
    "won_by_bucket",
    "won_to_date",
]
