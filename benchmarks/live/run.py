"""The real window, with its child process and history, and a microphone that hears an answer at its pace."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from pmvoice import app as pmvoice_app
from pmvoice.app import App
from pmvoice.gui import theme
from pmvoice.interview import Stage
from pmvoice.paths import Paths
from pmvoice.questions import load_bank
from pmvoice.recorder import BLOCK_SECONDS, Recorder
from pmvoice.transcription.models import provide_model
from tests.fakes import FakeMicrophoneRecorder, FakePlayer

BEAT_MILLISECONDS = 5
READY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One answer, from its first block to the complete review."""

    seconds_to_review: float
    longest_gap_seconds: float  # of the event loop, while recording
    child_cpu_seconds: float  # from the first block to the complete review


class Beat(QObject):
    """Notes the longest time in which the event loop did not come round."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_seconds = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT_MILLISECONDS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()

    def begin(self) -> None:
        self._last, self.longest_seconds = time.perf_counter(), 0.0

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.longest_seconds = max(self.longest_seconds, now - self._last)
        self._last = now


@contextmanager
def window(recorder: Callable[[Path, str | None], Recorder]) -> Iterator[App]:
    """The whole window, on a screen if there is one, with files of its own and the model ready."""
    if not os.environ.get("DISPLAY"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise TypeError("a program without widgets runs already")
    theme.dress(application)
    model = provide_model("base", Paths.of_this_person().models, lambda task, done: None)
    with TemporaryDirectory() as folder:
        paths = Paths.below(Path(folder))
        paths.models.mkdir(parents=True)
        (paths.models / "base").symlink_to(model.folder)
        app = pmvoice_app.build(paths, player=FakePlayer(), recorder=recorder)
        app.window.show()
        app.transcriber.warm_up()
        try:
            wait_until(lambda: app.transcriber._is_ready, READY_SECONDS)
            yield app
        finally:
            app.window.close()
            app.shut_down()


def hearing(sound: NDArray[np.int16]) -> Callable[[Path, str | None], Recorder]:
    """Makes recorders whose microphone hears this at its pace, and then silence."""
    silence = np.zeros(round(BLOCK_SECONDS * 16_000), np.int16)
    heard = np.concatenate([sound, silence])

    def made(path: Path, _microphone: str | None) -> Recorder:
        return FakeMicrophoneRecorder(path, heard, pace_seconds=BLOCK_SECONDS, forever=True)

    return made


def rehearse(app: App, seconds: float) -> Rehearsed:
    """Answer a question for so long, and wait for the complete review."""
    beat = Beat()
    begin_answer(app)
    cpu_before = cpu_seconds(app)
    beat.begin()
    wait_until(
        lambda: app.rehearsal.stage is Stage.RECORDING and recorded_seconds(app) >= seconds, 2 * seconds
    )
    gap = beat.longest_seconds
    stopped = time.perf_counter()
    app.rehearsal.start_or_stop()
    wait_until(lambda: is_reviewed(app), seconds)
    ready = time.perf_counter() - stopped
    return Rehearsed(ready, gap, cpu_seconds(app) - cpu_before)


def begin_answer(app: App) -> None:
    """Start a round and its first answer; returns when sound arrives."""
    app.rehearsal.begin(load_bank().questions[:1])
    app.rehearsal.start_or_stop()
    wait_until(lambda: app.rehearsal.stage is Stage.RECORDING, READY_SECONDS)


def recorded_seconds(app: App) -> float:
    recorder = app.rehearsal._recorder
    return recorder.seconds if recorder is not None else 0.0


def is_reviewed(app: App) -> bool:
    """Whether the review shows the transcript, the numbers and the marks."""
    review = app.window.review
    return app.window.page is review and review.said.marker.feedback is not None


def cpu_seconds(app: App) -> float:
    """The processor time of the transcription child so far; from Linux's ``/proc``."""
    fields = Path(f"/proc/{child_id(app)}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def child_id(app: App) -> int:
    """The process that transcribes."""
    return int(app.transcriber._child._process.processId())


def pause(seconds: float) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def wait_until(is_so: Callable[[], bool], seconds: float) -> None:
    """Let the window live until something is so; ``TimeoutError`` after so long."""
    loop, end = QEventLoop(), time.monotonic() + seconds
    look = QTimer(interval=BEAT_MILLISECONDS)
    look.timeout.connect(lambda: loop.quit() if is_so() or time.monotonic() > end else None)
    look.start()
    loop.exec()
    if not is_so():
        raise TimeoutError("it did not come to be")
