from pathlib import Path

import numpy as np
import pytest

from pmvoice import recorder as recorder_module
from pmvoice.recorder import LOST_FRAMES, LOST_MICROPHONE, Capture, Recorder
from pmvoice.sound_files import read_wav, wav_seconds
from tests.fakes import BrokenMicrophoneRecorder, FakeMicrophoneRecorder, tone


def record(recorder: Recorder) -> None:
    """Record until the fake microphone has given all it has."""
    recorder.start()
    assert isinstance(recorder, FakeMicrophoneRecorder)
    while recorder.stream is None or not recorder.stream.given.wait(0.01):
        pass
    recorder.stop()
    assert recorder.wait(5)


def test_what_was_heard_is_in_the_file(tmp_path: Path) -> None:
    sound = tone(1.0)
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", sound)
    record(recorder)
    assert recorder.capture is Capture.ENDED
    assert recorder.problem is None
    samples, _ = read_wav(tmp_path / "take.wav")
    np.testing.assert_array_equal((samples * 32768).astype(np.int16), sound)
    assert recorder.seconds == pytest.approx(1.0)
    assert recorder.peak == pytest.approx(0.3, abs=0.01)


def test_recording_is_told_only_once_frames_arrive(tmp_path: Path) -> None:
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(0.5), first_after=0.5, forever=True)
    recorder.start()
    assert not recorder.wait(0.2)
    assert recorder.capture is Capture.STARTING  # the device is open, and gives nothing yet
    while recorder.seconds == 0:
        recorder.wait(0.01)
    assert recorder.seconds > 0
    recorder.stop()
    assert recorder.wait(5)


def test_the_file_grows_while_it_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    recorder = FakeMicrophoneRecorder(path, tone(0.5), forever=True)
    recorder.start()
    while recorder.seconds < 2:
        recorder.wait(0.01)
    assert wav_seconds(path) >= 1.9
    recorder.stop()
    assert recorder.wait(5)
    assert wav_seconds(path) == pytest.approx(recorder.seconds)


def test_a_device_of_another_rate_is_resampled(tmp_path: Path) -> None:
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(2.0, rate=44_100), rate=44_100)
    record(recorder)
    samples, rate = read_wav(tmp_path / "take.wav")
    assert rate == 16_000
    assert len(samples) == pytest.approx(32_000, abs=16)
    spectrum = np.abs(np.fft.rfft(samples[8000:24000]))
    assert np.argmax(spectrum) == pytest.approx(440, abs=2)  # still the same tone


def test_the_level_is_the_peak_since_it_was_last_asked(tmp_path: Path) -> None:
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(0.5, peak=0.5))
    record(recorder)
    assert recorder.take_level() == pytest.approx(0.5, abs=0.01)
    assert recorder.take_level() == 0


def test_silence_is_noticed_after_three_seconds(tmp_path: Path) -> None:
    quiet = FakeMicrophoneRecorder(tmp_path / "quiet.wav", tone(3.5, peak=0.0005))
    record(quiet)
    assert quiet.is_silent
    short = FakeMicrophoneRecorder(tmp_path / "short.wav", tone(2.0, peak=0.0005))
    record(short)
    assert not short.is_silent
    spoken = FakeMicrophoneRecorder(tmp_path / "spoken.wav", tone(3.5, peak=0.05))
    record(spoken)
    assert not spoken.is_silent


def test_a_microphone_that_goes_silent_altogether_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "STALL_SECONDS", 0.2)
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(0.5))
    recorder.start()
    assert recorder.wait(5)
    assert recorder.problem == LOST_MICROPHONE
    assert wav_seconds(tmp_path / "take.wav") == pytest.approx(0.5)


def test_a_microphone_that_never_begins_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "FIRST_FRAMES_SECONDS", 0.2)
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(0.5), first_after=60)
    recorder.start()
    assert recorder.wait(5)
    assert "no sound at all" in str(recorder.problem)


def test_a_device_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    recorder = BrokenMicrophoneRecorder(tmp_path / "take.wav")
    recorder.start()
    assert recorder.wait(5)
    assert recorder.capture is Capture.ENDED
    assert recorder.problem == (
        "The microphone cannot be used (Device unavailable). Plug one in, or choose another on the home page."
    )


def test_a_take_is_done_even_if_the_device_never_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "CLOSE_SECONDS", 0.1)
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(0.5))
    recorder.start()
    while recorder.stream is None or not recorder.stream.given.wait(0.01):
        pass
    recorder.stream.hangs_on_close = True
    recorder.stop()
    assert recorder.wait(5)
    assert recorder.capture is Capture.ENDED
    assert wav_seconds(recorder.path) == pytest.approx(0.5)


def test_a_discarded_take_leaves_no_file(tmp_path: Path) -> None:
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(0.5), forever=True)
    recorder.start()
    while recorder.seconds == 0:
        recorder.wait(0.01)
    recorder.discard()
    assert recorder.wait(5)
    assert list(tmp_path.iterdir()) == []


def test_lost_frames_are_said(tmp_path: Path) -> None:
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(0.5), forever=True)
    recorder.start()
    recorder._on_block(tone(0.05).tobytes(), 800, None, "input overflow")
    while recorder.seconds < 0.5:
        recorder.wait(0.01)
    recorder.stop()
    assert recorder.wait(5)
    assert recorder.problem == LOST_FRAMES


def test_whatever_else_fails_is_said_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = FakeMicrophoneRecorder(tmp_path / "take.wav", tone(0.5))
    monkeypatch.setattr(recorder, "_drain", lambda wav, rate: 1 / 0)
    recorder.start()
    assert recorder.wait(5)
    assert "The recording failed" in str(recorder.problem)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    recorder = FakeMicrophoneRecorder(tmp_path / "none" / "take.wav", tone(0.5))
    recorder.start()
    assert recorder.wait(5)
    assert "cannot be written" in str(recorder.problem)


def test_an_unknown_microphone_is_said_by_name(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "take.wav", "The one in the drawer")
    recorder.start()
    assert recorder.wait(5)
    assert "The one in the drawer" in str(recorder.problem)
