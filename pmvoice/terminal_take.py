"""One take recorded from the terminal: from the microphone until Enter."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from pmvoice.errors import UserError
from pmvoice.phrasing import clock
from pmvoice.recorder import SHORTEST_TAKE_SECONDS, SILENT_MICROPHONE, Capture, Recorder

CLOSE_SECONDS = 3.0

Remark = Callable[[str], None]


class EnterKey:
    """Tells when Enter was pressed, without stopping to wait for it. The end of input counts as Enter."""

    def __init__(self) -> None:
        self._pressed = threading.Event()
        self._at_end = False  # of the input, after which nobody can press it any more
        threading.Thread(target=self._read, name="enter", daemon=True).start()

    def _read(self) -> None:
        for _ in sys.stdin:
            self._pressed.set()
        self._at_end = True

    def was_pressed(self) -> bool:
        """Whether Enter was pressed since the last time it was asked."""
        pressed = self._pressed.is_set()
        self._pressed.clear()
        return pressed or self._at_end

    def forget(self) -> None:
        """Let what was pressed until now not count."""
        self._pressed.clear()


def record_take(path: Path, microphone: str | None, enter: EnterKey, remark: Remark) -> None:
    """Record into ``path`` until Enter; ``remark`` is told how it goes.

    What was recorded is kept also where Ctrl+C or the microphone ends it. Raises ``UserError``, and leaves
    no file, where nothing was recorded.
    """
    remark("Starting the microphone ...")
    recorder = Recorder(path, microphone)
    recorder.start()
    try:
        _watch(recorder, enter, remark)
    finally:
        recorder.stop()
        recorder.wait(CLOSE_SECONDS)
    if recorder.seconds < SHORTEST_TAKE_SECONDS:
        path.unlink(missing_ok=True)
        raise UserError(recorder.problem or "Nothing was recorded, so nothing was kept.")
    if recorder.problem:
        remark(recorder.problem)
    remark(f"Recorded {clock(recorder.seconds)}.")


def _watch(recorder: Recorder, enter: EnterKey, remark: Remark) -> None:
    told_recording = told_silent = False
    while not recorder.wait(0.05):
        if recorder.capture is Capture.RECORDING and not told_recording:
            told_recording = True
            enter.forget()
            remark("Recording. Press Enter to stop.")
        if recorder.is_silent and not told_silent:
            told_silent = True
            remark(SILENT_MICROPHONE)
        if enter.was_pressed():
            return
