"""A part of the leads that is the same each time."""

import pytest

from alignment.metrics.query import Query
from alignment.metrics.sampled import on_sample

IDS = ("0", "00", "100", "1x0", "%0")


@pytest.mark.parametrize("endings", [["00"], ["0"], ["%0"], ["00", "0"]])
def test_a_sample_holds_the_leads_whose_ids_end_so(given, endings):
    """The last two characters count, of a shorter id all; a wildcard is a character like any other."""
    leads = "\n".join(f"{lead_id} 2026-05-01" for lead_id in IDS)
    query = Query("with part as (select * from leads) select lead_id from part")

    found = given(leads=f"lead_id created_at\n{leads}").ask(on_sample(query, endings))

    assert set(found.column("lead_id").to_pylist()) == {each for each in IDS if each[-2:] in endings}
