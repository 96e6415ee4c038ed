"""What a person would run instead: ``whisper-ctranslate2``, pinned, in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

LOCK = Path(__file__).with_name("whisper-ctranslate2.lock")


class Instead:
    """An environment with the program in it, made in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._bin = folder / "instead" / "bin"
        self._out = folder / "instead" / "out"
        _run(sys.executable, "-m", "uv", "venv", "--quiet", "--python", sys.executable, str(self._bin.parent))
        _run(
            *(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--require-hashes"),
            *("--python", str(self._bin / "python"), "-r", str(LOCK)),
        )

    def seconds(self, recording: Path, model_folder: Path) -> float:
        """How long it takes for a recording, its start included, as a person waits for it."""
        began = time.perf_counter()
        _run(
            *(str(self._bin / "whisper-ctranslate2"), str(recording), "--model_directory", str(model_folder)),
            *("--device", "cpu", "--compute_type", "int8", "--language", "en", "--verbose", "False"),
            *("--local_files_only", "True", "--output_dir", str(self._out), "--output_format", "txt"),
        )
        return time.perf_counter() - began


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
