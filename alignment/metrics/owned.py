"""Whose leads: asked for one owner at a time, and for nothing but the leads."""

from alignment.metrics.query import Query


def owned_by(name: str) -> Query:
    """List the leads of one owner; column: lead_id."""
    return Query("select lead_id from leads where owner = :owner", {"owner": name})
