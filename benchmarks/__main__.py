"""``make bench``: measure, and print the tables of ``benchmarks/README.md``.

Figures are ratios within one run where they can be, because machines are noisy.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.accuracy.__main__ import main as measure_accuracy
from benchmarks.accuracy.corpus import read_corpus
from benchmarks.history import history_table
from benchmarks.live.__main__ import main as measure_live
from benchmarks.start import start_table
from pmvoice.analysis.feedback import analyse
from pmvoice.errors import UserError
from pmvoice.paths import Paths, resource
from pmvoice.playback import Player
from pmvoice.questions import load_bank
from pmvoice.sound_files import RATE, Samples, convert_to_wav, read_wav, wav_seconds
from pmvoice.speech import speak_to_file
from pmvoice.transcription.engine import Engine
from pmvoice.transcription.live import transcribe
from pmvoice.transcription.models import provide_model
from pmvoice.transcription.whisper import LANGUAGE

RUNS = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="FOLDER",
        help="recordings with a manifest.json, to measure everything on them and on worse copies of them",
    )
    corpus: Path | None = parser.parse_args().corpus
    if corpus:  # before an hour is spent on the rest
        try:
            read_corpus(corpus)
        except UserError as error:
            print(error, file=sys.stderr)
            return 2
    paths = Paths.of_this_person()
    print(f"{os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory() as folder:
        _transcription(paths, Path(folder))
        _speech(Path(folder))
    print(flush=True)
    start_table()
    history_table()
    measure_live(["--corpus", str(corpus)] if corpus else [])
    return measure_accuracy(["--corpus", str(corpus)] if corpus else ["--set", "clean"])


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _transcription(paths: Paths, folder: Path) -> None:
    """Our verbatim transcription against plain faster-whisper: same model, same samples, same run."""
    engine = Engine(provide_model("base", paths.models, lambda task, done: None))
    convert_to_wav(resource("assets/sample-answer.flac"), folder / "sample.wav")
    samples, _ = read_wav(folder / "sample.wav")
    ours, plain = [], []
    for _ in range(RUNS):
        plain.append(_seconds(lambda: _plain(engine, samples)))
        ours.append(_seconds(lambda: transcribe(engine, samples)))
    ratio = statistics.median(a / b for a, b in zip(ours, plain, strict=True))
    length = len(samples) / RATE
    fillers = analyse(transcribe(engine, samples)).fillers
    print(f"| transcription of the sample answer ({length:.0f} s), `base` int8 | |")
    print("|---|---|")
    print(f"| time against plain faster-whisper | {ratio:.2f} |")
    print(f"| time against the length of the answer | {statistics.median(ours) / length:.2f} |")
    print(f"| filled pauses found, of 7 | {sum(f.kind.value == 'filled_pause' for f in fillers)} |")
    print()


def _plain(engine: Engine, samples: Samples) -> str:
    segments, _ = engine.whisper.model.transcribe(samples, language=LANGUAGE)
    return "".join(segment.text for segment in segments)


def _speech(folder: Path) -> None:
    """Making a question's speech, and falling silent when it is skipped."""
    made = {}
    for question in load_bank().questions:
        began = time.perf_counter()
        path = speak_to_file(question.question, folder / "speech")
        made[path] = time.perf_counter() - began
    shares = [seconds / wav_seconds(path) for path, seconds in made.items()]
    print(f"| speech of the {len(made)} questions | median | worst |")
    print("|---|---|---|")
    print(f"| seconds to make | {statistics.median(made.values()):.2f} | {max(made.values()):.2f} |")
    print(f"| against the length of the speech | {statistics.median(shares):.2f} | {max(shares):.2f} |")
    try:
        stops = sorted(_stop_seconds(path) for path in list(made)[:10])
    except UserError as error:
        print(f"\nThe time to fall silent was not measured: {error}")
        return
    print(f"| seconds to fall silent when skipped | {statistics.median(stops):.3f} | {stops[-1]:.3f} |")


def _stop_seconds(path: Path) -> float:
    """From ``stop`` until the sound device is closed; its samples are dropped, not played out."""
    problems: list[str | None] = []
    player = Player()
    player.play(path, problems.append)
    while player.position_seconds == 0 and not problems:
        time.sleep(0.005)
    if problems and problems[0]:
        raise UserError(problems[0])

    def stop() -> None:
        player.stop()
        player.wait()

    return _seconds(stop)


if __name__ == "__main__":
    sys.exit(main())
