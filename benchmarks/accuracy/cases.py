"""What is measured: recordings as they are, worse copies of them, long answers, sounds without speech."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from benchmarks.accuracy import degrade
from benchmarks.accuracy.corpus import REPORT, TUNE, Source, chance_of, half_of
from benchmarks.accuracy.timing import SHORTEST_SILENCE_SECONDS, silences
from benchmarks.accuracy.truth import Truth, joined
from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span

REAL, SYNTHETIC, NOISE_20, NOISE_10 = "real speech", "synthetic, clean", "noise at 20 dB", "noise at 10 dB"
ROOM, QUIET, CLIPPED, BLUETOOTH = "echoing room", "quiet microphone", "clipped", "Bluetooth"
SPEED, LONG, EMPTY = "speed or pitch", "long", "no speech"
GROUPS = (REAL, SYNTHETIC, NOISE_20, NOISE_10, ROOM, QUIET, CLIPPED, BLUETOOTH, SPEED, LONG, EMPTY)
SETS = dict.fromkeys(GROUPS, "degraded") | {
    REAL: "clean",
    SYNTHETIC: "clean",
    EMPTY: "clean",
    LONG: "long",
}

FLOOR_DECIBELS = -68.0  # the level of the synthetic answers where nobody speaks
LEAD_SECONDS, TRAIL_SECONDS = 2.0, 1.0
PAUSE_RANGE_SECONDS = (0.6, 2.5)
EMPTY_SECONDS = 20
LONG_SPEED = 0.94  # the second round of the longest answer: a somewhat lower and slower voice

Made = tuple[Samples, Truth]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to measure; ``make`` gives its samples and its truth. The same name gives the same sound."""

    name: str
    group: str
    half: str
    synthetic: bool
    make: Callable[[], Made]


def all_cases(sources: Sequence[Source]) -> list[Case]:
    """Every case that can be made of these recordings, in the order of the groups."""
    cases = [
        Case(s.name, SYNTHETIC if s.entry.is_synthetic else REAL, s.half, s.entry.is_synthetic, _plain(s))
        for s in sources
    ]
    for place, source in enumerate(one for one in sources if one.entry.is_synthetic or _is_spontaneous(one)):
        cases += _degraded(source, place // 2)
    for half in (TUNE, REPORT):
        cases += _long(half, [source for source in sources if source.half == half])
    cases += [_empty(kind) for kind in ("white", "hum", "silence", "pink", "music")]
    return sorted(cases, key=lambda case: GROUPS.index(case.group))


def _is_spontaneous(source: Source) -> bool:
    return "spontaneous" in source.name


def _plain(source: Source) -> Callable[[], Made]:
    def make() -> Made:
        samples, truth = source.samples(), source.truth()
        return samples, _with_silences(truth, samples) if source.entry.is_synthetic else truth

    return make


def _with_silences(truth: Truth, clean: Samples, speed: float = 1.0) -> Truth:
    """With the silences of the clean signal, before it is played ``speed`` times as fast."""
    return replace(truth, silences=silences(clean, SHORTEST_SILENCE_SECONDS * speed))


def room_tone(seconds: float, chance: degrade.Chance) -> Samples:
    return degrade.at_level(degrade.white(int(seconds * RATE), chance), FLOOR_DECIBELS)


def _degraded(source: Source, place: int) -> list[Case]:
    """The worse copies of one recording; kinds of noise, speeds and pitches take turns."""
    noise = ("pink", "babble", "white")
    speed, pitch = (0.9, 1.15)[place % 2], (-3, 3)[place % 2]
    recipes: list[tuple[str, str, Callable[[Samples, degrade.Chance], Samples], float]] = [
        (NOISE_20, f"{noise[place % 3]}-20db", _noisy(noise[place % 3], 20), 1.0),
        (NOISE_10, f"{noise[(place + 1) % 3]}-10db", _noisy(noise[(place + 1) % 3], 10), 1.0),
        (ROOM, "room", degrade.in_room, 1.0),
        (QUIET, "quiet", lambda samples, chance: degrade.quieter(samples), 1.0),
        (CLIPPED, "clipped", lambda samples, chance: degrade.clipped(samples), 1.0),
        (BLUETOOTH, "bluetooth", lambda samples, chance: degrade.bluetooth(samples), 1.0),
        (SPEED, f"speed-{speed}", lambda samples, chance: degrade.at_speed(samples, speed), speed),
        (SPEED, f"pitch{pitch:+d}", lambda samples, chance: degrade.at_pitch(samples, pitch), 1.0),
    ]

    def made(name: str, change: Callable[[Samples, degrade.Chance], Samples], speed: float) -> Made:
        chance = chance_of(name)
        samples, truth = source.samples(), source.truth()
        if source.entry.is_synthetic:  # with silence before and after, so that the delay is a real one
            lead, trail = room_tone(LEAD_SECONDS, chance), room_tone(TRAIL_SECONDS, chance)
            samples = np.concatenate([lead, samples, trail])
            truth = truth.timed(LEAD_SECONDS, seconds=len(samples) / RATE)
            truth = _with_silences(truth, samples, speed)
        worse = change(samples, chance)
        return worse, truth.timed(speed=speed, seconds=len(worse) / RATE)

    return [
        Case(name, group, source.half, source.entry.is_synthetic, partial(made, name, change, by))
        for group, suffix, change, by in recipes
        for name in [f"{source.name}+{suffix}"]
    ]


def _noisy(kind: str, ratio: float) -> Callable[[Samples, degrade.Chance], Samples]:
    def change(samples: Samples, chance: degrade.Chance) -> Samples:
        if kind == "babble":
            noise = degrade.babble(samples, chance)
        else:
            noise = (degrade.white if kind == "white" else degrade.pink)(len(samples), chance)
        return degrade.with_noise(samples, noise, ratio)

    return change


def _long(half: str, sources: Sequence[Source]) -> list[Case]:
    """Answers of some 140 and 300 s from the synthetic ones, and one of these with real speech between."""
    synthetic = [source for source in sources if source.entry.is_synthetic]
    if not synthetic:
        return []
    once = [(source, 1.0) for source in synthetic]
    cases = [
        _joined(f"long-{half}-140s", half, once),
        _joined(f"long-{half}-300s", half, once + [(source, LONG_SPEED) for source in synthetic]),
    ]
    real = [s for s in sources if _is_spontaneous(s) or s.name in ("real-um", "real-uh")]
    if real:
        parts = [real[0], synthetic[0], *real[1:], synthetic[-1]]
        cases.append(_joined(f"long-{half}-mixed", half, [(source, 1.0) for source in parts]))
    return cases


def _joined(name: str, half: str, parts: Sequence[tuple[Source, float]]) -> Case:
    """Recordings one after the other, each played at a speed, with room tone before, between and after."""
    synthetic = all(source.entry.is_synthetic for source, _ in parts)

    def make() -> Made:
        chance = chance_of(name)
        pieces: list[Samples] = []
        truths, offsets, gaps, length = [], [], [], 0
        for source, speed in parts:
            gap = room_tone(chance.uniform(*PAUSE_RANGE_SECONDS), chance)
            samples = source.samples() if speed == 1 else degrade.resampled(source.samples(), speed)
            gaps.append(Span(length / RATE, (length + len(gap)) / RATE))
            offsets.append((length + len(gap)) / RATE)
            truths.append(source.truth().timed(speed=speed))
            pieces += [gap, samples]
            length += len(gap) + len(samples)
        whole = np.concatenate([*pieces, room_tone(TRAIL_SECONDS, chance)])
        truth = joined(truths, offsets, len(whole) / RATE)
        inserted = sorted((*truth.inserted, *gaps[1:]), key=lambda span: span.start_seconds)
        truth = replace(truth, inserted=tuple(inserted) if synthetic else ())
        return whole, _with_silences(truth, whole) if synthetic else truth

    return Case(name, LONG, half, synthetic, make)


def _empty(kind: str) -> Case:
    """Sound in which nobody speaks."""
    frames, name = EMPTY_SECONDS * RATE, f"noise-{kind}"

    def make() -> Made:
        chance = chance_of(name)
        if kind == "white":
            samples = degrade.at_level(degrade.white(frames, chance), -40)
        elif kind == "pink":
            samples = degrade.at_level(degrade.pink(frames, chance), -40)
        elif kind == "hum":
            samples = degrade.at_level(degrade.hum(frames), -35)
        elif kind == "music":
            samples = degrade.at_level(degrade.music(frames, chance), -25)
        else:
            samples = np.zeros(frames, dtype=np.float32)
        everywhere = (Span(0.0, float(EMPTY_SECONDS)),)
        return samples, Truth(float(EMPTY_SECONDS), 0, (), (), silences=everywhere)

    return Case(name, EMPTY, half_of(name), False, make)
