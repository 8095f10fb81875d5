"""Questions to the lead and deal tables: cohort in, query out. Nothing here connects to anything."""
