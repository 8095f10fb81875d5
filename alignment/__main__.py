"""The command line: `python -m alignment --help`."""

import sys
from collections.abc import Callable, Sequence
from functools import cache

import typer
from pydantic import ValidationError
from typer.exceptions import TyperException
from typer.main import get_command

from alignment.commands import definition, report
from alignment.commands.demo import demo
from alignment.commands.digest import digest
from alignment.commands.load import load
from alignment.commands.scout import scout
from alignment.domain.refusal import Refusal

BAD_INPUT = 2

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Accord: the dashboard on which marketing and sales agree.",
)
app.command("import")(load)
app.command()(demo)
app.command()(digest)
app.add_typer(report.app, name="report")
definition.app.command()(scout)
app.add_typer(definition.app, name="definition")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 after one clear line about what was wrong with the input."""
    try:
        return int(_command()(arguments, standalone_mode=False) or 0)
    except Refusal as refusal:
        return _refused(str(refusal))
    except ValidationError as error:
        return _refused("; ".join(f"setting {fault['loc'][0]}: {fault['msg']}" for fault in error.errors()))
    except TyperException as error:
        words = getattr(error, "format_message", error.__str__)
        return _shown(words()) if "Usage:" in words() else _refused(words())


def _shown(text: str) -> int:
    typer.echo(text, err=True)
    return BAD_INPUT


@cache
def _command() -> Callable[..., int | None]:
    """Return all commands, made once: Typer would go through all their options for each call."""
    return get_command(app)


def _refused(sentence: str) -> int:
    typer.echo(" ".join(sentence.split()), err=True)
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
