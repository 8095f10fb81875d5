"""A definition as a file: for version control, for scripts, and to carry from one ledger to another."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

import tomli_w

from alignment.domain.agreement import Version
from alignment.domain.definition import Definition
from alignment.domain.definition_plain import Plain, from_plain, to_plain
from alignment.domain.definition_words import sentence
from alignment.domain.refusal import Refusal
from alignment.errors import DefinitionError


def text_of(definition: Definition, *notes: str) -> str:
    """Return the definition as TOML that `definition_of` reads back; notes go on top as comments."""
    comments = [f"# {' '.join(note.split())}\n" for note in (*notes, sentence(definition)) if note.strip()]
    return "".join(comments) + "\n" + tomli_w.dumps(_without_none(to_plain(definition)))


def text_of_version(version: Version) -> str:
    """Return a version's definition as TOML, with its number, day, reason and signers as comments."""
    return text_of(version.definition, *notes_of(version))


def notes_of(version: Version) -> tuple[str, ...]:
    """Return a version's number, day, reason and signers, a line each."""
    day = f", in force from {version.terms.effective_on}" if version.terms.effective_on else ""
    signers = [
        f"Signed for {sign.who.side} by {sign.who.name}, {sign.at:%Y-%m-%d}" for sign in version.signatures
    ]
    return f"Accord, version {version.number}{day}", version.terms.reason, *signers


def json_of(definition: Definition) -> str:
    """Return the definition as JSON that `definition_of` reads back."""
    return json.dumps(to_plain(definition), ensure_ascii=False, indent=2) + "\n"


def definition_of(text: str, file_name: str) -> Definition:
    """Read a definition; raise DefinitionError that names the file and the part which can't be read.

    A file whose name ends in .json is read as JSON, any other as TOML.
    """
    read, form = (json.loads, "JSON") if file_name.lower().endswith(".json") else (tomllib.loads, "TOML")
    try:
        return _from_whole(read(text))
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise DefinitionError(
            f"{file_name} is not {form}: {error}. Export a definition to see the form."
        ) from error
    except Refusal as refusal:
        raise DefinitionError(f"{file_name}: {refusal}") from refusal
    except (AttributeError, TypeError) as error:
        message = f"{file_name} has not the form of a definition: {error}. Export one to see the form."
        raise DefinitionError(message) from error


def _from_whole(plain: Plain) -> Definition:
    """Read what a file holds: one that lacks a part would take that part away from the draft."""
    definition = from_plain(plain)
    for name in ("criteria", "levels"):
        if not isinstance(plain.get(name), list):
            message = f"A definition needs a list of {name}; this file has none. Export one to see the form."
            raise Refusal(message)
    return definition


def _without_none(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data without what is None: TOML can't say it, and reading takes what is missing for it."""
    return {
        key: [_without_none(entry) if isinstance(entry, Mapping) else entry for entry in value]
        if isinstance(value, list)
        else value
        for key, value in plain.items()
        if value is not None
    }
