import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from pmvoice import children
from pmvoice.errors import UserError
from pmvoice.sound_files import RATE, convert_to_wav, read_wav
from pmvoice.speech import Utterance, speak_to_file
from pmvoice.transcription.engine import Engine
from pmvoice.transcription.live import transcribe

TEXT = "How do you prioritize features when resources are limited?"


def stand_in(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have the child process run ``code`` in place of the voice."""
    monkeypatch.setattr(children, "command", lambda role: [sys.executable, "-c", code])


def test_the_question_can_be_understood(tmp_path: Path, engine: Engine) -> None:
    spoken = speak_to_file(TEXT, tmp_path)
    convert_to_wav(spoken, tmp_path / "heard.wav")
    samples, rate = read_wav(tmp_path / "heard.wav")
    assert rate == RATE
    heard = transcribe(engine, samples).text.casefold()
    assert "features" in heard
    assert "limited" in heard


def test_two_texts_have_two_files_with_the_right_words(tmp_path: Path, engine: Engine) -> None:
    texts = {"We shipped it in September.": "september", "The customer was happy.": "customer"}
    paths = [speak_to_file(text, tmp_path) for text in texts]
    assert len(set(paths)) == 2
    for path, word in zip(paths, texts.values(), strict=True):
        convert_to_wav(path, path.with_suffix(".16k.wav"))
        samples, _ = read_wav(path.with_suffix(".16k.wav"))
        padded = np.concatenate([samples, np.zeros(RATE, dtype=np.float32)])
        assert word in transcribe(engine, padded).text.casefold()


def test_what_was_spoken_once_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = speak_to_file(TEXT, tmp_path)
    stand_in(monkeypatch, "raise SystemExit('must not run')")
    assert speak_to_file(TEXT, tmp_path) == first
    assert [each.name for each in tmp_path.iterdir()] == [first.name]


def test_a_voice_that_fails_once_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "tried"
    stand_in(
        monkeypatch,
        f"import pathlib, sys\n"
        f"mark = pathlib.Path({str(mark)!r})\n"
        f"if not mark.exists(): mark.touch(); sys.exit(1)\n"
        f"from pmvoice import speech\n"
        f"sys.exit(speech.child_main())",
    )
    with wave.open(str(speak_to_file(TEXT, tmp_path / "speech"))) as wav:
        assert wav.getnframes() > 22_050


def test_a_voice_that_hangs_is_given_up_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(UserError, match="The voice failed, so the question is shown and not spoken"):
        speak_to_file(TEXT, tmp_path, time_limit_seconds=0.2)
    assert list(tmp_path.iterdir()) == []


def test_the_name_depends_on_the_text() -> None:
    cache = Path("speech")
    assert Utterance.of("one", cache).path != Utterance.of("two", cache).path
    assert Utterance.of("one", cache).path == Utterance.of("one", cache).path
