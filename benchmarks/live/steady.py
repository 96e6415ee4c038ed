"""Ten minutes of answer into the real window through a real sound server, both cores busy with other work.

Does the window stay fluent, is every frame there, and does the memory stay where it is?
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.live.answers import long_answer, write
from benchmarks.live.run import (
    Beat,
    begin_answer,
    child_id,
    is_reviewed,
    pause,
    recorded_seconds,
    wait_until,
    window,
)
from pmvoice.app import App
from pmvoice.paths import Paths
from pmvoice.recorder import Recorder
from pmvoice.transcription.models import provide_model
from tests.virtual_devices import virtual_sound_card

MINUTES = 10
SETTLED_SECONDS = 60.0  # from then on the memory should stay where it is
LOOK_SECONDS = 10.0


def steady_table(minutes: int = MINUTES) -> None:
    """Record for so long, and print the table."""
    if not shutil.which("pulseaudio"):
        print("\nThe ten minutes under load were not measured: PulseAudio is not installed.")
        return
    with TemporaryDirectory() as folder, _busy_cores():
        spoken = write(long_answer(60 * minutes + 30, 0), Path(folder), "spoken")
        with (
            virtual_sound_card(Path(folder)) as card,
            window(Recorder) as app,
            card.play_into_microphone(spoken) as playing,
        ):
            _measure(app, 60.0 * minutes)
            playing.kill()


def _measure(app: App, seconds: float) -> None:
    begin_answer(app)
    recorder, beat = app.rehearsal._recorder, Beat()
    assert recorder is not None  # noqa: S101 - for the checker: it records
    began, at_first = time.monotonic(), recorded_seconds(app)
    memory: list[tuple[float, float, float]] = []
    while time.monotonic() - began < seconds:
        pause(min(LOOK_SECONDS, seconds - (time.monotonic() - began)))
        memory.append((time.monotonic() - began, megabytes("self"), megabytes(str(child_id(app)))))
    captured, elapsed = recorded_seconds(app) - at_first, time.monotonic() - began
    gap = beat.longest_seconds
    app.rehearsal.start_or_stop()
    stopped = time.monotonic()
    wait_until(lambda: is_reviewed(app), seconds)
    ready = time.monotonic() - stopped
    settled = [each for each in memory if each[0] >= SETTLED_SECONDS]
    model = provide_model("base", Paths.of_this_person().models, lambda task, done: None)
    model_megabytes = sum(path.stat().st_size for path in model.folder.iterdir()) / 1e6
    peak = megabytes(str(child_id(app)), "VmHWM")
    rows = (
        ("longest gap of the window's event loop, s", f"{gap:.3f}"),
        ("frames captured against the clock, %", f"{100 * (captured - elapsed) / elapsed:+.3f}"),
        ("gaps in the recording that the sound system told of", "yes" if recorder.problem else "none"),
        ("memory of the window's process after a minute, MB", f"{settled[0][1]:.0f}"),
        (f"the same after {seconds / 60:.0f} minutes, MB", f"{settled[-1][1]:.0f}"),
        ("highest memory of the transcription child, MB", f"{peak:.0f}"),
        ("the same without the model's files, MB", f"{peak - model_megabytes:.0f}"),
        ("from stop to the complete review, s", f"{ready:.1f}"),
    )
    print(f"| {seconds / 60:.0f} minutes of answer, all {os.cpu_count()} cores busy besides | |")
    print("|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")
    print(flush=True)


def megabytes(process: str, field: str = "VmRSS") -> float:
    """The memory of a process now, or with ``VmHWM`` at most so far; from Linux's ``/proc``."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


@contextlib.contextmanager
def _busy_cores() -> Iterator[None]:
    """Have as many processes as there are cores do nothing but be busy."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for each in busy:
            each.kill()
            each.wait()
