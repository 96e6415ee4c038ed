"""From the start of the process to the first painted window: pmvoice against a bare PySide6 window.

``python -m benchmarks.start`` measures on the screen that ``DISPLAY`` names, or without one (Qt's platform
'offscreen'). Each program is started as a person starts it. Nothing in it takes part: Qt itself can be told
to log when it hands a window's picture to the system, and the first such line is the moment.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 11
TOP = Path(__file__).resolve().parent.parent
BARE = [str(Path(__file__).with_name("bare_window.py"))]
PMVOICE = ["-m", "pmvoice"]
PAINTED = b"Flushing"  # what Qt logs when a window's picture goes to the system


def start_table() -> None:
    """Start each program several times, in turn, and print the table; the median of the runs."""
    seconds: dict[str, list[float]] = {"bare": [], "later": [], "first": []}
    with tempfile.TemporaryDirectory() as folder:
        used = Path(folder) / "used"
        for command in (BARE, PMVOICE):  # from the disk into memory, and the later starts' folders made
            _seconds_to_paint(command, used)
        for run in range(RUNS):
            seconds["bare"].append(_seconds_to_paint(BARE, used))
            seconds["later"].append(_seconds_to_paint(PMVOICE, used))
            seconds["first"].append(_seconds_to_paint(PMVOICE, Path(folder) / f"first-{run}"))
    screen = f"display {os.environ['DISPLAY']}" if os.environ.get("DISPLAY") else "no screen (offscreen)"
    print(f"| start to first painted window, {screen} | seconds | against a bare PySide6 window |")
    print("|---|---|---|")
    for name, what in (
        ("bare", "a bare PySide6 window"),
        ("first", "pmvoice, the first start"),
        ("later", "pmvoice, later starts"),
    ):
        ratio = statistics.median(a / b for a, b in zip(seconds[name], seconds["bare"], strict=True))
        print(f"| {what} | {statistics.median(seconds[name]):.3f} | {ratio:.2f} |")


def _seconds_to_paint(command: list[str], home: Path) -> float:
    """Start a program with its files in ``home``, and end it once its window is painted."""
    environment = os.environ | {
        "PMVOICE_HOME": str(home),
        "QT_FORCE_STDERR_LOGGING": "1",
        "QT_LOGGING_RULES": "qt.widgets.painting.debug=true",
    }
    if not os.environ.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *command], cwd=TOP, env=environment, stderr=subprocess.PIPE, bufsize=0
    ) as child:
        printed = b""
        while PAINTED not in printed:
            piece = os.read(child.stderr.fileno(), 4096) if child.stderr else b""
            if not piece:
                raise RuntimeError(f"{command} ended without a window: {printed.decode(errors='replace')}")
            printed += piece
        ended = time.perf_counter()
        child.kill()
    return ended - began


if __name__ == "__main__":
    start_table()
