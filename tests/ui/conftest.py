"""A page as one person sees it, on drawn tables."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from alignment import agreement
from alignment.config import ROOT
from alignment.domain.agreement import Person, Side
from alignment.domain.definition_steps import steps
from alignment.ui import session

ADA = Person("Ada", Side.MARKETING)


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
