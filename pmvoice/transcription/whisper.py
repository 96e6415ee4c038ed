"""faster-whisper behind a few calls.

A piece of sound is encoded once and read several times, side by side, each reading led by another text or
by none. What the library returns becomes ours here.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

from pmvoice.errors import UserError
from pmvoice.sound_files import RATE, Samples
from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.loops import goes_in_circles, sound_length
from pmvoice.transcription.models import Model
from pmvoice.transcription.voicing import fades_at

LANGUAGE = "en"
MOST_READINGS = 4

# A reading that goes in circles is not worth waiting for; fast speech has some six tokens a second.
MOST_TOKENS_A_SECOND, MOST_TOKENS_BESIDES = 12, 24

# Whisper wants thirty seconds; a piece with so much silence after it reads the same and encodes sooner.
SILENCE_AFTER_SECONDS = 2.0
LONGEST_ENCODED_SECONDS = 30.0
FEATURES_PER_SECOND = 100

# What Whisper's own decoder takes for silence (Radford et al., 2022).
NO_SPEECH_PROBABILITY = 0.6
NO_SPEECH_LOG_PROBABILITY = -1.0

FULL_LEVEL, LEAST_PEAK = 0.5, 1e-4


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads a reading: a text (``None``: nothing), and how many wordings are followed at once."""

    text: str | None
    beam: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One decoding of a piece: its text, and its words with times within the piece."""

    text: str
    words: tuple[HeardWord, ...]
    log_probability: float  # mean over the tokens
    no_speech_probability: float

    @property
    def is_silence(self) -> bool:
        return _is_silence(self.log_probability, self.no_speech_probability)


@dataclass(frozen=True, slots=True)
class _Decoded:
    """What comes out of the decoder, before its words have times."""

    tokens: list[int]
    log_probability: float
    no_speech: float


class Whisper:
    """A loaded model."""

    def __init__(self, model: Model) -> None:
        """Load the model (about a second for ``base``); ``UserError`` where its files are no model."""
        try:
            self.model = WhisperModel(
                str(model.folder),
                device="cpu",
                compute_type="int8",
                # The readings of a piece run side by side, a core each. Threads within one of them wait for
                # each other more than they work: on two cores, two took more than twice as long as one.
                cpu_threads=1,
                num_workers=min(MOST_READINGS, os.cpu_count() or 1),
                local_files_only=True,
            )
        except (RuntimeError, ValueError) as error:
            raise UserError(f"The speech model in {model.folder} cannot be loaded ({error}).") from error
        self._pool = ThreadPoolExecutor(MOST_READINGS)
        self._tokenizer = Tokenizer(
            self.model.hf_tokenizer,
            self.model.model.is_multilingual,
            task="transcribe",
            language=LANGUAGE,
        )
        self._suppressed = get_suppressed_tokens(self._tokenizer, [-1])

    def read(self, samples: Samples, leads: Sequence[Lead]) -> list[Reading]:
        """A reading of a piece for each of the leads.

        ``samples``: float32, shape (frames,), 16 kHz, at most some 28 s.
        """
        samples = at_full_level(samples)
        encoded, frames = self._encoded(samples)
        seconds = len(samples) / RATE
        decoded = list(self._pool.map(lambda lead: self._decode(encoded, lead, seconds), leads))
        unled = next((each.tokens for each, lead in zip(decoded, leads, strict=True) if not lead.text), [])
        witness = self._texts(self._without_loop(unled, []))[0]
        cut = [replace(each, tokens=self._without_loop(each.tokens, witness)) for each in decoded]
        words = self._pool.map(lambda each: self._words(samples, encoded, frames, each.tokens), cut)
        return [
            Reading(self._tokenizer.decode(each.tokens).strip(), heard, each.log_probability, each.no_speech)
            for each, heard in zip(cut, words, strict=True)
        ]

    def glance(self, samples: Samples, lead: Lead) -> str:
        """What is said in a few seconds, without times."""
        encoded, _ = self._encoded(at_full_level(samples), SILENCE_AFTER_SECONDS / 2)
        seconds = len(samples) / RATE
        decoded = self._decode(encoded, lead, seconds)
        text = self._tokenizer.decode(self._without_loop(decoded.tokens, [])).strip()
        is_silence = _is_silence(decoded.log_probability, decoded.no_speech)
        return "" if is_silence or goes_in_circles(text, seconds) else text

    def _encoded(self, samples: Samples, silence_seconds: float = SILENCE_AFTER_SECONDS) -> tuple[Any, int]:
        """A piece as the model's encoder has it, and of how many frames it is."""
        padded = np.pad(samples, (0, round(silence_seconds * RATE)))
        features = self.model.feature_extractor(padded)
        frames = int(min(len(padded) / RATE, LONGEST_ENCODED_SECONDS) * FEATURES_PER_SECOND) // 2 * 2
        return self.model.encode(features[:, :frames]), frames

    def _decode(self, encoded: Any, lead: Lead, seconds: float) -> _Decoded:
        start = self.model.get_prompt(self._tokenizer, [], hotwords=lead.text)
        most_tokens = round(MOST_TOKENS_A_SECOND * seconds) + MOST_TOKENS_BESIDES
        result = self.model.model.generate(
            encoded,
            [start],
            beam_size=lead.beam,
            max_length=min(self.model.max_length, len(start) + most_tokens),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_tokens=self._suppressed,
        )[0]
        length = len(result.sequences_ids[0])
        return _Decoded(
            [token for token in result.sequences_ids[0] if token < self._tokenizer.eot],
            result.scores[0] * length / (length + 1),
            result.no_speech_prob,
        )

    def _without_loop(self, tokens: list[int], witness: Sequence[str]) -> list[int]:
        """The tokens before the loop that a reading may end in."""
        words, ends = self._texts(tokens)
        length = sound_length(words, witness)
        return tokens[: ends[length - 1]] if length else []

    def _texts(self, tokens: list[int]) -> tuple[list[str], list[int]]:
        """The words that tokens stand for, with their signs, and after how many tokens each ends."""
        words: list[str] = []
        ends: list[int] = []
        for text, group in zip(*self._tokenizer.split_to_word_tokens(tokens), strict=True):
            if words and not text.startswith(" "):
                words[-1] += text
                ends[-1] += len(group)
            else:
                words.append(text)
                ends.append((ends[-1] if ends else 0) + len(group))
        return words, ends

    def _words(self, samples: Samples, encoded: Any, frames: int, tokens: list[int]) -> tuple[HeardWord, ...]:
        """The words of a reading, with the times that Whisper's attention gives them."""
        if not tokens:
            return ()
        pieces = self.model.find_alignment(self._tokenizer, [tokens], encoded, frames)[0]
        return tuple(
            replace(word, end_seconds=fades_at(samples, word.start_seconds, word.end_seconds))
            if word.is_filled_pause
            else word
            for word in whole_words(pieces)
        )


def _is_silence(log_probability: float, no_speech_probability: float) -> bool:
    return no_speech_probability > NO_SPEECH_PROBABILITY and log_probability < NO_SPEECH_LOG_PROBABILITY


def at_full_level(samples: Samples) -> Samples:
    """The samples with their peaks near full scale: in a soft recording Whisper makes hesitations up."""
    gain = gain_to_full_level(float(np.percentile(np.abs(samples), 99.9)))
    return np.asarray(samples * gain, dtype=np.float32)


def gain_to_full_level(peak: float) -> float:
    """What samples with such peaks (0 .. 1) are to be multiplied with."""
    return FULL_LEVEL / max(peak, LEAST_PEAK)


def whole_words(pieces: Sequence[dict[str, Any]]) -> list[HeardWord]:
    """Whisper's pieces as whole words: ' end', '-to', '-end' are one word; ' .' alone is none."""
    words: list[HeardWord] = []
    for piece in pieces:
        text, start, end = piece["word"], float(piece["start"]), float(piece["end"])
        if words and not text.startswith(" "):
            joined = replace(words[-1], text=words[-1].text + text.strip())
            # A sign's time is silence beside a word, but the rest of a drawn-out 'um,'.
            grows = any(sign.isalnum() for sign in text) or joined.is_filled_pause
            words[-1] = replace(joined, end_seconds=end) if grows else joined
        elif any(sign.isalnum() for sign in text):
            words.append(HeardWord(text.strip(), start, end, float(piece["probability"])))
    return words
