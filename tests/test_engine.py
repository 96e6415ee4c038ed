from pathlib import Path

import numpy as np
import pytest

from pmvoice.analysis.fillers import find_fillers, is_filled_pause
from pmvoice.errors import UserError
from pmvoice.paths import resource
from pmvoice.sound_files import RATE, convert_to_wav, read_wav
from pmvoice.speech import speak_to_file
from pmvoice.transcript import Transcript
from pmvoice.transcription.engine import Engine
from pmvoice.transcription.live import transcribe
from pmvoice.transcription.models import Model


def test_the_sample_is_understood(sample_transcript: Transcript) -> None:
    text = sample_transcript.text
    for phrase in ("document assistant", "insurance brokers", "of the engine", "had doubled"):
        assert phrase in text
    assert sample_transcript.model == "base"


def test_words_stand_where_they_were_said(sample_transcript: Transcript) -> None:
    words = sample_transcript.words
    assert all(word.text == word.text.strip() and word.text for word in words)
    assert all(word.start_seconds <= word.end_seconds for word in words)
    starts = [word.start_seconds for word in words]
    assert starts == sorted(starts)
    assert words[-1].end_seconds <= sample_transcript.duration_seconds
    (launched,) = [word for word in words if word.text == "launched"]
    assert launched.start_seconds == pytest.approx(34.1, abs=0.5)  # right after the second long pause


def test_hyphenated_words_are_whole(sample_transcript: Transcript) -> None:
    assert not any(word.text.startswith("-") for word in sample_transcript.words)
    assert "end-to-end" in [word.text for word in sample_transcript.words]


def test_progress_is_told_up_to_the_end(engine: Engine, sample_wav: Path) -> None:
    samples, _ = read_wav(sample_wav)
    silence = np.zeros(8 * RATE, dtype=np.float32)
    told: list[float] = []
    transcribe(engine, np.concatenate([samples[: 12 * RATE], silence]), told.append)
    assert told == sorted(told)
    assert 0.5 < told[0] < told[-1] == 1.0


def hesitations(transcript: Transcript) -> int:
    return sum(is_filled_pause(word.text) for word in transcript.words)


def test_every_hesitation_of_the_sample_is_heard(sample_transcript: Transcript) -> None:
    assert hesitations(sample_transcript) == 7


def test_a_quiet_recording_has_no_more_of_them(engine: Engine, sample_wav: Path) -> None:
    samples, _ = read_wav(sample_wav)
    quiet = transcribe(engine, samples[: 20 * RATE] * 0.015)
    assert hesitations(quiet) == 4
    assert "insurance brokers" in quiet.text


def test_a_clause_lost_in_noise_is_read_again(engine: Engine, tmp_path: Path) -> None:
    """One reading of it leaves out 'drop off went from forty one to twenty six percent'."""
    convert_to_wav(resource("benchmarks/accuracy/answers/answer-03.flac"), tmp_path / "answer.wav")
    samples = read_wav(tmp_path / "answer.wav")[0][38 * RATE :]
    noise = np.random.default_rng(1).normal(0, 0.02, len(samples)).astype(np.float32)
    transcript = transcribe(engine, samples + noise)
    assert "26" in transcript.text
    assert hesitations(transcript) == 2


@pytest.mark.parametrize("kind", ["noise", "hum", "tones"])
def test_sound_without_speech_has_no_words(engine: Engine, kind: str) -> None:
    time = np.arange(10 * RATE) / RATE
    sounds = {
        "noise": np.random.default_rng(1).normal(0, 0.02, len(time)),
        "hum": 0.05 * np.sum([np.sin(2 * np.pi * 50 * n * time) / n for n in range(1, 9)], axis=0),
        "tones": 0.1 * np.sin(2 * np.pi * 220 * 2 ** (np.floor(2 * time) % 5 / 12) * time),
    }
    transcript = transcribe(engine, sounds[kind].astype(np.float32))
    assert transcript.words == ()


@pytest.mark.parametrize("silence_seconds", [0.0, 1.0, 2.5])
def test_nothing_is_made_up_in_the_silence_after_the_last_word(
    engine: Engine, tmp_path: Path, silence_seconds: float
) -> None:
    """Between the last word and the key that ends the answer there is always some silence."""
    for sentence in ("We shipped it in September.", "The customer was happy."):
        convert_to_wav(speak_to_file(sentence, tmp_path / "speech"), tmp_path / "said.wav")
        samples, _ = read_wav(tmp_path / "said.wav")
        silence = np.zeros(int(silence_seconds * RATE), dtype=np.float32)
        transcript = transcribe(engine, np.concatenate([samples, silence]))
        assert len(transcript.words) <= len(sentence.split()) + 1, transcript.text
        assert find_fillers(transcript.words) == ()


@pytest.mark.parametrize("peak", [0.0, 0.001])
def test_silence_has_no_words(engine: Engine, peak: float) -> None:
    noise = np.random.default_rng(1).normal(0, peak, 5 * RATE).astype(np.float32)
    transcript = transcribe(engine, noise)
    assert transcript.words == ()
    assert transcript.speech == ()
    assert transcript.duration_seconds == 5


def test_an_empty_recording_has_no_words(engine: Engine) -> None:
    assert transcribe(engine, np.zeros(0, dtype=np.float32)).words == ()


def test_files_that_are_no_model_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"nothing")
    with pytest.raises(UserError, match="cannot be loaded"):
        Engine(Model("broken", tmp_path))
