"""faster-whisper behind one call: samples -> words with their places, and where somebody speaks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from faster_whisper import WhisperModel
from faster_whisper.vad import VadOptions, get_speech_timestamps

from pmvoice.errors import UserError
from pmvoice.sound_files import RATE, Samples
from pmvoice.transcript import Span, Transcript, Word
from pmvoice.transcription.models import Model

LANGUAGE = "en"

# Whisper leaves hesitations out unless it is shown a text that has them. As ``hotwords`` the sentence
# reaches each 30 s window; as ``initial_prompt`` it would reach the first only.
VERBATIM_PROMPT = (
    "So, um, I was, uh, I was thinking, um, you know, that, uh, it's, like, it's, uh, kind of, um, "
    "hard to, to say."
)

# A gap shorter than this is articulation, not silence (the closure of a 'p' lasts some 0.1 s).
SPEECH_OPTIONS = VadOptions(min_silence_duration_ms=250, speech_pad_ms=30)

# Where nobody speaks, Whisper makes words up, and with the prompt above they are fillers: it is not given the
# silence after the last word, and what it hears this far from all speech does not count.
SHORTEST_WORD_SECONDS = 0.4
SPEECH_MARGIN_SECONDS = 0.3

OnProgress = Callable[[float], None]


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
                cpu_threads=min(os.cpu_count() or 1, 4),
                local_files_only=True,
            )
        except (RuntimeError, ValueError) as error:
            raise UserError(f"The speech model in {model.folder} cannot be loaded ({error}).") from error

    def transcribe(self, samples: Samples, on_progress: OnProgress | None = None) -> Transcript:
        """Transcribe a whole recording, verbatim, hesitations included.

        ``samples``: float32, shape (frames,), 16 kHz. ``on_progress`` is told the share done, 0 .. 1.
        """
        duration = len(samples) / RATE
        speech = find_speech(samples)
        words: list[Word] = []
        if speech:
            segments, _ = self._whisper.transcribe(
                samples,
                language=LANGUAGE,
                hotwords=VERBATIM_PROMPT,
                vad_filter=True,
                condition_on_previous_text=False,
                word_timestamps=True,
            )
            for segment in segments:
                words += [word for word in _joined(segment.words or ()) if _is_in_speech(word, speech)]
                if on_progress:
                    on_progress(min(float(segment.end) / duration, 1.0))
                if _speech_after(float(segment.end), speech) < SHORTEST_WORD_SECONDS:
                    break  # the segments come as they are asked for, so the rest is not even decoded
        return Transcript(tuple(words), tuple(speech), duration, self._name)


def find_speech(samples: Samples) -> list[Span]:
    """The stretches in which somebody speaks, by Silero VAD (it comes with faster-whisper)."""
    stretches = get_speech_timestamps(samples, SPEECH_OPTIONS)
    return [Span(round(s["start"] / RATE, 3), round(s["end"] / RATE, 3)) for s in stretches]


def _is_in_speech(word: Word, speech: Sequence[Span]) -> bool:
    """Whether a word touches any speech; its own times may be stretched over a silence beside it."""
    return any(
        word.start_seconds <= span.end_seconds + SPEECH_MARGIN_SECONDS
        and word.end_seconds >= span.start_seconds - SPEECH_MARGIN_SECONDS
        for span in speech
    )


def _speech_after(seconds: float, speech: Sequence[Span]) -> float:
    """How much speech there is after this time, in seconds."""
    return sum(max(span.end_seconds - max(span.start_seconds, seconds), 0.0) for span in speech)


def _joined(pieces: Iterable[Any]) -> list[Word]:
    """Whisper's pieces as whole words: ' end', '-to', '-end' are one word; ' .' alone is none."""
    words: list[Word] = []
    for piece in pieces:
        text, start, end = piece.word, round(float(piece.start), 3), round(float(piece.end), 3)
        if words and not text.startswith(" "):
            before = words.pop()
            words.append(Word(before.text + text.strip(), before.start_seconds, end))
        elif any(sign.isalnum() for sign in text):
            words.append(Word(text.strip(), start, end))
    return words
