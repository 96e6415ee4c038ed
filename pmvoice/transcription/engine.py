"""A recording into a transcript: its words with their places, hesitations included, and where is speech.

The recording is cut at its pauses into pieces (``pieces``). Each is read several times (``whisper``), twice
led by a hesitant text so that Whisper writes hesitations down, once led to the terms of the trade, and once
not led; the readings are made one (``passes``), and its words put into their places (``timing``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span, Transcript, Word
from pmvoice.transcription.activity import quietest_seconds, speech_mask, stretches
from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.loops import goes_in_circles
from pmvoice.transcription.models import Model
from pmvoice.transcription.passes import combined, with_terms
from pmvoice.transcription.pieces import LONGEST_SECONDS, Piece, cut_pieces
from pmvoice.transcription.timing import fit_words, unexplained_seconds
from pmvoice.transcription.vocabulary import TERMS_PROMPT, spelled_as_terms
from pmvoice.transcription.voicing import steady_seconds
from pmvoice.transcription.whisper import Reading, Whisper, at_full_level, voice_probabilities

# Whisper leaves hesitations out unless it is shown a text that has them.
VERBATIM_PROMPT = (
    "So, um, I was, uh, I was thinking, um, you know, that, uh, it's, like, it's, uh, kind of, um, "
    "hard to, to say."
)
SECOND_PROMPT = (
    "Well, uh, I mean, um, we were, uh, you know, sort of, um, trying to, to, uh, figure it out, um."
)
PROMPTS = (VERBATIM_PROMPT, SECOND_PROMPT, f"{TERMS_PROMPT} {VERBATIM_PROMPT}", None)

# What Whisper's own decoder takes for silence (Radford et al., 2022).
NO_SPEECH_PROBABILITY = 0.6
NO_SPEECH_LOG_PROBABILITY = -1.0

# Longer speech without words than this is read again, in smaller pieces, which lose less.
UNEXPLAINED_SECONDS = 0.8
FEWEST_REGAINED_WORDS = 3  # fewer are other words for the same sound

# The unled reading leaves out a lone hesitation; where it has no words at all, more than this are made up.
MOST_WORDS_UNHEARD = 2

SHORTEST_BREAK_SECONDS = 0.1  # a pause that a piece may be cut in

OnProgress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Sound:
    """A recording, the stretches of speech in it, and those between shorter gaps."""

    samples: Samples
    speech: list[Span]
    breaths: list[Span]


class Engine:
    """A loaded model; one at a time is enough for a laptop."""

    def __init__(self, model: Model) -> None:
        """Load the model (about a second for ``base``); ``UserError`` where its files are no model."""
        self._name = model.name
        self.whisper = Whisper(model)

    def transcribe(self, samples: Samples, on_progress: OnProgress | None = None) -> Transcript:
        """Transcribe a whole recording, verbatim, hesitations included.

        ``samples``: float32, shape (frames,), 16 kHz. ``on_progress`` is told the share done, 0 .. 1.
        """
        duration = len(samples) / RATE
        if not duration:
            return Transcript((), (), duration, self._name)
        mask = speech_mask(samples, voice_probabilities(samples))
        breaths = list(_of_bearable_length(stretches(mask, SHORTEST_BREAK_SECONDS), samples))
        sound = _Sound(samples, stretches(mask), breaths)
        words: list[Word] = []
        for piece in cut_pieces(breaths, Span(0.0, duration)):
            words += self._hear(piece, sound)
            if on_progress:
                on_progress(min(piece.extent.end_seconds / duration, 1.0))
        if on_progress:
            on_progress(1.0)
        return Transcript(tuple(spelled_as_terms(words)), tuple(sound.speech), duration, self._name)

    def _hear(self, piece: Piece, sound: _Sound) -> list[Word]:
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

    def _words_of(self, piece: Piece, sound: _Sound) -> list[Word]:
        samples = piece.samples(sound.samples)
        heard = one_of(self.whisper.read(samples, PROMPTS), at_full_level(samples))
        return fit_words(heard, piece, sound.speech, sound.breaths)


def one_of(readings: list[Reading], samples: Samples) -> list[HeardWord]:
    """The words of a piece from its readings for ``PROMPTS``; ``samples`` are the piece's."""
    if _is_silence(readings[-1]):
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


def _is_silence(reading: Reading) -> bool:
    return (
        reading.no_speech_probability > NO_SPEECH_PROBABILITY
        and reading.log_probability < NO_SPEECH_LOG_PROBABILITY
    )


def _of_bearable_length(speech: Iterable[Span], samples: Samples) -> Iterator[Span]:
    """The stretches, those longer than a piece cut where they are softest."""
    for stretch in speech:
        start = stretch.start_seconds
        while stretch.end_seconds - start > LONGEST_SECONDS:
            cut = round(quietest_seconds(samples, start + LONGEST_SECONDS / 2, start + LONGEST_SECONDS), 3)
            yield Span(start, cut)
            start = cut
        yield Span(start, stretch.end_seconds)
