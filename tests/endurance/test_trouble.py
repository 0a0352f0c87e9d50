"""Trouble with the place is told in a sentence, and nothing that was acknowledged is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.endurance.trouble import KINDS
from tests.endurance.zygote import ROOT


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_goes_while_it_is_open_is_told(kind: str, tmp_path: Path) -> None:
    """Moved, deleted or replaced: nothing is answered from it or recorded in it; put back, it goes on."""
    (tmp_path / "kept").mkdir()
    told = KINDS[kind](tmp_path / "kept" / "trusts.db")
    sentence = (
        f"{tmp_path / 'kept' / 'trusts.db'} was moved, deleted or replaced while it was open, so nothing more is read from it or "
        "recorded in it: put it back, or open what is there now"
    )
    assert (told.recording, told.asking, told.lost) == (sentence, sentence, 0)


def test_a_file_that_may_grow_no_further_is_told(tmp_path: Path) -> None:
    """What was there stays and can be asked; nothing is half recorded; with room again, the same open ledger goes on."""
    place = tmp_path / "trusts.db"
    command = [sys.executable, "-m", "tests.endurance.trouble", str(place)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    told = f"can't write to {place}: disk I/O error; nothing was recorded. Make room on the disk, then do it again."
    assert (done.stdout, done.stderr) == (f"Told(recording=\"{told}\", asking='', lost=0)\n", "")
