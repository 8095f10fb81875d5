"""Rules of mapping files: what is saved comes back, and a slip is named."""

import pytest

from alignment.domain.mapping import Assignment, AttributesAsOf, DateOrder, Mapping, Rule, TableMapping
from alignment.errors import MappingError
from alignment.store.intake import load_mapping, save_mapping
from alignment.store.warehouse import Warehouse

MAPPING = Mapping(
    (
        TableMapping(
            "leads",
            (
                Assignment("lead_id", 'the "id"'),
                Assignment("created_at", "first contact"),
                Assignment("mql_at", "created_at", Rule.SAME_AS),
            ),
            after_contact=("Tags",),
        ),
        TableMapping(
            "deals",
            (
                Assignment("deal_id", "id"),
                Assignment("is_won", "won_date", Rule.PRESENT),
                Assignment("currency", "BRL", Rule.CONSTANT),
            ),
            won=("gewonnen",),
            lost=("verloren",),
            decimal=",",
            dates=DateOrder.ISO,
        ),
    ),
    placeholders=("Select", "?"),
    dates=DateOrder.MDY,
    attributes_as_of=AttributesAsOf.HAND_OFF,
)


def test_a_mapping_comes_back_as_it_was_saved(tmp_path):
    """Saved next to the data, used again next month."""
    save_mapping(MAPPING, tmp_path / "mapping.toml")

    assert load_mapping(tmp_path / "mapping.toml") == MAPPING


def test_a_mapping_of_a_few_lines_is_enough(loaded, write):
    """Written by hand."""
    path = write("mapping.toml", '[leads.columns]\nlead_id = "Kunde"\ncreated_at = "Anfrage am"\n')
    leads = write("leads.csv", "Kunde;Anfrage am\nada;2026-07-01\n")

    assert loaded(leads=leads, mapping=load_mapping(path)).values("select lead_id from leads") == ["ada"]


@pytest.mark.parametrize(
    ("line", "is_time_honest"),
    [("", False), ('attributes_as_of = "today"\n', False), ('attributes_as_of = "hand_off"\n', True)],
)
def test_attributes_are_those_of_hand_off_only_where_somebody_said_so(loaded, write, line, is_time_honest):
    """A table of today flatters every definition; nobody but its owner knows."""
    path = write("mapping.toml", f'{line}[leads.columns]\nlead_id = "id"\ncreated_at = "day"\n')
    leads = write("leads.csv", "id;day;size\nada;2026-07-01;5\n")

    load = loaded(leads=leads, mapping=load_mapping(path))

    assert Warehouse(load.path).snapshot().is_time_honest == is_time_honest


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[leads", "is no valid TOML"),
        ('[leads.columns]\nlead_id = "a"\nlead_id = "b"\n', "A column may be given once only"),
        ('[leeds.columns]\nlead_id = "a"\n', "“leeds” is no table"),
        ('[leads.colums]\nlead_id = "a"\n', "knows no “colums”"),
        ('[leads.columns]\nlead = "a"\n', "leads have no column “lead”"),
        ("[leads.columns]\nlead_id = 3\n", "lead_id must be a text in quotes, not 3"),
        (
            '[leads.columns]\nmql_at = "a"\n[leads.same_as]\nmql_at = "created_at"\n',
            "leads.mql_at is mapped twice",
        ),
        ('dates = "us"\n', 'dates must be one of "dmy" (day first)'),
        ('attributes_as_of = "lately"\n', 'attributes_as_of must be "hand_off"'),
        ('placeholders = "Select"\n', "placeholders must be a list of texts"),
        ('[deals]\ndecimal = "x"\n', 'decimal must be "." or ","'),
        ("[leads]\ncolumns = 5\n", "write [leads.columns] as lines"),
    ],
)
def test_a_slip_in_a_mapping_file_is_named(write, text, sentence):
    """With the file's name, so that the person knows where to look."""
    with pytest.raises(MappingError) as refused:
        load_mapping(write("mapping.toml", text))

    assert sentence in str(refused.value)
    assert str(refused.value).startswith("mapping.toml")


def test_a_mapping_file_that_is_not_there_is_named(tmp_path):
    """The path as it was given."""
    with pytest.raises(MappingError, match=r"There is no mapping file .*gone\.toml"):
        load_mapping(tmp_path / "gone.toml")
