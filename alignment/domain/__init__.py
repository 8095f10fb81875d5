"""Values and rules of Accord; the standard library only."""
