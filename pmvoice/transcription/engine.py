"""A piece of a recording into words with their places, hesitations included.

Each piece (``pieces``) is read several times (``whisper``), twice led by a hesitant text so that Whisper
writes hesitations down, once led to the terms of the trade, and once not led; the readings are made one
(``passes``), and its words put into their places (``timing``). Where the pieces come from: ``live``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span, Word
from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.hearing import Hearing
from pmvoice.transcription.loops import goes_in_circles
from pmvoice.transcription.models import Model
from pmvoice.transcription.passes import combined, with_terms
from pmvoice.transcription.pieces import Piece, cut_pieces
from pmvoice.transcription.timing import fit_words, unexplained_seconds
from pmvoice.transcription.vocabulary import TERMS_PROMPT
from pmvoice.transcription.voicing import steady_seconds
from pmvoice.transcription.whisper import Lead, Reading, Whisper, at_full_level

# Whisper leaves hesitations out unless it is shown a text that has them.
VERBATIM_PROMPT = (
    "So, um, I was, uh, I was thinking, um, you know, that, uh, it's, like, it's, uh, kind of, um, "
    "hard to, to say."
)
SECOND_PROMPT = (
    "Well, uh, I mean, um, we were, uh, you know, sort of, um, trying to, to, uh, figure it out, um."
)
# The first reading counts; the others are asked for hesitations and terms alone, for which fewer wordings do.
LEADS = (
    Lead(VERBATIM_PROMPT, 5),
    Lead(SECOND_PROMPT, 2),
    Lead(f"{TERMS_PROMPT} {VERBATIM_PROMPT}", 2),
    Lead(None, 1),
)
GLANCE = Lead(VERBATIM_PROMPT, 1)

# Longer speech without words than this is read again, in smaller pieces, which lose less.
UNEXPLAINED_SECONDS = 0.8
FEWEST_REGAINED_WORDS = 3  # fewer are other words for the same sound

# The unled reading leaves out a lone hesitation; where it has no words at all, more than this are made up.
MOST_WORDS_UNHEARD = 2


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording, the stretches of speech in it, and those between shorter gaps."""

    hearing: Hearing
    speech: list[Span]
    breaths: list[Span]

    def samples(self, piece: Piece) -> Samples:
        """A piece's samples, its stretches joined."""
        return np.concatenate(
            [self.hearing.samples(each.start_seconds, each.end_seconds) for each in piece.stretches]
        )


class Engine:
    """A loaded model; one at a time is enough for a laptop."""

    def __init__(self, model: Model) -> None:
        """Load the model (about a second for ``base``); ``UserError`` where its files are no model."""
        self.model_name = model.name
        self.whisper = Whisper(model)

    def hear(self, piece: Piece, sound: Sound) -> list[Word]:
        """The words of a piece; those of its halves where it leaves speech unexplained and they have more."""
        words = self._words_of(piece, sound)
        breaths = [breath for breath in sound.breaths if piece.holds(breath)]
        if unexplained_seconds(words, breaths) < UNEXPLAINED_SECONDS:
            return words
        halves = cut_pieces(breaths, piece.extent, piece.seconds / 2)
        if len(halves) < 2:
            return words
        again = [word for half in halves for word in self._words_of(half, sound)]
        return again if len(again) >= len(words) + FEWEST_REGAINED_WORDS else words

    def guess(self, samples: Samples) -> str:
        """What is said in a few seconds of sound, at a glance: for a caption that better words replace."""
        return self.whisper.glance(samples, GLANCE)

    def _words_of(self, piece: Piece, sound: Sound) -> list[Word]:
        samples = sound.samples(piece)
        heard = one_of(self.whisper.read(samples, LEADS), at_full_level(samples))
        return fit_words(heard, piece, sound.speech, sound.breaths)


def one_of(readings: list[Reading], samples: Samples) -> list[HeardWord]:
    """The words of a piece from its readings for ``LEADS``; ``samples`` are the piece's."""
    if readings[-1].is_silence:
        return []
    seconds = len(samples) / RATE
    *led, for_terms, unled = (
        () if goes_in_circles(reading.text, seconds) else reading.words for reading in readings
    )
    if not unled and max(map(len, (*led, for_terms))) > MOST_WORDS_UNHEARD and not _has_words(readings[-1]):
        return []  # a horn, say, which a hesitant text has made an 'um, um, um' of
    first, *others = [words for words in (*led, for_terms, unled) if words] or [()]
    words = combined(first, others, unled, partial(steady_seconds, samples))
    return with_terms(words, for_terms, unled)


def _has_words(reading: Reading) -> bool:
    return any(sign.isalnum() for sign in reading.text)
