"""Rules on the repository itself: names, pins, decisions."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("alignment", "bench", "docs", "make", "pages", "tests")
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
NAMES_THAT_SAY_NOTHING = {
    "common",
    "handle",
    "helper",
    "helpers",
    "manager",
    "process",
    "service",
    "tmp",
    "util",
    "utils",
}
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def canonical(requirement: str) -> str:
    """Return the name in a requirement as package indexes compare it."""
    found = NAME.match(requirement)
    assert found, f"'{requirement}' names no package"
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def listed(path: str) -> list[str]:
    """Return the lines of a requirements file that name a package."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def tools() -> list[str]:
    """Return the requirements of the dev group."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["dev"]


def words(path: Path) -> set[str]:
    """Return the words that a file's or folder's name is made of."""
    return set(re.split(r"[-_. ]", path.name.lower()))


def test_a_name_says_what_is_inside():
    """A drawer named after nothing collects everything."""
    paths = [
        path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
    ]

    assert [path for path in paths if words(path) & NAMES_THAT_SAY_NOTHING] == []


def test_no_file_is_named_after_the_language_that_shares_its_name_with_a_stage():
    """SQL is a stage of a lead here; for the language we say query."""
    paths = [
        path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts
    ]

    assert [path for path in paths if "sql" in words(path)] == []


def test_every_direct_dependency_is_pinned():
    """Two installs a month apart must give the same Accord."""
    wanted = {canonical(requirement) for requirement in [*listed("requirements.txt"), *tools()]}
    pinned = {canonical(pin) for pin in listed("constraints.txt")}

    assert wanted - pinned == set()


def test_a_pin_is_one_exact_version_from_an_index():
    """A path, an address or a range would tie the lock to one machine or one day."""
    exact = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+")

    assert [pin for pin in listed("constraints.txt") if not exact.fullmatch(pin)] == []


def test_a_run_time_dependency_has_both_bounds():
    """An untested major version must not arrive by itself."""
    assert [line for line in listed("requirements.txt") if ">=" not in line or "<" not in line] == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_status_context_decision_and_consequences(path):
    """Who reads a decision later needs all four, in this order."""
    headings = re.findall(r"^## (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert headings == ["Status", "Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_gap_from_one():
    """A number is how a decision is cited; a gap reads as one withheld."""
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert DECISIONS
