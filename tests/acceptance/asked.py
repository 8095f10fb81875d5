"""What the command line says about public data sets, for the acceptance tests."""

import io
import json
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

from alignment.__main__ import main

DATA = Path(__file__).parents[3] / "shared" / "data"


@cache
def answered(*arguments: str):
    """Run a command in this process and return its JSON; fail where it refuses."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main([*arguments, "--json"]) == 0, arguments
    return json.loads(out.getvalue())
