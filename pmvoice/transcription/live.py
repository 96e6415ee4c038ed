"""The transcript of a recording that is still growing: its words become final while the person speaks.

The sound is heard step by step (``hearing``). As soon as a pause closes a piece of it (``pieces``), the piece
is read (``engine``), and its words are final: text and place. What follows the last piece has no final words
yet; a glance at it gives a caption meanwhile. At the end only that rest is left to be read, and where the
person speaks is told anew from the whole recording. Only then can it turn out that somebody else was heard in
the background before the person began: such words, and no others, are left out in the end.

A finished recording takes the same way: its transcript does not depend on how fast its sound came.

Used by the child process (``worker``) and the terminal, from one thread; a piece keeps it busy for about a
tenth of its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise

import numpy as np

from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Passage, Span, Transcript, Word
from pmvoice.transcription.activity import SHORTEST_SOUND_SECONDS, quietest_seconds, stretches
from pmvoice.transcription.detector import BLOCK
from pmvoice.transcription.engine import Engine, Sound
from pmvoice.transcription.hearing import Hearing
from pmvoice.transcription.masks import Mask, runs
from pmvoice.transcription.pieces import LONGEST_SECONDS, Piece, closed_by_pause, cut_pieces, first_piece
from pmvoice.transcription.timing import is_spoken
from pmvoice.transcription.vocabulary import spelled_as_terms

SHORTEST_BREAK_SECONDS = 0.1  # a pause that a piece may be cut in

# The noise, the echo and the level of the speech are those of so much sound at least, where there is so much.
KNOWN_SECONDS = 60.0

# A piece is looked for while the person pauses, and where there is more speech than a piece may hold. A pause
# that goes on for longer than this closes none that it has not closed before.
SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.19, 2.0

# A caption is made of so much speech up to a pause, or else of so much at most: not in the pause itself,
# which may close a piece or end the answer, but when the person speaks on or is silent for long.
LEAST_CAPTION_SECONDS, MOST_CAPTION_SECONDS, LONG_SILENCE_SECONDS = 3.0, 7.0, 1.0

BLOCK_SECONDS = BLOCK / RATE

OnProgress = Callable[[float], None]


class GrowingTranscript:
    """The transcript of a recording, as far as it goes. ``passages``: what is final, in order."""

    def __init__(self, engine: Engine, passages: Iterable[Passage] = ()) -> None:
        """``passages``: what was made of the recording's beginning before; it is not read again."""
        self.passages = list(passages)
        self._engine = engine
        self._hearing = Hearing()
        self._guesses: list[tuple[Span, str]] = []
        self._speech: list[Span] = []  # in the whole recording, once it is finished

    @property
    def known_seconds(self) -> float:
        """How much of the recording was heard."""
        return self._hearing.seconds

    def hear(self, samples: Samples) -> Iterator[Passage]:
        """Take what was recorded since the last call; gives each passage as soon as a pause closes it.

        ``samples``: float32, shape (frames,), 16 kHz.
        """
        for now in self._hearing.steps(samples):
            while self._may_be_closed(now):
                sound = self._sound(min(self._done, now - KNOWN_SECONDS))
                count = closed_by_pause(sound.breaths, now)
                if not count:
                    break
                yield self._passage(first_piece(sound.breaths, count, Span(self._quiet_since, now)), sound)

    def finish(self) -> Iterator[Passage]:
        """Nothing follows: gives the passages that are left."""
        self._hearing.finish()
        sound = self._sound(0.0)
        self._speech = sound.speech
        for piece in cut_pieces(sound.breaths, Span(self._quiet_since, self.known_seconds)):
            yield self._passage(piece, sound)

    def transcript(self) -> Transcript:
        """The whole transcript, after ``finish``."""
        speech = self._speech
        told = (word for passage in self.passages for word in passage.words)
        words = tuple(word for word in told if is_spoken(word, speech))
        return Transcript(words, tuple(speech), self.known_seconds, self._engine.model_name)

    def guess(self) -> bool:
        """Have a glance at what no passage holds yet; whether ``guessed`` has become longer.

        To be called when ``hear`` has given all it has. A glance takes some 0.2 s.
        """
        since = max([self._done, *(span.end_seconds for span, _ in self._guesses)])
        blocks = _worth_a_glance(self._hearing.voice_since(since))
        if not blocks:
            return False
        span = Span(since, since + blocks * BLOCK_SECONDS)
        text = self._engine.guess(self._hearing.samples(span.start_seconds, span.end_seconds))
        self._guesses.append((span, text))
        return bool(text)

    @property
    def guessed(self) -> str:
        """What the glances since the last passage told. It is not final."""
        return " ".join(text for _, text in self._guesses if text)

    @property
    def _done(self) -> float:
        """Until when the words are final."""
        return self.passages[-1].until_seconds if self.passages else 0.0

    @property
    def _quiet_since(self) -> float:
        """When the last passage's speech ended."""
        speech = self.passages[-1].speech if self.passages else ()
        return speech[-1].end_seconds if speech else self._done

    def _may_be_closed(self, now: float) -> bool:
        """Whether it is worth the while to look for a pause that closes a piece: not while a word is said."""
        if now <= self._done:
            return False
        voice = self._hearing.voice_since(self._done)
        if voice.sum() * BLOCK_SECONDS > LONGEST_SECONDS:
            return True
        return bool(voice.any()) and SHORTEST_PAUSE_SECONDS <= _pause_seconds(voice) <= LONGEST_PAUSE_SECONDS

    def _sound(self, since_seconds: float) -> Sound:
        """The sound as it is known now, with the stretches of speech that have no final words yet."""
        mask, start = self._hearing.mask(max(since_seconds, 0.0))
        breaths = [
            Span(max(breath.start_seconds, self._done), breath.end_seconds)
            for breath in stretches(mask, start, SHORTEST_BREAK_SECONDS)
            if breath.end_seconds > self._done + SHORTEST_SOUND_SECONDS
        ]
        return Sound(self._hearing, stretches(mask, start), list(self._of_bearable_length(breaths)))

    def _of_bearable_length(self, speech: Iterable[Span]) -> Iterator[Span]:
        """The stretches, those longer than a piece cut where they are softest."""
        for stretch in speech:
            start = stretch.start_seconds
            while stretch.end_seconds - start > LONGEST_SECONDS:
                middle = start + LONGEST_SECONDS / 2
                cut = middle + quietest_seconds(self._hearing.samples(middle, start + LONGEST_SECONDS))
                yield Span(start, round(cut, 3))
                start = round(cut, 3)
            yield Span(start, stretch.end_seconds)

    def _passage(self, piece: Piece, sound: Sound) -> Passage:
        before = next((words[-1].text for words in self._words_backwards()), "")
        words = spelled_as_terms(self._engine.hear(piece, sound), before)
        until = piece.extent.end_seconds
        speech = (
            Span(max(stretch.start_seconds, self._done), min(stretch.end_seconds, until))
            for stretch in sound.speech
            if stretch.end_seconds > self._done and stretch.start_seconds < until
        )
        passage = Passage(tuple(words), tuple(speech), until)
        self.passages.append(passage)
        self._guesses = [(span, text) for span, text in self._guesses if span.start_seconds >= until]
        return passage

    def _words_backwards(self) -> Iterator[tuple[Word, ...]]:
        return (passage.words for passage in reversed(self.passages) if passage.words)


def transcribe(engine: Engine, samples: Samples, on_progress: OnProgress | None = None) -> Transcript:
    """Transcribe a finished recording, verbatim, hesitations included.

    ``samples``: float32, shape (frames,), 16 kHz. ``on_progress`` is told the share done, 0 .. 1.
    """
    growing = GrowingTranscript(engine)
    for passage in chain(growing.hear(samples), growing.finish()):
        if on_progress:
            on_progress(min(passage.until_seconds * RATE / len(samples), 1.0))
    if on_progress:
        on_progress(1.0)
    return growing.transcript()


def _worth_a_glance(voice: Mask) -> int:
    """How many of these blocks make a caption; 0 where it is not yet worth the while."""
    if _pause_seconds(voice) >= LONG_SILENCE_SECONDS:
        return len(voice) if voice.sum() * BLOCK_SECONDS >= LONG_SILENCE_SECONDS else 0
    for end, start in reversed([(a[1], b[0]) for a, b in pairwise(runs(voice))]):
        is_pause = (start - end) * BLOCK_SECONDS >= SHORTEST_PAUSE_SECONDS
        if is_pause and voice[:end].sum() * BLOCK_SECONDS >= LEAST_CAPTION_SECONDS:
            return (end + start) // 2
    return len(voice) if voice.sum() * BLOCK_SECONDS >= MOST_CAPTION_SECONDS else 0


def _pause_seconds(voice: Mask) -> float:
    """For how long there is no voice at the end."""
    return float(np.argmax(voice[::-1])) * BLOCK_SECONDS if voice.any() else 0.0
