"""Rules of definition files: they are read back equal, and what is wrong in one is named."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side, Signature, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition, Group
from alignment.errors import DefinitionError
from alignment.store.definition_file import definition_of, json_of, text_of, text_of_version

DEFINITION = Definition(
    criteria=(
        Criterion("size", "size", Comparison.AT_LEAST, 50, 15),
        Criterion("role", "role", Comparison.ONE_OF, ('C"EO', "ümlaut\n"), 10),
        Criterion("demo", "demo", Comparison.IS_TRUE, None, 25, Group.ENGAGEMENT),
    ),
    caps={Group.FIT: 40},
)


def test_a_written_definition_is_read_back_equal():
    """Quotation marks, line breaks and what is not set included."""
    assert definition_of(text_of(DEFINITION), "d.toml") == DEFINITION


def test_a_definition_written_as_json_is_read_back_equal():
    """Scripts of others read JSON; our own import does too, by the file's ending."""
    assert definition_of(json_of(DEFINITION), "d.json") == DEFINITION


def test_a_versions_file_tells_who_signed_what_and_why():
    """In comments, which don't get in the way of reading it back."""
    signature = Signature(Person("Ada", Side.MARKETING), datetime(2026, 7, 1, 12), 3)
    version = Version(3, DEFINITION, Terms("two\nlines", date(2026, 8, 1)), (signature,))

    text = text_of_version(version)

    assert "# Accord, version 3, in force from 2026-08-01\n# two lines\n" in text
    assert "# Signed for marketing by Ada, 2026-07-01\n" in text
    assert definition_of(text, "d.toml") == DEFINITION


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("criteria = [", "d.toml is not TOML"),
        ("criteria = 7", "d.toml has not the form of a definition"),
        ("[[criteria]]\nattribute = 'size'", "d.toml: A criterion needs comparison"),
        ("levels = ['hot']", "d.toml"),
    ],
)
def test_a_file_that_is_no_definition_is_refused_by_its_name(text, why):
    """The sentence says which file, and which part."""
    with pytest.raises(DefinitionError, match=why):
        definition_of(text, "d.toml")
