"""Figures that were drawn once are kept: the same result for the same reader is the same picture."""

import copyreg
import hashlib
import pickle
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, ParamSpec, TypeAlias

import plotly.graph_objects as go
from babel import Locale

from alignment.store.newest import Newest

MOST = 400
"""How many figures are kept a process; one takes about 50 KB."""

Values: TypeAlias = dict[str, Any]
Drawn = ParamSpec("Drawn")
_figures: Newest[str, go.Figure] = Newest(MOST)
_sized: Newest[tuple[str, int], go.Figure] = Newest(MOST)


class _Pickler(pickle.Pickler):
    """Writes a locale as its name: the object itself grows with what was asked of it."""

    dispatch_table = copyreg.dispatch_table | {Locale: lambda locale: (str, (str(locale),))}


def kept(draw: Callable[Drawn, go.Figure]) -> Callable[Drawn, go.Figure]:
    """Have a figure of the same result, reader and caption drawn once; nobody may change what is returned.

    It is kept under the value of all its arguments, so that another load, choice, theme or language never
    meets an old one. The browser is told the key: it works out once what it is handed twice.
    """
    name = f"{draw.__module__}.{draw.__qualname__}"

    @wraps(draw)
    def drawn(*about: Drawn.args, **options: Drawn.kwargs) -> go.Figure:
        key = _digest((name, about, sorted(options.items())))
        return _figures.get(key, lambda: _finished(draw(*about, **options), key))

    return drawn


def at_height(figure: go.Figure, height: int) -> go.Figure:
    """Return a kept figure for a frame of that height in px.

    Without it Plotly would draw the figure 450 px high first.
    """
    key = str(figure["layout"]["datarevision"])
    return _sized.get((key, height), lambda: _with_layout(figure, _layout_of(figure) | {"height": height}))


def _finished(figure: go.Figure, key: str) -> go.Figure:
    """Write the template's values into the figure, and its key.

    Streamlit hands each figure to Plotly twice. A template is always new to Plotly, and so would be arrays
    without a revision: it would draw everything again.
    """
    layout = _layout_of(figure)
    template: Values = layout.pop("template", {}).get("layout", {})
    for name in ("xaxis", "yaxis", *(name for name in layout if name[1:5] == "axis")):
        layout[name] = _over(template.get(f"{name[0]}axis", {}), layout.get(name, {}))
    return _with_layout(figure, _over(template, layout) | {"datarevision": key})


def _layout_of(figure: go.Figure) -> Values:
    layout: Values = figure.to_plotly_json()["layout"]
    return layout


def _with_layout(figure: go.Figure, layout: Values) -> go.Figure:
    """Return a figure of the same data, without a template: where none is given Plotly brings its own."""
    made = go.Figure(figure.data, layout)
    made.layout.template = None
    return made


def _over(usual: Values, own: Values) -> Values:
    """Return the usual values, and over them a figure's own."""
    both = usual | own
    nested = (name for name in usual.keys() & own.keys() if isinstance(usual[name], dict))
    return both | {name: _over(usual[name], own[name]) for name in nested}


def _digest(value: object) -> str:
    written = BytesIO()
    _Pickler(written).dump(value)
    return hashlib.sha256(written.getvalue()).hexdigest()[:32]
