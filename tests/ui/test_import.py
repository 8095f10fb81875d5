"""Rules of the import page: it says what it will do, does it, and accounts for every row."""

import io
import time
from pathlib import Path

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from alignment.domain.agreement import Person, Side
from alignment.domain.mapping import DateOrder
from alignment.metrics.query import Query
from alignment.sample import company
from alignment.store.warehouse import Warehouse
from alignment.ui import session

PAGE = Path(__file__).parents[2] / "pages" / "data" / "import.py"
SECONDS = 30
LEADS = "lead_id,created_at,source\nada,2026-07-02,web\nbob,2026-07-03,fair\n"
DEALS = "deal_id,lead_id,closed_at,amount,is_won\nd1,ada,2026-07-20,1000,true\n"
HOSTILE = ("<img src=x onerror=alert(1)>", '"; drop table leads; --', "![x](http://evil/p.png)")


def workbook(**sheets):
    """Return a workbook, a sheet of leads by each name, as bytes."""
    book, packed = Workbook(), io.BytesIO()
    for name, leads in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(["lead_id", "created_at"])
        for lead in leads:
            sheet.append([lead, "2026-07-02"])
    del book["Sheet"]
    book.save(packed)
    return packed.getvalue()


@pytest.fixture
def warehouse(tmp_path, monkeypatch):
    """Have the page load into a file of this test; there is nothing in it yet."""
    found = Warehouse(tmp_path / "accord.duckdb")
    monkeypatch.setattr(session, "warehouse", lambda: found)
    return found


@pytest.fixture
def page(warehouse):  # noqa: ARG001 - what the page loads into
    """Return a function that opens the page for somebody; what they drop is given as name and text."""

    def opened(*files, side=Side.MARKETING):
        screen = AppTest.from_file(str(PAGE), default_timeout=SECONDS)
        screen.session_state[session.PERSON] = Person("Ada", side)
        screen.run()
        if files:
            contents = [text.encode() if isinstance(text, str) else text for _name, text in files]
            names = [name for name, _text in files]
            screen.file_uploader[0].set_value(
                [(name, content, "text/csv") for name, content in zip(names, contents, strict=True)]
            )
            screen.run()
        assert not screen.exception
        return screen

    return opened


def load(screen):
    """Press the button that loads; return the screen as it is when the load has ended.

    The page is run again only then: on a busy machine its runs would keep the load from ending.
    """
    screen.button(key="intake_load").click().run()
    end = time.monotonic() + SECONDS
    while "intake_work" in screen.session_state:
        while not screen.session_state["intake_work"].is_done:
            assert time.monotonic() < end, "the load never ended"
            time.sleep(0.02)
        screen.run()
    assert not screen.exception
    return screen


def column(screen, name):
    """Return where a column of the file is mapped."""
    return next(box for box in screen.selectbox if box.label == f"Our column for {name}")


def said(screen):
    """Return everything that the page says, as one text."""
    kinds = (screen.title, screen.header, screen.subheader, screen.markdown, screen.caption)
    alerts = (screen.info, screen.warning, screen.error)
    return "\n".join(element.value for kind in (*kinds, *alerts) for element in kind)


def test_an_empty_page_says_what_to_bring(page):
    """Nobody should have to read a manual before the first file."""
    assert "the day each lead became known" in said(page())


def test_what_is_dropped_is_mapped_and_loaded_with_one_press(page, warehouse):
    """From two files to a warehouse."""
    screen = load(page(("leads.csv", LEADS), ("deals.csv", DEALS)))

    assert "All 3 rows are in." in said(screen)
    assert warehouse.snapshot().has("deals", "amount", "is_won")


def test_the_receipt_accounts_for_every_row(page):
    """Rows read = loaded + set aside + repeats, with the reason."""
    screen = load(page(("leads.csv", LEADS + "cem,no day,web\nada,2026-07-02,web\n")))

    assert "**4** rows read = **2** loaded + **1** set aside + **1** exact repeats" in said(screen)
    assert "1 set aside with no date in created" in said(screen)


def test_the_sample_company_is_said_to_be_replaced_before_it_is(page, warehouse):
    """Whoever shows the sample in a meeting should know what the button does."""
    company.write(warehouse.path, leads=200)

    assert "replaces the sample company" in said(page(("leads.csv", LEADS)))


def test_what_the_new_files_hold_nothing_for_is_said_before_it_goes(page):
    """Leads alone, loaded over leads and deals, would take the deals away."""
    load(page(("leads.csv", LEADS), ("deals.csv", DEALS)))

    assert "hold nothing for 1 deals" in said(page(("leads.csv", LEADS)))


def test_the_mapping_of_the_last_load_is_offered_again(page):
    """A column mapped by hand once is mapped from then on."""
    german = LEADS.replace("lead_id", "Kundennummer")
    first = page(("leads.csv", german))
    column(first, "Kundennummer").set_value("lead_id").run()
    load(first)

    again = page(("leads.csv", german))

    assert again.toggle(key="intake_as_last").value
    assert column(again, "Kundennummer").value == "lead_id"
    assert not again.button(key="intake_load").disabled


def test_the_row_of_names_of_the_last_load_is_used_again(page):
    """A header that nobody could find by itself was said once."""
    drawn = "made by Ada,in July\nKundennummer,angelegt\nada,2026-07-02\nbob,2026-07-03\n"
    first = page(("leads.csv", drawn))
    row = next(box for box in first.selectbox if box.label.startswith("Row with the names"))
    row.set_value(2).run()
    column(first, "Kundennummer").set_value("lead_id").run()
    column(first, "angelegt").set_value("created_at").run()
    load(first)

    again = page(("leads.csv", drawn))

    assert column(again, "Kundennummer").value == "lead_id"
    assert "All 2 rows are in." in said(load(again))


def test_what_is_otherwise_than_last_time_is_said(page):
    """A column that an export lost would go unnoticed until its criterion meets nobody."""
    load(page(("leads.csv", LEADS)))

    screen = page(("leads.csv", LEADS.replace("source", "channel 2")))

    assert "gone: “source” (our source); new: “channel 2”" in said(screen).replace("\\", "")


def test_a_text_that_may_stand_for_no_value_is_asked_about(page, warehouse):
    """Shown where it stands; read as no value once somebody says so."""
    screen = page(("leads.csv", LEADS.replace("fair", "Not specified")))
    assert "“Not specified” stands in source (1 row)" in said(screen)
    box = next(box for box in screen.multiselect if box.label == "Texts that stand for no value")
    box.set_value(["Not specified"]).run()

    load(screen)

    found = warehouse.snapshot().ask(Query("select count(source) as n from leads"))
    assert found.to_pylist() == [{"n": 1}]


def test_an_attribute_written_after_contact_is_marked_on_the_page(page, warehouse):
    """No criterion should know what sales found out."""
    screen = page(("leads.csv", "lead_id,created_at,Notes\nada,2026-07-02,hot\nbob,2026-07-03,cold\n"))
    box = next(box for box in screen.multiselect if box.label.startswith("Attributes written after"))
    box.set_value(["Notes"]).run()

    load(screen)

    marked = {column["name"]: column["after_contact"] for column in _columns(warehouse)}
    assert marked["Notes"]


def _columns(warehouse):
    """Return the columns of the leads, as the receipt has them."""
    return warehouse.snapshot().receipt["tables"][0]["columns"]


def test_a_mapping_dropped_with_the_files_is_used(page):
    """What one colleague worked out, the next one drops beside the export."""
    toml = '[leads.columns]\nlead_id = "Kundennummer"\ncreated_at = "created_at"\n'

    screen = page(("leads.csv", LEADS.replace("lead_id", "Kundennummer")), ("ours.toml", toml))

    assert column(screen, "Kundennummer").value == "lead_id"


def test_the_texts_for_no_value_of_a_mapping_come_along(page, warehouse):
    """A mapping that says what stands for "nothing" must not lose it on the way through the page."""
    columns = "".join(f'{name} = "{name}"\n' for name in ("lead_id", "created_at", "source"))
    toml = f'placeholders = ["keine"]\n[leads.columns]\n{columns}'

    load(page(("leads.csv", LEADS + "cem,2026-07-04,keine\n"), ("ours.toml", toml)))

    found = warehouse.snapshot().ask(Query("select count(*) as n from leads where source is null"))
    assert found.to_pylist() == [{"n": 1}]


def test_a_column_mapped_twice_keeps_the_button_shut(page):
    """The page says which two, before anything is read."""
    screen = page(("leads.csv", LEADS))
    column(screen, "source").set_value("created_at").run()

    assert screen.button(key="intake_load").disabled
    assert "chosen for “created\\_at” and for “source”" in said(screen)


def test_days_that_can_be_read_two_ways_are_asked_about_and_nothing_is_lost(page):
    """The question stands beside the file; the answer and another press load it."""
    screen = load(page(("leads.csv", "lead_id,created_at\nada,1/2/2026\nbob,3/4/2026\n")))
    assert screen.error

    next(box for box in screen.selectbox if box.label == "Order of day and month").set_value(
        DateOrder.DMY
    ).run()

    assert "All 2 rows are in." in said(load(screen))


def test_two_files_of_the_same_columns_become_one_table(page):
    """Exports come by the month; the second needs no second mapping."""
    august = LEADS.replace("ada", "cem").replace("bob", "dot")
    screen = page(("july.csv", LEADS), ("august.csv", august))

    assert "one table, read the same way" in said(screen)
    assert "Leads from july.csv and august.csv" in said(load(screen))


def test_a_file_without_header_is_asked_about_and_loaded_by_its_places(page):
    """The answer stands beside the file; its columns are then named and can be mapped."""
    screen = page(("leads.csv", "ada,2026-07-02\nbob,2026-07-03\n"))
    assert "looks like data" in said(screen)

    next(box for box in screen.selectbox if box.label.startswith("Row with the names")).set_value(0).run()
    column(screen, "column_1").set_value("lead_id").run()
    column(screen, "column_2").set_value("created_at").run()

    assert "All 2 rows are in." in said(load(screen))


def test_the_sheet_of_a_workbook_is_chosen_on_the_page(page, warehouse):
    """The first sheet with rows is only where we begin."""
    screen = page(("crm.xlsx", workbook(July=("ada",), August=("cem", "dot"))))
    next(box for box in screen.selectbox if box.label == "Sheet").set_value("August").run()

    load(screen)

    found = warehouse.snapshot().ask(Query("select lead_id from leads order by 1"))
    assert found.to_pylist() == [{"lead_id": "cem"}, {"lead_id": "dot"}]


def test_a_file_that_is_no_table_says_so_and_the_others_stay(page):
    """One bad file among three is no reason to begin again."""
    screen = page(("leads.csv", LEADS), ("empty.csv", ""))

    assert "empty.csv is empty" in said(screen)
    assert not screen.button(key="intake_load").disabled


def test_a_duckdb_file_is_refused_with_the_reason(page):
    """Opening one that somebody uploads is like running their program."""
    assert "is a DuckDB file" in said(page(("theirs.duckdb", "\0" * 8 + "DUCK" + "\0" * 64)))


def test_an_observer_can_not_import(page):
    """Replacing everybody's data is no looking on."""
    screen = page(side=Side.OBSERVER)

    assert "observer" in said(screen)
    assert not screen.file_uploader


@pytest.mark.parametrize("name", HOSTILE)
def test_a_header_is_shown_as_text_wherever_it_appears(page, name):
    """Whatever reads Markdown gets it escaped: no picture, no link, no tag."""
    quoted = name.replace('"', '""')
    screen = load(page(("leads.csv", f'lead_id,created_at,"{quoted}"\nada,2026-07-02,"{quoted}"\n')))

    assert "](http" not in said(screen)
    assert "All 1 rows are in." in said(screen)


def test_nothing_uploaded_stays_on_disk(page, tmp_path, monkeypatch):
    """The copy that the load reads is private and short-lived."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "private"))
    (tmp_path / "private").mkdir()

    load(page(("leads.csv", LEADS)))

    assert list((tmp_path / "private").iterdir()) == []
