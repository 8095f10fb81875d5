"""Rules on who may know whom, where import-linter can't look: pages are no package, Python is no layer."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "pages").rglob("*.py"))
ENTRY = ROOT / "dashboard.py"
DOMAIN = sorted((ROOT / "alignment" / "domain").rglob("*.py"))
BESIDE_A_PAGE = (
    "streamlit",
    "alignment.agreement",
    "alignment.domain",
    "alignment.imports",
    "alignment.report",
    "alignment.ui",
    "alignment.whatif",
)


def imports(path: Path) -> set[str]:
    """Return the full names of what the file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def is_within(name: str, packages: tuple[str, ...]) -> bool:
    """Return whether the name is one of the packages or lies in one."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def standard(name: str) -> bool:
    """Return whether the name belongs to Python's own library."""
    return name.partition(".")[0] in sys.stdlib_module_names


def test_there_are_pages_and_a_domain_to_look_at():
    """An empty list would make every other rule here pass."""
    assert PAGES
    assert DOMAIN


@pytest.mark.parametrize("path", [*PAGES, ENTRY], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_knows_only_what_people_ask_do_and_see(path):
    """Pages call report, agreement and ui; what they would compute or fetch themselves has a home below."""
    foreign = {name for name in imports(path) if not standard(name) and not is_within(name, BESIDE_A_PAGE)}

    assert not foreign


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: path.stem)
def test_the_domain_needs_nothing_but_python(path):
    """Values and rules outlive every library that shows or stores them."""
    foreign = {
        name for name in imports(path) if not standard(name) and not is_within(name, ("alignment.domain",))
    }

    assert not foreign


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_lies_one_folder_down(path):
    """A page beside the entry's own folder could be opened by its address alone, past the sign-in."""
    assert path.parent.parent == ROOT / "pages"
