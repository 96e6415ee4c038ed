"""Scores of many recordings taken together, and whether they reach what we want of them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.accuracy.cases import EMPTY, LONG, NOISE_10, REAL, ROOM, SYNTHETIC
from benchmarks.accuracy.score import Hits, Score, Timing, WordErrors, Words


def summed(hits: Sequence[Hits]) -> Hits:
    return Hits(sum(h.true for h in hits), sum(h.found for h in hits), sum(h.right for h in hits))


def precision(hits: Hits) -> float | None:
    return hits.right / hits.found if hits.found else None


def recall(hits: Hits) -> float | None:
    return hits.right / hits.true if hits.true else None


def f1(hits: Hits) -> float | None:
    """``None`` where there was nothing to find."""
    return 2 * hits.right / (hits.true + hits.found) if hits.true else None


def filled(scores: Sequence[Score]) -> Hits:
    return summed([score.filled_pauses for score in scores])


def minutes(scores: Sequence[Score]) -> float:
    return sum(score.seconds for score in scores) / 60


def count_error(scores: Sequence[Score], absolute: bool) -> float | None:
    """Filled pauses told minus true, a minute; ``absolute``: each recording's error without its sign."""
    errors = [score.filled_pauses.found - score.filled_pauses.true for score in scores]
    total = sum(abs(error) for error in errors) if absolute else sum(errors)
    return total / minutes(scores) if scores else None


def false_a_minute(scores: Sequence[Score]) -> float | None:
    """Filled pauses told a minute, over the recordings in which there is none."""
    without = [score for score in scores if not score.filled_pauses.true]
    return filled(without).found / minutes(without) if without else None


def word_error_rate(scores: Sequence[Score], which: Callable[[Words], WordErrors | None]) -> float | None:
    """Edits a word of the truth; where nothing is said there is no rate, see the table of these."""
    errors = [which(score.words) for score in scores if score.words is not None]
    known = [error for error in errors if error is not None and error.words]
    total = sum(error.words for error in known)
    return sum(error.errors for error in known) / total if total else None


def timings(scores: Sequence[Score]) -> list[Timing]:
    """The timings of recordings in which somebody speaks and whose silences are known."""
    return [s.timing for s in scores if s.timing is not None and s.timing.speaking_true > 0]


def speaking_error(scores: Sequence[Score]) -> float | None:
    """Median of the relative error of the speaking time, without its sign."""
    return _median([abs(t.speaking_told / t.speaking_true - 1) for t in timings(scores)])


def speaking_bias(scores: Sequence[Score]) -> float | None:
    known = timings(scores)
    return sum(t.speaking_told for t in known) / sum(t.speaking_true for t in known) - 1 if known else None


def pace_error(scores: Sequence[Score]) -> float | None:
    """Median of the relative error of the words a minute, without its sign; none told is an error of 1."""
    return _median([abs((t.pace_told or 0) / t.pace_true - 1) for t in timings(scores) if t.pace_true])


def delay_errors(scores: Sequence[Score]) -> list[float]:
    """Told minus true delay of each recording, in seconds; where none was told, the length stands for it."""
    return [
        (t.delay_told if t.delay_told is not None else float("inf")) - t.delay_true
        for t in timings(scores)
        if t.delay_true is not None
    ]


def cost(scores: Sequence[Score]) -> float | None:
    """Seconds of work a second of sound, over all."""
    return sum(s.cost_seconds for s in scores) / (60 * minutes(scores)) if scores else None


def cost_median(scores: Sequence[Score]) -> float | None:
    return _median([score.cost_seconds / score.seconds for score in scores])


def cost_ratio(scores: Sequence[Score]) -> float | None:
    """Seconds of work against plain faster-whisper, over all."""
    plain = [score.plain_seconds for score in scores if score.plain_seconds is not None]
    return sum(s.cost_seconds for s in scores) / sum(plain) if plain and len(plain) == len(scores) else None


def _median(values: Sequence[float]) -> float | None:
    return statistics.median(values) if values else None


@dataclass(frozen=True, slots=True)
class Target:
    """What we want; ``reached`` is ``None`` where this run had nothing to measure it on."""

    what: str
    wanted: str
    got: str
    reached: bool | None


def targets(scores: Sequence[Score]) -> list[Target]:
    """The targets with what these scores reach of them. Clean means recordings as they are."""

    def of(*groups: str) -> list[Score]:
        return [score for score in scores if score.group in groups]

    real, clean = of(REAL), of(REAL, SYNTHETIC)
    false = false_a_minute([*clean, *of(EMPTY)])
    synthetic = [score for score in scores if score.synthetic]
    timed = [score for score in synthetic if score.group in (SYNTHETIC, LONG)]
    pauses = [timing.pauses for timing in timings(timed)]
    delays = [abs(error) for error in delay_errors(synthetic)]
    ours = word_error_rate(clean, lambda words: words.bare)
    plain = word_error_rate(clean, lambda words: words.plain_bare)
    worse = None if ours is None or plain is None else 100 * (ours - plain)
    true, near = sum(p.true for p in pauses), sum(p.near for p in pauses)
    invented = sum(p.invented for p in pauses)
    phrases = summed([score.phrases for score in clean])
    hard = {
        group: f1(filled([score for score in synthetic if score.group == group]))
        for group in (NOISE_10, ROOM)
    }
    return [
        _at_least("filled pauses, real speech: F1", 0.94, f1(filled(real))),
        _at_most("filled pauses, real speech: count error a minute", 0.5, count_error(real, absolute=True)),
        _at_least("filled pauses, synthetic: F1", 0.95, f1(filled(of(SYNTHETIC)))),
        _at_least("filled pauses, synthetic, noise at 10 dB: F1", 0.85, hard[NOISE_10]),
        _at_least("filled pauses, synthetic, echoing room: F1", 0.85, hard[ROOM]),
        _at_most("false filled pauses a minute where there is none", 0.1, false),
        _at_least("filler phrases: precision", 0.9, precision(phrases)),
        _at_least("filler phrases: recall", 0.85, recall(phrases)),
        _at_most("word error rate without filled pauses above plain's, in points", 0.5, worse),
        _at_most("speaking time: error (median)", 0.02, speaking_error(timed)),
        Target(
            "pauses of 1 s or more, both ends within 0.15 s", "all, none invented",
            f"{near} of {true}, {invented} invented",
            near == true and not invented if true else None,
        ),
        _at_most("delay before the first word: worst error, s", 0.15, max(delays, default=None)),
        _at_most("words a minute: error (median)", 0.03, pace_error(timed)),
        _at_most("seconds of work a second of sound", 0.30, cost(scores)),
    ]  # fmt: skip


def _at_least(what: str, wanted: float, got: float | None) -> Target:
    return Target(what, f"≥ {wanted:g}", shown(got), None if got is None else got >= wanted)


def _at_most(what: str, wanted: float, got: float | None) -> Target:
    return Target(what, f"≤ {wanted:g}", shown(got), None if got is None else got <= wanted)


def shown(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{value:.{digits}f}"
