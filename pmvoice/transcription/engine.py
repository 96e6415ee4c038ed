"""faster-whisper behind one call: samples -> words with their places, and where somebody speaks.

The recording is cut at its pauses into pieces (``pieces``). A piece is encoded once and read three times
(``passes``): twice led by a hesitant text, so that Whisper writes hesitations down, and once not led.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens
from faster_whisper.vad import get_vad_model

from pmvoice.analysis.hesitations import is_filled_pause
from pmvoice.errors import UserError
from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span, Transcript, Word
from pmvoice.transcription.activity import VAD_STEP, quietest_seconds, speech_mask, stretches
from pmvoice.transcription.models import Model
from pmvoice.transcription.passes import HeardWord, combined, goes_in_circles, sound_length, with_terms
from pmvoice.transcription.pieces import LONGEST_SECONDS, Piece, cut_pieces
from pmvoice.transcription.timing import fit_words, unexplained_seconds
from pmvoice.transcription.vocabulary import TERMS_PROMPT, spelled_as_terms
from pmvoice.transcription.voicing import fades_at, steady_seconds

LANGUAGE = "en"

# Whisper leaves hesitations out unless it is shown a text that has them.
VERBATIM_PROMPT = (
    "So, um, I was, uh, I was thinking, um, you know, that, uh, it's, like, it's, uh, kind of, um, "
    "hard to, to say."
)
SECOND_PROMPT = (
    "Well, uh, I mean, um, we were, uh, you know, sort of, um, trying to, to, uh, figure it out, um."
)
VERBATIM_BEAM = 5
PROMPTS = (VERBATIM_PROMPT, SECOND_PROMPT, f"{TERMS_PROMPT} {VERBATIM_PROMPT}", None)

# A reading that goes in circles is not worth waiting for; fast speech has some six tokens a second.
MOST_TOKENS_A_SECOND, MOST_TOKENS_BESIDES = 12, 24

# Whisper wants thirty seconds; a piece with so much silence after it reads the same and encodes sooner.
SILENCE_AFTER_SECONDS = 2.0
LONGEST_ENCODED_SECONDS = 30.0
FEATURES_PER_SECOND = 100

# What Whisper's own decoder takes for silence (Radford et al., 2022).
NO_SPEECH_PROBABILITY = 0.6
NO_SPEECH_LOG_PROBABILITY = -1.0

# Longer speech without words than this is read again, in smaller pieces, which lose less.
UNEXPLAINED_SECONDS = 0.8
FEWEST_REGAINED_WORDS = 3  # fewer are other words for the same sound

# A lone hesitation is left out by the plain reading; more words than this that only the others have are none.
MOST_WORDS_UNHEARD = 2

SHORTEST_BREAK_SECONDS = 0.1  # a pause that a piece may be cut in

OnProgress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class _Sound:
    """A recording, the stretches of speech in it, and those between shorter gaps."""

    samples: Samples
    speech: list[Span]
    breaths: list[Span]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One decoding of a piece."""

    tokens: list[int]
    text: str
    log_probability: float  # mean over the tokens
    no_speech_probability: float


class Engine:
    """A loaded model; one at a time is enough for a laptop."""

    def __init__(self, model: Model) -> None:
        """Load the model (about a second for ``base``); ``UserError`` where its files are no model."""
        self._name = model.name
        try:
            self._whisper = WhisperModel(
                str(model.folder),
                device="cpu",
                compute_type="int8",
                # The readings of a piece run side by side. Threads within one of them wait for each other
                # more than they work: two took three times as long as one.
                cpu_threads=1,
                num_workers=len(PROMPTS),
                local_files_only=True,
            )
        except (RuntimeError, ValueError) as error:
            raise UserError(f"The speech model in {model.folder} cannot be loaded ({error}).") from error
        self._pool = ThreadPoolExecutor(len(PROMPTS))
        self._tokenizer = Tokenizer(
            self._whisper.hf_tokenizer,
            self._whisper.model.is_multilingual,
            task="transcribe",
            language=LANGUAGE,
        )
        self._suppressed = get_suppressed_tokens(self._tokenizer, [-1])

    def transcribe(self, samples: Samples, on_progress: OnProgress | None = None) -> Transcript:
        """Transcribe a whole recording, verbatim, hesitations included.

        ``samples``: float32, shape (frames,), 16 kHz. ``on_progress`` is told the share done, 0 .. 1.
        """
        duration = len(samples) / RATE
        if not duration:
            return Transcript((), (), duration, self._name)
        mask = speech_mask(samples, voice_probabilities(samples))
        speech, breaths = stretches(mask), stretches(mask, SHORTEST_BREAK_SECONDS)
        breaths = list(_of_bearable_length(breaths, samples))
        words: list[Word] = []
        for piece in cut_pieces(breaths, Span(0.0, duration)):
            words += self._hear(piece, _Sound(samples, speech, breaths))
            if on_progress:
                on_progress(min(piece.stretches[-1].end_seconds / duration, 1.0))
        return Transcript(tuple(spelled_as_terms(words)), tuple(speech), duration, self._name)

    def _hear(self, piece: Piece, sound: _Sound) -> list[Word]:
        """The words of a piece; those of its halves where it leaves speech unexplained and they have more."""
        words = self._words_of(piece, sound)
        breaths = [breath for breath in sound.breaths if piece.holds(breath)]
        if unexplained_seconds(words, breaths) < UNEXPLAINED_SECONDS:
            return words
        halves = cut_pieces(breaths, piece.extent, piece.seconds / 2)
        again = [word for half in halves for word in self._words_of(half, sound)]
        return again if len(again) >= len(words) + FEWEST_REGAINED_WORDS else words

    def _words_of(self, piece: Piece, sound: _Sound) -> list[Word]:
        heard = self._read(_at_full_level(piece.samples(sound.samples)))
        return fit_words(heard, piece, sound.speech, sound.breaths)

    def _read(self, samples: Samples) -> list[HeardWord]:
        """What is said in a piece, with times within it."""
        seconds = len(samples) / RATE
        encoded, frames = self._encode(samples)
        most_tokens = round(MOST_TOKENS_A_SECOND * seconds) + MOST_TOKENS_BESIDES
        led, second_led, for_terms, unled = self._pool.map(
            lambda prompt: self._decode(encoded, prompt, most_tokens), PROMPTS
        )
        if (
            unled.no_speech_probability > NO_SPEECH_PROBABILITY
            and unled.log_probability < NO_SPEECH_LOG_PROBABILITY
        ):
            return []
        readings = [
            self._words(encoded, reading, frames, samples)
            for reading in (led, second_led, for_terms, unled)
            if not goes_in_circles(reading.text, seconds)
        ]
        if not readings:
            return []
        if not unled.text.strip(" .,!?…-") and max(map(len, readings)) > MOST_WORDS_UNHEARD:
            return []  # a horn, say, which a hesitant text has made an 'um, um, um' of
        first, *others = readings
        words = combined(first, others[:-1], readings[-1], partial(steady_seconds, samples))
        return with_terms(words, self._words(encoded, for_terms, frames, samples))

    def _encode(self, samples: Samples) -> tuple[Any, int]:
        """The encoder's output for a piece, and the number of frames it stands for."""
        padded = np.pad(samples, (0, round(SILENCE_AFTER_SECONDS * RATE)))
        features = self._whisper.feature_extractor(padded)
        wanted = int(min(len(padded) / RATE, LONGEST_ENCODED_SECONDS) * FEATURES_PER_SECOND) // 2 * 2
        return self._whisper.encode(features[:, :wanted]), wanted

    def _decode(self, encoded: Any, prompt: str | None, most_tokens: int) -> _Reading:
        """A reading, led by a text or not."""
        start = self._whisper.get_prompt(self._tokenizer, [], hotwords=prompt)
        result = self._whisper.model.generate(
            encoded,
            [start],
            beam_size=VERBATIM_BEAM if prompt else 1,
            max_length=min(self._whisper.max_length, len(start) + most_tokens),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self._suppressed,
        )[0]
        length = len(result.sequences_ids[0])
        tokens = self._without_loop(
            [token for token in result.sequences_ids[0] if token < self._tokenizer.eot]
        )
        return _Reading(
            tokens,
            self._tokenizer.decode(tokens).strip(),
            result.scores[0] * length / (length + 1),
            result.no_speech_prob,
        )

    def _without_loop(self, tokens: list[int]) -> list[int]:
        """The tokens before the loop that a reading may end in."""
        words: list[str] = []
        ends: list[int] = []
        for text, group in zip(*self._tokenizer.split_to_word_tokens(tokens), strict=True):
            if words and not text.startswith(" "):
                words[-1] += text
                ends[-1] += len(group)
            else:
                words.append(text)
                ends.append((ends[-1] if ends else 0) + len(group))
        length = sound_length(words)
        return tokens[: ends[length - 1]] if length else []

    def _words(self, encoded: Any, reading: _Reading, frames: int, samples: Samples) -> list[HeardWord]:
        """A reading's words, with the times that Whisper's attention gives them."""
        if not reading.tokens:
            return []
        pieces = self._whisper.find_alignment(self._tokenizer, [reading.tokens], encoded, frames)[0]
        return [
            replace(word, end_seconds=fades_at(samples, word.start_seconds, word.end_seconds))
            if word.is_filled_pause
            else word
            for word in _joined(pieces)
        ]


def voice_probabilities(samples: Samples) -> npt.NDArray[np.float32]:
    """Silero's probability of a voice, for every 512 samples; quiet recordings are raised before."""
    padded = np.pad(_at_full_level(samples), (0, VAD_STEP - len(samples) % VAD_STEP))
    return np.asarray(get_vad_model()(padded), dtype=np.float32).ravel()


def _at_full_level(samples: Samples) -> Samples:
    """The samples with their peaks near full scale: in a soft recording Whisper makes hesitations up."""
    peak = float(np.percentile(np.abs(samples), 99.9))
    return np.asarray(samples * (0.5 / max(peak, 1e-4)), dtype=np.float32)


def _of_bearable_length(speech: Iterable[Span], samples: Samples) -> Iterator[Span]:
    """The stretches, those longer than a piece cut where they are softest."""
    for stretch in speech:
        start = stretch.start_seconds
        while stretch.end_seconds - start > LONGEST_SECONDS:
            cut = round(quietest_seconds(samples, start + LONGEST_SECONDS / 2, start + LONGEST_SECONDS), 3)
            yield Span(start, cut)
            start = cut
        yield Span(start, stretch.end_seconds)


def _joined(pieces: Sequence[dict[str, Any]]) -> list[HeardWord]:
    """Whisper's pieces as whole words: ' end', '-to', '-end' are one word; ' .' alone is none."""
    words: list[HeardWord] = []
    for piece in pieces:
        text, start, end, probability = piece["word"], piece["start"], piece["end"], piece["probability"]
        if words and not text.startswith(" "):
            before = words.pop()
            joined = before.text + text.strip()
            # A sign's time is silence beside a word, but the rest of a drawn-out 'um,'.
            grows = any(sign.isalnum() for sign in text) or is_filled_pause(joined)
            last = float(end) if grows else before.end_seconds
            words.append(HeardWord(joined, before.start_seconds, last, before.probability))
        elif any(sign.isalnum() for sign in text):
            words.append(HeardWord(text.strip(), float(start), float(end), float(probability)))
    return words
