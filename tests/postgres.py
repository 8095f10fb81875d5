"""A PostgreSQL server for the tests, in a folder of its own, where the machine has the program."""

import csv
import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

PLACES = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt")
NULL = "\\N"


def programs() -> Path | None:
    """Return the folder of initdb, pg_ctl and psql, None on a machine without a server."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    found += sorted(path.parent for place in PLACES for path in Path(place).glob("*/bin/initdb"))
    complete = [folder for folder in found if all((folder / name).exists() for name in ("pg_ctl", "psql"))]
    return complete[0] if complete else None


def runner() -> str | None:
    """Return the user to run the server as: it refuses root. None where root has nobody to stand in."""
    if os.geteuid() != 0:
        return getpass.getuser()
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


class Server:
    """A running server, asked through psql over a socket in its folder."""

    def __init__(self, programs: Path, folder: Path, user: str) -> None:
        self.programs, self.folder, self.user = programs, folder, user

    def run(self, program: str, *words: str, text: str = "") -> str:
        """Run one of the server's programs as its user; return what it prints."""
        become = {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [self.programs / program, *words],
            input=text,
            text=True,
            encoding="utf-8",
            capture_output=True,
            cwd=self.folder,
            check=False,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **become,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, script: str) -> list[list[str]]:
        """Run a script; return the rows of its last question as texts, a null as an empty one."""
        quiet = ("--no-psqlrc", "--quiet", "--csv", "--tuples-only", "--set", "ON_ERROR_STOP=1")
        where = ("--host", str(self.folder), "--username", "accord", "--dbname", "postgres")
        return list(csv.reader(StringIO(self.run("psql", *quiet, *where, text=script), newline="")))


def rows_to_copy(table: str, rows: Sequence[Sequence[object]]) -> str:
    """Return the script that copies the rows into the table, whatever their texts hold."""
    page = StringIO(newline="")
    csv.writer(page, lineterminator="\n").writerows(
        [[NULL if value is None else value for value in row] for row in rows]
    )
    return f"copy {table} from stdin with (format csv, null '{NULL}');\n{page.getvalue()}\\.\n"


@contextmanager
def server(found: Path, user: str) -> Iterator[Server]:
    """Start a server without network, its data in a folder that goes when it stops."""
    folder = Path(tempfile.mkdtemp(prefix="accord-"))
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    started = Server(found, folder, user)
    options = f"-F -k {folder} -c listen_addresses="
    try:
        started.run(
            "initdb", "-D", "data", "-U", "accord", "-A", "trust", "-E", "UTF8", "--locale", "C", "-N"
        )
        started.run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")
        yield started
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            started.run("pg_ctl", "-D", "data", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)
