"""Rules of who may come in: never an open door to others, and a side that our own list gives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from alignment.domain.agreement import Side
from alignment.errors import AccordError
from alignment.ui import sign_in

ROOT = Path(__file__).parents[2]


def test_the_server_does_not_start_where_others_reach_it_without_signing_in(tmp_path):
    """One sentence says what to set up, and the program ends."""
    given = {
        "ACCORD_LEDGER": f"sqlite:///{tmp_path / 'ledger.sqlite'}",
        "ACCORD_WAREHOUSE": str(tmp_path / "none"),
    }
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "dashboard.py",
        "--server.address=0.0.0.0",
        "--server.port=0",
    ]

    ended = subprocess.run(
        command, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, timeout=60, check=False
    )

    assert ended.returncode != 0
    assert "Accord does not start on 0.0.0.0: others could reach it without signing in." in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("address", "is_set_up", "secret", "may_start"),
    [
        ("127.0.0.1", False, None, True),
        ("localhost", False, None, True),
        ("0.0.0.0", False, None, False),  # noqa: S104 - the address that the rule is about
        ("0.0.0.0", True, None, False),  # noqa: S104
        ("0.0.0.0", True, "short", False),  # noqa: S104
        ("0.0.0.0", False, "s" * 32, False),  # noqa: S104
        ("0.0.0.0", True, "s" * 32, True),  # noqa: S104
        (None, False, None, False),
    ],
)
def test_who_can_be_reached_needs_sign_in_and_a_long_secret(
    monkeypatch, address, is_set_up, secret, may_start
):
    """Streamlit without an address listens on all of them."""
    monkeypatch.setattr(sign_in.st, "get_option", lambda _name: address)
    monkeypatch.setattr(sign_in, "is_set_up", lambda: is_set_up)
    monkeypatch.setenv("ACCORD_SECRET", secret or "")
    sign_in.settings.cache_clear()

    assert (sign_in.exposure_problem() is None) == may_start
    sign_in.settings.cache_clear()


def test_sides_are_read_from_a_line_or_a_file(tmp_path):
    """Mail addresses are the same in any case."""
    path = tmp_path / "sides.toml"
    path.write_text('"Ada@Example.com" = "marketing"\n"bo@example.com" = "sales"\n')
    expected = {"ada@example.com": Side.MARKETING, "bo@example.com": Side.SALES}

    assert sign_in.sides(str(path)) == expected
    assert sign_in.sides("Ada@Example.com=marketing, bo@example.com = sales") == expected
    assert sign_in.sides("") == {}


def test_a_side_that_is_none_is_refused_with_the_sides_there_are():
    """A typing error makes nobody somebody else."""
    with pytest.raises(AccordError, match="marketing, sales, observer"):
        sign_in.sides("ada@example.com=merketing")
