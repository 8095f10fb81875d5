"""A link to one criterion: the definition page opens with its card open, and in sight."""

import streamlit as st

from alignment.config import ROOT
from alignment.domain.definition import Definition

SOUGHT = "open"
"""What the address calls the criterion's id by."""
LONGEST_SHOWN = 60
PAGE = ROOT / "pages" / "agreement" / "definition.py"
_TIMES = "definition_sought_times"


def go(criterion_id: str) -> None:
    """Leave for the definition page, to that criterion."""
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 1) + 1
    st.switch_page(PAGE, query_params={SOUGHT: criterion_id})


def first_open(definition: Definition) -> str | None:
    """Return the id of the criterion that is open to begin with: the one sought, else the first one."""
    known = [criterion.criterion_id for criterion in definition.criteria]
    named = st.query_params.get(SOUGHT)
    return named if named in known else next(iter(known), None)


def time_of(criterion_id: str) -> int | None:
    """Return the how-manieth time this screen seeks a criterion, for that one; None for all others."""
    return st.session_state.get(_TIMES, 1) if st.query_params.get(SOUGHT) == criterion_id else None


def missed(definition: Definition) -> str | None:
    """Say that the definition has no criterion of the address's name; None where it has, or none is named."""
    named = st.query_params.get(SOUGHT)
    if not named or any(criterion.criterion_id == named for criterion in definition.criteria):
        return None
    return (
        f"The link opens the criterion “{named[:LONGEST_SHOWN]}”, which we do not ask (any more). "
        "These are the criteria that we do."
    )
