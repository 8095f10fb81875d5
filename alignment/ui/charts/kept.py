"""Figures that were drawn once are kept: the same result for the same reader is the same picture."""

import copyreg
import hashlib
import pickle
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import ParamSpec

import plotly.graph_objects as go
from babel import Locale

from alignment.store.newest import Newest

MOST = 400
"""How many figures are kept a process; one takes about 50 KB."""

Drawn = ParamSpec("Drawn")
_figures: Newest[str, go.Figure] = Newest(MOST)


class _Pickler(pickle.Pickler):
    """Writes a locale as its name: the object itself grows with what was asked of it."""

    dispatch_table = copyreg.dispatch_table | {Locale: lambda locale: (str, (str(locale),))}


def kept(draw: Callable[Drawn, go.Figure]) -> Callable[Drawn, go.Figure]:
    """Have a figure of the same result, reader and caption drawn once; nobody may change what is returned.

    It is kept under the value of all its arguments, so that another load, choice, theme or language never
    meets an old one. The browser is told the same key, and draws once what Streamlit hands it twice.
    """
    name = f"{draw.__module__}.{draw.__qualname__}"

    @wraps(draw)
    def drawn(*about: Drawn.args, **options: Drawn.kwargs) -> go.Figure:
        key = _digest((name, about, sorted(options.items())))
        return _figures.get(key, lambda: draw(*about, **options).update_layout(datarevision=key))

    return drawn


def _digest(value: object) -> str:
    written = BytesIO()
    _Pickler(written).dump(value)
    return hashlib.sha256(written.getvalue()).hexdigest()[:32]
