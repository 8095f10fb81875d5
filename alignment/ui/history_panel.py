"""The parts of the history page: one version, and the log of the draft."""

from collections.abc import Sequence

import streamlit as st

from alignment.domain.agreement import Draft, Version
from alignment.domain.agreement_words import changes
from alignment.domain.definition_words import sentence
from alignment.store.definition_file import text_of_version
from alignment.ui import agreement_panel, expected, reader, received, session, words
from alignment.ui.agreement_panel import clock
from alignment.ui.plain import plain
from alignment.ui.shapes import SHAPES
from alignment.whatif.receipt import Receipt


def versions(shown: Sequence[Version]) -> None:
    """Show all versions, newest first."""
    before: list[Version | None] = [None, *shown[:-1]]
    came = received.by_version(session.snapshot(), tuple(shown))
    for version, former in reversed(list(zip(shown, before, strict=True))):
        _version(version, former, came.get(version.number), is_in_force=version is shown[-1])


def draft_log(draft: Draft) -> None:
    """Show every edit of the present draft, newest first."""
    with st.container(key="draft_log"):
        st.subheader(f"Draft on version {draft.base.number}", anchor=False)
        st.html(agreement_panel.change_log(draft, lines=None))


def _version(version: Version, before: Version | None, came: Receipt | None, *, is_in_force: bool) -> None:
    """Show a version: from when, why, its sentence, what changed, who signed, what was expected and came."""
    with st.container(border=True, key=f"version_{version.number}"):
        left, right = st.columns([4, 1], vertical_alignment="center")
        badge = " :green-badge[newest]" if is_in_force else ""
        left.subheader(f"Version {version.number}{badge}", anchor=False)
        right.download_button(
            "Download",
            text_of_version(version),
            f"accord-definition-{version.number}.toml",
            "application/toml",
            icon=":material/download:",
            key=f"download_{version.number}",
            on_click="ignore",
        )
        if version.terms.effective_on:
            st.markdown(f"In force from **{words.day(version.terms.effective_on)}**")
        if version.terms.reason:
            st.markdown(f"Why: {plain(version.terms.reason)}")
        st.write(plain(sentence(version.definition)))
        if before:
            _list(f"Changed since version {before.number}", changes(before.definition, version.definition))
        _list("Signed by", _signers(version))
        if said := expected.sentence(version.prediction, reader.here().words):
            st.markdown(f"**Expected when it was signed**\n\n{plain(said)}")
        if came:
            _list(received.title(came), received.lines(came, reader.here().words))


def _signers(version: Version) -> list[str]:
    return [
        f"{SHAPES[sign.who.side]} {sign.who.name}, {sign.who.side}, {clock(sign.at)}"
        for sign in version.signatures
    ]


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        st.markdown(f"**{plain(title)}**\n" + "".join(f"\n- {plain(line)}" for line in lines))
