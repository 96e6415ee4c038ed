"""How soon the review is there after the last word, against plain faster-whisper and another program."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from faster_whisper import WhisperModel

from benchmarks.live.answers import as_microphone, long_answer, longer_answer, write
from benchmarks.live.instead import Instead
from benchmarks.live.run import Rehearsed, hearing, rehearse, window
from pmvoice.paths import Paths
from pmvoice.sound_files import RATE, Samples
from pmvoice.transcription.models import provide_model
from pmvoice.transcription.whisper import LANGUAGE

SHORT_SECONDS, LONG_SECONDS = 120, 300
SHORT_RUNS, LONG_RUNS = 3, 2


@dataclass(frozen=True, slots=True)
class Run:
    """One answer, live and plain."""

    seconds: float
    live: Rehearsed
    plain_seconds: float


def review_table(short_runs: int = SHORT_RUNS, long_runs: int = LONG_RUNS) -> None:
    """Rehearse long answers at the pace of speech, and print how soon their reviews were there."""
    endings = [long_answer(SHORT_SECONDS, first) for first in range(short_runs)]
    longer = [longer_answer(LONG_SECONDS, place + 2, endings[place]) for place in range(long_runs)]
    short, long = _runs(endings), _runs(longer)
    instead = _instead_seconds(endings[0])
    print("| from the end of the answer to its complete review | answers | seconds | worst | against plain |")
    print("|---|---|---|---|---|")
    for name, runs in ((f"{SHORT_SECONDS} s", short), (f"{LONG_SECONDS} s", long)):
        seconds = [run.live.seconds_to_review for run in runs]
        ratio = statistics.median(run.live.seconds_to_review / run.plain_seconds for run in runs)
        print(
            f"| {name} | {len(runs)} | {statistics.median(seconds):.2f} | {max(seconds):.2f} | {ratio:.3f} |"
        )
    same = [(a, b) for a, b in zip(long, short, strict=False)]
    ratio = statistics.median(a.live.seconds_to_review / b.live.seconds_to_review for a, b in same)
    plain = statistics.median(run.plain_seconds for run in short)
    print(f"\nThe long answers end with the short ones; their reviews took {ratio:.2f} times as long.")
    print(
        f"For {SHORT_SECONDS} s plain took {plain:.1f} s, whisper-ctranslate2 {instead:.1f} s.\n", flush=True
    )


def _instead_seconds(answer: Samples) -> float:
    with TemporaryDirectory() as folder:
        recording = write(answer, Path(folder), "answer")
        return Instead(Path(folder)).seconds(recording, _model_folder())


def _runs(answers: Sequence[Samples]) -> list[Run]:
    runs = []
    for answer in answers:
        with window(hearing(as_microphone(answer))) as app:
            live = rehearse(app, len(answer) / RATE)
        runs.append(Run(len(answer) / RATE, live, plain_seconds(answer)))
        print(runs[-1], file=sys.stderr, flush=True)
    return runs


def plain_seconds(answer: Samples) -> float:
    """How long plain faster-whisper takes with the same model: with its own number of threads, or with one.

    The quicker of the two counts; which that is differs by machine.
    """
    taken = []
    for threads in (0, 1):
        model = WhisperModel(
            str(_model_folder()),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            local_files_only=True,
        )
        began = time.perf_counter()
        segments, _ = model.transcribe(answer, language=LANGUAGE)
        for _ in segments:
            pass
        taken.append(time.perf_counter() - began)
    return min(taken)


def _model_folder() -> Path:
    return provide_model("base", Paths.of_this_person().models, lambda task, done: None).folder
