"""Accord: the dashboard on which marketing and sales agree."""
