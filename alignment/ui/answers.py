"""Answers of the data, kept a process: a figure asked twice of one load is counted once."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from alignment.store.snapshot import Snapshot

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def ask(
    question: Callable[Concatenate[Snapshot, Asked], Answer],
    snapshot: Snapshot,
    *about: Asked.args,
    **options: Asked.kwargs,
) -> Answer:
    """Return `question(snapshot, *about, **options)`, from memory when this load was asked the same before.

    Whatever the question raises is raised and not kept.
    """
    asked = f"{question.__module__}.{question.__qualname__} {about!r} {sorted(options.items())!r}"
    return _kept(asked, snapshot.signature, lambda: question(snapshot, *about, **options))


@st.cache_resource(max_entries=600, show_spinner=False)
def _kept(asked: str, signature: tuple[int, ...], _find: Callable[[], Any]) -> Any:  # noqa: ANN401, ARG001
    return _find()
