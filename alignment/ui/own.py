"""The owner's own view: one's own leads on a list, for those who have signed in by the owner's name.

A name that somebody typed proves nothing, so without sign-in nobody has such a view (docs/adr/0013).
"""

import pyarrow as pa
import streamlit as st

from alignment import report
from alignment.ui import sign_in
from alignment.ui.answers import ask
from alignment.ui.view import View

OWNER = "owner"


def chosen(view: View) -> str | None:
    """Offer “Only mine” to an owner of leads; return the name where it is chosen."""
    name = sign_in.proven_name()
    if name is None or not ask(report.owned, view.snapshot, name):
        return None
    return name if st.toggle("Only mine", key="own_leads", help="Shown on your screen alone") else None


def of(name: str | None, view: View, rows: pa.Table) -> pa.Table:
    """Return the rows of the leads that this person owns, with the owner; all of them for None."""
    if name is None:
        return rows
    mine = ask(report.owned, view.snapshot, name)
    kept = rows.filter(pa.array([lead in mine for lead in rows["lead_id"].to_pylist()], pa.bool_()))
    return kept.append_column(OWNER, pa.array([name] * kept.num_rows, pa.string()))
