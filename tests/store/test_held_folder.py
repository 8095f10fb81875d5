"""Rules of the folders that people's files are copied to: nothing stays behind, not even after a kill."""

import subprocess
import sys
from pathlib import Path

from alignment.store.held_folder import HeldFolder

HOLDER = """
from alignment.store.held_folder import HeldFolder
print(HeldFolder.make().path, flush=True)
input()
"""


def test_a_folder_that_a_killed_process_left_is_cleared_by_the_next(tmp_path, monkeypatch):
    """Somebody's leads must not lie about in the system's scratch folder for ever."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as holder:
        left = Path(holder.stdout.readline().strip())
        (left / "leads.csv").write_text("ada", encoding="utf-8")
        other = HeldFolder.make()
        assert left.exists(), "its process still works with it"
        holder.kill()
        holder.wait()

    HeldFolder.make().remove()

    assert [path.name for path in tmp_path.iterdir()] == [other.path.name]
    other.remove()
    assert not any(tmp_path.iterdir())
