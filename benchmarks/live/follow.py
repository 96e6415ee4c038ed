"""A recording followed at the pace of speech against the same recording finished: words, marks and cost.

Both go through the child process, as they do in the window; the followed ones with captions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.accuracy.cases import Case
from benchmarks.accuracy.score import Hits, score_fillers, score_words
from benchmarks.accuracy.truth import Truth
from benchmarks.live.answers import as_microphone, write
from pmvoice import children
from pmvoice.analysis.feedback import analyse
from pmvoice.paths import Paths
from pmvoice.recorder import BLOCK_SECONDS
from pmvoice.sound_files import RATE, Samples, WavWriter
from pmvoice.transcript import Transcript
from pmvoice.transcription import worker


@dataclass
class Tally:
    """What one way of transcribing makes of all recordings."""

    name: str
    errors: int = 0
    words: int = 0
    pauses: list[Hits] = field(default_factory=list)
    cpu_seconds: float = 0.0
    transcripts: list[Transcript] = field(default_factory=list)

    def add(self, truth: Truth, transcript: Transcript) -> None:
        self.transcripts.append(transcript)
        self.pauses.append(score_fillers(truth, analyse(transcript))[0])
        if truth.words is not None:
            _, bare = score_words(truth.words, [word.text for word in transcript.words])
            self.errors, self.words = self.errors + bare.errors, self.words + bare.words

    @property
    def f1(self) -> float:
        true, told = (sum(getattr(hits, name) for hits in self.pauses) for name in ("true", "found"))
        return 2 * sum(hits.right for hits in self.pauses) / (true + told) if true + told else 1.0

    @property
    def error_rate(self) -> float:
        return 100 * self.errors / self.words if self.words else 0.0


class Child:
    """The transcription child, with its model loaded."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            children.command(worker.ROLE), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.tell(worker.Load("base", str(Paths.of_this_person().models)))
        self.wait_for(worker.Ready)

    def tell(self, request: worker.Request) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(worker.encode(request) + b"\n")
            self._process.stdin.flush()

    def wait_for(self, kind: type[worker.Event]) -> worker.Event:
        for line in self._process.stdout or ():
            event = worker.decode_event(line)
            if isinstance(event, kind):
                return event
        raise RuntimeError("the child has ended")

    def cpu_seconds(self) -> float:
        """Its processor time so far; from Linux's ``/proc``."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


def follow_table(cases: Sequence[Case]) -> None:
    """Follow every recording at its pace, transcribe it finished, and print the table."""
    live, finished = Tally("followed while it grows"), Tally("finished")
    one, other = Child(), Child()
    with tempfile.TemporaryDirectory() as folder:
        for place, case in enumerate(cases):
            samples, truth = case.make()
            live.add(truth, _transcript(one, live, place, Path(folder) / f"{place}.wav", samples))
            path = write(samples, Path(folder), f"finished-{place}")
            finished.add(truth, _transcript(other, finished, place, path))
            print(f"{case.name}: {live.errors} {finished.errors}", file=sys.stderr, flush=True)
    one.end()
    other.end()
    _print(live, finished)


def _transcript(
    child: Child, tally: Tally, job: int, path: Path, growing: Samples | None = None
) -> Transcript:
    """Have a recording transcribed; with ``growing``, while it is written."""
    before = child.cpu_seconds()
    if growing is None:
        child.tell(worker.Transcribe(job, str(path)))
    else:
        with WavWriter(path) as wav:
            child.tell(worker.Transcribe(job, str(path), is_growing=True, has_captions=True))
            _write_at_pace(wav, growing)
        child.tell(worker.End(job))
    event = child.wait_for(worker.Transcribed)
    tally.cpu_seconds += child.cpu_seconds() - before
    assert isinstance(event, worker.Transcribed)  # noqa: S101 - for the checker: it was waited for
    return event.transcript


def _write_at_pace(wav: WavWriter, samples: Samples) -> None:
    pcm, step, due = as_microphone(samples), round(BLOCK_SECONDS * RATE), time.monotonic()
    for place in range(0, len(pcm), step):
        due += BLOCK_SECONDS
        time.sleep(max(due - time.monotonic(), 0.0))
        wav.write(pcm[place : place + step].tobytes())


def _print(live: Tally, finished: Tally) -> None:
    same = sum(a == b for a, b in zip(live.transcripts, finished.transcripts, strict=True))
    minutes = sum(each.duration_seconds for each in live.transcripts) / 60
    print(
        f"| {len(live.transcripts)} recordings, {minutes:.1f} minutes | word error rate, % "
        "| F1 of filled pauses | processor seconds a minute |"
    )
    print("|---|---|---|---|")
    for tally in (live, finished):
        print(
            f"| {tally.name} | {tally.error_rate:.2f} | {tally.f1:.3f} | {tally.cpu_seconds / minutes:.1f} |"
        )
    ratio = live.cpu_seconds / finished.cpu_seconds
    print(f"\nThe same to the last word and time: {same} of {len(live.transcripts)}.")
    print(f"Processor time, followed against finished: {ratio:.2f}.", flush=True)
