"""What people ask of the data: run a metric, get typed values that can explain themselves."""

from alignment.domain.black_hole import LAST_BAND
from alignment.report.acceptance import acceptance
from alignment.report.aims import aim_reached
from alignment.report.answer import USUAL, Clock, Window, clock_of
from alignment.report.attribution import ATTRIBUTED_BY, attribution
from alignment.report.backtest import backtest
from alignment.report.backward_plan import backward_plan, plan_basis
from alignment.report.black_hole import black_hole, black_hole_rows
from alignment.report.bridge import bridge
from alignment.report.compass import compass
from alignment.report.conversion import (
    conversion,
    conversion_path,
    lead_rows,
    usual_window,
)
from alignment.report.coverage import coverage
from alignment.report.digest import Wanted, digest
from alignment.report.extent import known_days
from alignment.report.follow_up import USUAL_TERMS, follow_up, follow_up_by_quality, terms_of
from alignment.report.forecast import attainment, forecast
from alignment.report.judged import judgements
from alignment.report.lead import lead, leads_named
from alignment.report.levels import levels, route_rows
from alignment.report.owned import owned
from alignment.report.pipeline_age import pipeline_age
from alignment.report.pipeline_bridge import pipeline_bridge
from alignment.report.promise import answered, value_of_mqls
from alignment.report.recycling import recycling, sent_back
from alignment.report.restated import closed_periods
from alignment.report.revenue import deal_rows, need_amounts, pipeline, revenue
from alignment.report.set_quality import set_quality
from alignment.report.shelf import shelf, shelf_rows
from alignment.report.sources import source_values, sources
from alignment.report.strategy import strategies
from alignment.report.traits import traits
from alignment.report.value import worth_per_mql
from alignment.report.velocity import lead_velocity, sales_velocity
from alignment.report.waiting_leads import few_attempts, untouched

__all__ = [
    "ATTRIBUTED_BY",
    "LAST_BAND",
    "USUAL",
    "USUAL_TERMS",
    "Clock",
    "Wanted",
    "Window",
    "acceptance",
    "aim_reached",
    "answered",
    "attainment",
    "attribution",
    "backtest",
    "backward_plan",
    "black_hole",
    "black_hole_rows",
    "bridge",
    "clock_of",
    "closed_periods",
    "compass",
    "conversion",
    "conversion_path",
    "coverage",
    "deal_rows",
    "digest",
    "few_attempts",
    "follow_up",
    "follow_up_by_quality",
    "forecast",
    "judgements",
    "known_days",
    "lead",
    "lead_rows",
    "lead_velocity",
    "leads_named",
    "levels",
    "need_amounts",
    "owned",
    "pipeline",
    "pipeline_age",
    "pipeline_bridge",
    "plan_basis",
    "recycling",
    "revenue",
    "route_rows",
    "sales_velocity",
    "sent_back",
    "set_quality",
    "shelf",
    "shelf_rows",
    "source_values",
    "sources",
    "strategies",
    "terms_of",
    "traits",
    "untouched",
    "usual_window",
    "value_of_mqls",
    "worth_per_mql",
]
