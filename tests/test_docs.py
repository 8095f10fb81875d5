"""The documents say what the code does."""

import re
from pathlib import Path

import pytest
import typer.main

from alignment import report
from alignment.commands.report import app
from alignment.domain.stage import Stage

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
METRICS = (DOCS / "metrics.md").read_text(encoding="utf-8")
ROWS = {
    "black_hole_rows",
    "deal_rows",
    "lead",
    "lead_rows",
    "leads_named",
    "source_values",
    "clock_of",
    "judgements",
    "known_days",
    "need_amounts",
    "route_rows",
    "shelf_rows",
    "owned",
    "sent_back",
    "terms_of",
    "few_attempts",
    "untouched",
}
"""Functions of the report that answer with rows or values, not with a figure."""


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_stands_in_the_glossary_as_in_the_code(stage):
    """Label, meaning and column are the same in both."""
    assert f"| {stage.label} | {stage.meaning} | {stage.column} |" in GLOSSARY


def test_every_figure_of_the_report_has_its_row():
    """No figure without a formula that a person can read."""
    figures = {name for name in report.__all__ if name.islower()} - ROWS
    missing = {name for name in figures if f"`report.{name}`" not in METRICS}
    assert not missing


def test_no_row_speaks_of_a_figure_that_is_gone():
    """The table lists what there is."""
    named = {part.split("`")[0] for part in METRICS.split("`report.")[1:] if part[0].isalpha()}
    assert named <= set(report.__all__)


def test_the_readme_names_each_report_of_the_command_line_once():
    """Whoever looks for a figure finds its command, and none that is gone."""
    table = README.split("| asks | names |")[1].split("\n\n")[0]
    assert sorted(re.findall(r"`([^`]+)`", table)) == sorted(typer.main.get_group(app).commands)
