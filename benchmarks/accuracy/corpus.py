"""The recordings whose truth is known: those of a manifest, and what is made of them.

A manifest is a list of objects with ``file``, ``text`` (null where the words are not known),
``filled_pauses`` (how many) and, where known, ``filled_pause_events`` ([start, end, text], seconds) and
``inserted_pauses`` ([start, end], seconds; its presence says that the recording is clean and synthetic, so
that its silences can be told from the signal). ``path`` may say where the file lies beside the manifest.

Everything is made of two halves that share no recording and no speaker except the one synthetic voice:
'tune' is what the program may be fitted to, 'report' is what is told of it.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.accuracy.align import FILLED_PAUSES
from benchmarks.accuracy.normalise import normalised
from benchmarks.accuracy.truth import Label, Truth
from pmvoice.errors import UserError
from pmvoice.sound_files import RATE, Samples, convert_to_wav, read_wav
from pmvoice.transcript import Span

SHIPPED = Path(__file__).parent / "answers"
LABELS = Path(__file__).parent / "labels.json"
TUNE, REPORT = "tune", "report"
_TUNE = {
    *("answer-01", "answer-03", "answer-05", "real-spontaneous-02", "real-um", "real-laughter"),
    *("real-read-jfk", "real-read-libri-01", "real-read-libri-03", "real-read-libri-05"),
    *("real-read-libri-07", "noise-white", "noise-hum"),
}
_REPORT = {
    *("answer-02", "answer-04", "answer-06", "real-spontaneous-01", "real-uh", "real-youknow"),
    *("real-breaths", "real-read-azure", "real-read-libri-02", "real-read-libri-04", "real-read-libri-06"),
    *("noise-silence", "noise-pink", "noise-music"),
}


class Entry(msgspec.Struct, frozen=True):
    """One recording as a manifest describes it; what else the manifest says is left alone."""

    file: str
    filled_pauses: int
    text: str | None = None
    filled_pause_events: tuple[tuple[float, float, str], ...] = ()
    inserted_pauses: tuple[tuple[float, float], ...] | None = None
    path: str | None = None

    @property
    def name(self) -> str:
        return Path(self.file).stem

    @property
    def is_synthetic(self) -> bool:
        return self.inserted_pauses is not None


class _Labels(msgspec.Struct, frozen=True):
    """Index of the first word in the text, and the words, which are checked against the text."""

    phrases: tuple[tuple[int, str], ...] = ()
    repetitions: tuple[tuple[int, str], ...] = ()


class Source:
    """A recording of the manifest with its truth."""

    def __init__(self, entry: Entry, folder: Path, labels: _Labels) -> None:
        self.entry = entry
        self.name = entry.name
        self.half = half_of(entry.name)
        self.path = folder / (entry.path or entry.file)
        if not self.path.is_file():
            raise UserError(f"{self.path}: the manifest names this recording, but there is no such file.")
        words = None if entry.text is None else tuple(entry.text.split())
        self._check(words)
        self._words = words
        self._phrases = tuple(self._label(words, *label) for label in labels.phrases)
        self._repetitions = tuple(self._label(words, *label) for label in labels.repetitions)

    def samples(self) -> Samples:
        return _decoded(self.path)

    def truth(self) -> Truth:
        """The truth without the silences, which are told from the clean signal."""
        events = tuple(Span(start, end) for start, end, _ in self.entry.filled_pause_events)
        return Truth(
            seconds=len(self.samples()) / RATE,
            filled_pauses=self.entry.filled_pauses,
            words=self._words,
            events=events if len(events) == self.entry.filled_pauses else None,
            phrases=self._phrases,
            repetitions=self._repetitions,
            inserted=tuple(Span(start, end) for start, end in self.entry.inserted_pauses or ()),
        )

    def _check(self, words: Sequence[str] | None) -> None:
        said = sum(word.strip(".,?!").lower() in FILLED_PAUSES for word in words or ())
        events, count = len(self.entry.filled_pause_events), self.entry.filled_pauses
        if (words is not None and said != count) or (events and events != count):
            raise UserError(
                f"{self.path}: the manifest says {count} filled pauses, but its text or its list differ."
            )
        if words is None and count and not events:
            raise UserError(
                f"{self.path}: the manifest has filled pauses here, but neither words nor places."
            )

    def _label(self, words: tuple[str, ...] | None, first: int, text: str) -> Label:
        last = first + len(text.split()) - 1
        if words is None or normalised(" ".join(words[first : last + 1])) != normalised(text):
            raise UserError(f"{LABELS.name}: '{text}' is not word {first} of the text of {self.entry.file}.")
        return Label(first, last)


def read_corpus(folder: Path) -> list[Source]:
    """The recordings of a folder's ``manifest.json``; ``UserError`` where it is missing or wrong."""
    manifest = folder / "manifest.json"
    if not folder.is_dir():
        raise UserError(f"{folder}: there is no such folder.")
    try:
        entries = msgspec.json.decode(manifest.read_bytes(), type=list[Entry])
        labels = msgspec.json.decode(LABELS.read_bytes(), type=dict[str, _Labels])
    except OSError as error:
        raise UserError(f"{manifest}: cannot be read ({error.strerror}).") from error
    except (msgspec.DecodeError, json.JSONDecodeError) as error:
        raise UserError(f"{manifest}: no manifest of recordings ({error}).") from error
    if not entries:
        raise UserError(f"{manifest}: there are no recordings in it.")
    if len({entry.file for entry in entries}) < len(entries):
        raise UserError(f"{manifest}: a recording is in it twice.")
    return [Source(entry, folder, labels.get(entry.file, _Labels())) for entry in entries]


def half_of(name: str) -> str:
    """The half in which a recording is, by its name; one that we do not know, by a checksum of it."""
    if name in _TUNE or name in _REPORT:
        return TUNE if name in _TUNE else REPORT
    return TUNE if zlib.crc32(name.encode()) % 2 else REPORT


def chance_of(name: str) -> np.random.Generator:
    """The same chance each time for the recording of this name."""
    return np.random.default_rng(zlib.crc32(name.encode()))


@cache
def _decoded(path: Path) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        convert_to_wav(path, Path(folder) / "decoded.wav")
        samples, _ = read_wav(Path(folder) / "decoded.wav")
    return samples
