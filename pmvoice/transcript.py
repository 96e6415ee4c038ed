"""What was said in one answer: words and stretches of speech, with their places in the recording."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word as heard, with its punctuation ('Um,'), and its place in the recording."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the recording."""

    start_seconds: float
    end_seconds: float

    @property
    def seconds(self) -> float:
        return self.end_seconds - self.start_seconds


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a recording that is still growing: its words, which are final, and where in it is speech.

    ``until_seconds``: where the part ends that was transcribed, this passage included.
    """

    words: tuple[Word, ...]
    speech: tuple[Span, ...]
    until_seconds: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a recording in order, and where in it somebody speaks.

    ``speech`` comes from the voice activity detector, not from the words: a word that the recogniser
    missed is still time spent speaking.
    """

    words: tuple[Word, ...]
    speech: tuple[Span, ...]
    duration_seconds: float
    model: str

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)
