"""A document as PDF, by Typst: the text comes as data, so that nothing of it can be taken for markup."""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from alignment.errors import DocumentError
from alignment.paper.document import Document

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(document: Document) -> bytes:
    """Return the document as a tagged PDF; raise DocumentError when it can't be set."""
    given = {"document": json.dumps(asdict(document), ensure_ascii=False)}
    try:
        return typst.compile(TEMPLATE.read_bytes(), sys_inputs=given)
    except typst.TypstError as error:
        message = f"The PDF could not be written: {str(error).splitlines()[0]} Take the HTML file meanwhile."
        raise DocumentError(message) from error
