"""A digest in words, ready for a page, a file or a message: figures, and lines under headings."""

from alignment.domain.agreement import Version
from alignment.domain.definition_words import sentence
from alignment.domain.digest import Digest
from alignment.ui import digest_figures, digest_news, digest_promises, words
from alignment.ui.digest_parts import Block, Said, Teller
from alignment.ui.plain import one_line
from alignment.ui.shapes import SHAPES

DEFINITION = "What we hand over"


def said(found: Digest, teller: Teller, company: str, as_of: str) -> Said:
    """Return the digest in words."""
    period = words.period(found.period)
    return Said(
        company=company,
        title=f"Our goal, {period}" if found.goal else f"What we won, {period}",
        headline=digest_figures.headline(found, teller.say),
        figures=digest_figures.others(found, teller.say),
        blocks=(
            digest_news.changed(found, teller),
            digest_promises.promises(found, teller.say),
            definition(found, teller),
        ),
        as_of=as_of,
        bar=digest_figures.bar(found),
    )


def subject(told: Said) -> str:
    """Return the digest in one line, for the subject of a message."""
    whose = f"{told.company}: " if told.company else ""
    return one_line(f"{whose}{told.headline.value} {told.headline.name}")


def definition(found: Digest, teller: Teller) -> Block:
    """Return the definition in force, who signed it, and the one that is signed for later."""
    version = found.version
    if version is None:
        return Block(DEFINITION, ("No definition is in force yet.",))
    lines = [sentence(version.definition), _signed(version, teller)]
    if later := found.next_version:
        lines.append(f"Version {later.number} is signed too: {_signed(later, teller)}")
    since = version.terms.effective_on
    name = f"{DEFINITION}: version {version.number}"
    return Block(f"{name}, since {words.day(since)}" if since else name, tuple(lines))


def _signed(version: Version, teller: Teller) -> str:
    if not version.signatures:
        return "Nobody has signed it: it is what we began with."
    who = " and ".join(
        f"{SHAPES[sign.who.side]} {sign.who.name} for {sign.who.side}, {teller.day(sign.at)}"
        for sign in version.signatures
    )
    why = f" Why: {version.terms.reason}" if version.terms.reason else ""
    return f"Signed by {who}.{why}"
