"""What all tests share."""

from pathlib import Path

import pytest
from hypothesis import settings

BROWSER = Path(__file__).parent / "browser"

# Time limits belong to the benchmarks: an example may take as long as a busy machine makes it take.
settings.register_profile("accord", deadline=None, print_blob=True)
settings.load_profile("accord")


def pytest_collection_modifyitems(items):
    """Mark every test of tests/browser, so that `-m "not browser"` leaves out what needs Chromium."""
    for item in items:
        if item.path.is_relative_to(BROWSER):
            item.add_marker(pytest.mark.browser)
