"""Import: files in, columns mapped, a receipt for every row."""

import streamlit as st

from alignment import imports
from alignment.ui import dress, session
from alignment.ui.intake import loading, outcome, steps
from alignment.ui.plain import plain

dress.put_on("intake/intake.css")
loading.take_in()
with st.container(key="intake"):
    st.title("Import", anchor=False)
    present = imports.present(session.warehouse())

    if why_not := steps.closed(present, session.person()):
        st.info(plain(why_not), icon=":material/lock:")
    elif receipt := loading.receipt():
        outcome.show(receipt)
    else:
        steps.show(present)
