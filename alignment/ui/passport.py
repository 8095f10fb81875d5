"""The passport of a figure: what it means, what it was counted from, what was left out, the query."""

import streamlit as st

from alignment.domain.cohort import Passport
from alignment.ui import downloads
from alignment.ui.plain import plain
from alignment.ui.reader import Reader
from alignment.ui.table import Table, written


@st.fragment
def button(
    title: str, passport: Passport, key: str, reader: Reader, *, table: Table | None = None, note: str = ""
) -> None:
    """Put an ⓘ button that opens the figure's passport, its values as a table, and their download.

    What it opens is built when it is opened: a page has many passports, and few are looked at.
    """
    about = st.popover(
        f"About {title}", icon=":material/info:", type="tertiary", key=f"about_{key}", on_change="rerun"
    )
    if about.open:
        with about:
            if table:
                _values(title, table, key, reader, note)
            explain(passport)


def _values(title: str, table: Table, key: str, reader: Reader, note: str) -> None:
    st.markdown(f"**{plain(title)}**")
    st.table(
        {
            column: [plain(written(row[place], reader.words)) for row in table.rows]
            for place, column in enumerate(table.columns)
        },
        hide_index=True,
        border="horizontal",
    )
    downloads.table_buttons(table, title, key, note)


def explain(passport: Passport) -> None:
    """Show formula, parts, what was left out, as-of, time zone and query."""
    st.markdown(f"**How it is counted**  \n{plain(passport.formula)}")
    if passport.numerator:
        st.markdown(f"**Counted** {plain(passport.numerator)}")
    if passport.denominator:
        st.markdown(f"**Out of** {plain(passport.denominator)}")
    if passport.left_out:
        st.markdown(
            "**Left out or implied**\n"
            + "\n".join(f"- {count:,} {plain(words)}" for words, count in passport.left_out)
        )
    st.markdown(f"**As of** {plain(passport.as_of or 'no date')} · **time zone** {plain(passport.time_zone)}")
    for number, query in enumerate(passport.queries, start=1):
        st.markdown(f"**The query{f', part {number}' if len(passport.queries) > 1 else ''}**")
        st.code(query, language="sql", wrap_lines=True)
