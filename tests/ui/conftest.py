"""A page as one person sees it, on drawn tables."""

from functools import cache
from types import SimpleNamespace

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, local_script_runner

from alignment import agreement
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.domain.definition_steps import steps
from alignment.ui import session

ADA = Person("Ada", Side.MARKETING)


@pytest.fixture(scope="session", autouse=True)
def waits_that_cost_nothing():
    """Spare Streamlit's stand-in for a browser two things that took longer than our pages.

    For each page it looks through everything that is installed for components, and while a script runs it
    asks a thousand times a second whether it has ended, looking through all that the script has said.
    """
    look = local_script_runner.require_widgets_deltas

    def ended(runner, timeout=3):
        runner._script_thread.join(timeout)
        look(runner, timeout)

    with pytest.MonkeyPatch.context() as patch:
        installed = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", installed)
        patch.setattr(local_script_runner, "require_widgets_deltas", ended)
        yield


@pytest.fixture
def open_page(given, tmp_path, monkeypatch):
    """Return a function that runs a page as a person, on drawn tables, with a ledger of its own.

    A `definition` is what the draft says.
    """

    def opened(name, *, who=ADA, address=None, definition=None, **drawn):
        snapshot = given(**drawn)
        warehouse = SimpleNamespace(snapshot=lambda: snapshot, signature=lambda: snapshot.signature)
        ledger = agreement.opened(f"sqlite:///{tmp_path / 'ledger.sqlite'}", warehouse)
        draft = ledger.draft()
        for field, value in steps(draft.definition, definition) if definition else ():
            draft = ledger.edit(ADA, field, value, draft.seq)
        monkeypatch.setattr(session, "warehouse", lambda: warehouse)
        monkeypatch.setattr(session, "agreement", lambda: ledger)
        (path,) = (ROOT / "pages").glob(f"*/{name}.py")
        page = AppTest.from_file(path, default_timeout=60)
        page.session_state[session.PERSON] = who
        for key, value in (address or {}).items():
            page.query_params[key] = value
        return page.run()

    return opened
