"""The program and plain faster-whisper over the cases, timed in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from benchmarks.accuracy.cases import Case
from benchmarks.accuracy.score import (
    REPETITION_SLACK_WORDS,
    Hits,
    Score,
    Words,
    aligned_words,
    places,
    score_fillers,
    score_labels,
    score_timing,
    score_words,
)
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import FillerKind
from pmvoice.sound_files import RATE, Samples
from pmvoice.transcription.engine import Engine
from pmvoice.transcription.live import transcribe
from pmvoice.transcription.whisper import LANGUAGE

Result = TypeVar("Result")


def plain_transcript(engine: Engine, samples: Samples) -> str:
    """What faster-whisper makes of it with the same model and no further options."""
    segments, _ = engine.whisper.model.transcribe(samples, language=LANGUAGE)
    return "".join(segment.text for segment in segments).strip()


def scores(engine: Engine, cases: Sequence[Case], repeat: int, with_plain: bool) -> Iterator[Score]:
    """The score of each case as it is made; ``repeat`` times transcribed, for the median of the time."""
    for case in cases:
        yield _score(engine, case, repeat, with_plain)


def _score(engine: Engine, case: Case, repeat: int, with_plain: bool) -> Score:
    samples, truth = case.make()
    plain, plain_seconds = (
        _timed(lambda: plain_transcript(engine, samples), repeat) if with_plain else (None, None)
    )
    transcript, cost = _timed(lambda: transcribe(engine, samples), repeat)
    feedback: Feedback = analyse(transcript)
    pauses, missed, false = score_fillers(truth, feedback)
    phrases, repetitions = Hits(), Hits()
    words = None
    if truth.words is not None:
        aligned = aligned_words(truth, feedback)
        told = {kind: [f for f in feedback.fillers if f.kind is kind] for kind in FillerKind}
        phrases = score_labels(truth.phrases, told[FillerKind.FILLER_PHRASE], aligned, 0)
        repetitions = score_labels(
            truth.repetitions, told[FillerKind.REPETITION], aligned, REPETITION_SLACK_WORDS
        )
        spoken, bare = score_words(truth.words, [word.text for word in transcript.words])
        plain_errors = (None, None) if plain is None else score_words(truth.words, plain.split())
        words = Words(spoken, bare, *plain_errors)
    return Score(
        name=case.name,
        group=case.group,
        half=case.half,
        synthetic=case.synthetic,
        seconds=len(samples) / RATE,
        transcript=transcript.text,
        plain_transcript=plain,
        filled_pauses=pauses,
        found_filled_pauses=places(feedback.fillers, FillerKind.FILLED_PAUSE),
        missed=missed,
        false=false,
        phrases=phrases,
        repetitions=repetitions,
        found_phrases=places(feedback.fillers, FillerKind.FILLER_PHRASE),
        found_repetitions=places(feedback.fillers, FillerKind.REPETITION),
        heard_words=len(transcript.words),
        words=words,
        timing=score_timing(truth, feedback),
        cost_seconds=cost,
        plain_seconds=plain_seconds,
    )


def _timed(work: Callable[[], Result], repeat: int) -> tuple[Result, float]:
    """What it gives, and the median of the seconds that it took."""
    taken = []
    for _ in range(repeat):
        began = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - began)
    return result, statistics.median(taken)
