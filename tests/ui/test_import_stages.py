"""Rules of stage words on the import page: the CRM's own words for won and lost are said once."""

from streamlit.testing.v1 import AppTest


def page():
    """Draw the columns of a German deals file; what comes of it is kept in the session."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from alignment.domain.contract import DEALS  # noqa: PLC0415 - runs as a script of its own
    from alignment.domain.mapping import suggest  # noqa: PLC0415 - runs as a script of its own
    from alignment.imports import Preview, PreviewColumn  # noqa: PLC0415 - runs as a script of its own
    from alignment.ui.intake import stages  # noqa: PLC0415 - runs as a script of its own

    columns = (
        PreviewColumn("deal_id", ("1", "2")),
        PreviewColumn("Created Date", ("2026-07-01",)),
        PreviewColumn("Stage", tuple(st.session_state.get("stage_words", ("Gewonnen", "Verloren", "Offen")))),
    )
    mapping = suggest(DEALS, tuple(column.name for column in columns))
    st.session_state["mapping"] = stages.said(mapping, Preview("deals.csv", columns, mapping), "key")


def test_words_chosen_for_won_and_lost_go_into_the_mapping():
    """Without them nobody knows which deals are won."""
    shown = AppTest.from_function(page).run()
    shown.multiselect(key="key_Stage_won").set_value(["Gewonnen"]).run()
    shown.multiselect(key="key_Stage_lost").set_value(["Verloren"]).run()

    mapping = shown.session_state["mapping"]
    assert (mapping.won, mapping.lost) == (("Gewonnen",), ("Verloren",))


def test_words_that_we_know_are_chosen_already_and_need_no_line():
    """Closed Won says what it means; the mapping keeps our own list."""
    shown = AppTest.from_function(page)
    shown.session_state["stage_words"] = ("Closed Won", "Closed Lost", "Demo")
    shown.run()

    assert shown.multiselect(key="key_Stage_won").value == ["Closed Won"]
    assert shown.session_state["mapping"].won == ()
