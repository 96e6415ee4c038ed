"""Recording and playing on PortAudio, through a virtual sound card."""

from pathlib import Path

import numpy as np
import pytest

from pmvoice.playback import Player
from pmvoice.recorder import Capture, Recorder
from pmvoice.sound_devices import default_microphone, default_speakers, microphones
from pmvoice.sound_files import RATE, WavWriter, read_wav, wav_seconds
from tests.fakes import tone
from tests.virtual_devices import SoundCard, wait_for


@pytest.fixture
def beep(tmp_path: Path) -> Path:
    """Two seconds of a tone."""
    path = tmp_path / "beep.wav"
    with WavWriter(path) as wav:
        wav.write(tone(2.0, peak=0.5).tobytes())
    return path


def loudest_tone(path: Path) -> float:
    """The frequency that stands out, in Hz."""
    samples, rate = read_wav(path)
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * rate / len(samples)


def test_devices_are_found(sound_card: SoundCard) -> None:
    assert default_microphone() in microphones()
    assert default_speakers()


def test_the_microphone_is_recorded(sound_card: SoundCard, tmp_path: Path, beep: Path) -> None:
    recorder = Recorder(tmp_path / "take.wav")
    recorder.start()
    wait_for(lambda: recorder.capture is Capture.RECORDING)
    assert recorder.problem is None
    with sound_card.play_into_microphone(beep):
        wait_for(lambda: recorder.peak > 0.4)
    before = recorder.seconds
    wait_for(lambda: recorder.seconds > before + 1.5)
    assert wav_seconds(recorder.path) > 0  # whole while it grows
    recorder.stop()
    assert recorder.wait(10)
    assert recorder.problem is None
    assert recorder.peak == pytest.approx(0.5, abs=0.05)
    assert loudest_tone(recorder.path) == pytest.approx(440, abs=2)
    assert wav_seconds(recorder.path) == pytest.approx(recorder.seconds)


def test_a_microphone_chosen_by_name_is_used(sound_card: SoundCard, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "take.wav", default_microphone())
    recorder.start()
    wait_for(lambda: recorder.capture is not Capture.STARTING)
    assert recorder.capture is Capture.RECORDING
    recorder.stop()
    assert recorder.wait(10)


def test_what_is_played_can_be_heard(sound_card: SoundCard, tmp_path: Path, beep: Path) -> None:
    """The virtual microphone hears the virtual speakers."""
    recorder = Recorder(tmp_path / "take.wav")
    recorder.start()
    wait_for(lambda: recorder.capture is Capture.RECORDING)
    ended: list[str | None] = []
    player = Player()
    player.play(beep, ended.append)
    wait_for(lambda: ended)
    assert ended == [None]
    assert player.position_seconds == pytest.approx(2.0)
    wait_for(lambda: recorder.peak > 0.4)
    recorder.stop()
    assert recorder.wait(10)


def test_playing_stops_when_asked_and_begins_where_asked(sound_card: SoundCard, tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with WavWriter(path) as wav:
        wav.write(tone(60).tobytes())
    ended: list[str | None] = []
    player = Player()
    player.play(path, ended.append, start_seconds=30)
    wait_for(lambda: player.position_seconds > 30)
    player.stop()
    player.wait(5)
    assert ended == [None]
    assert 30 < player.position_seconds < 59


def test_a_stretch_is_played_and_no_more(sound_card: SoundCard, tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with WavWriter(path) as wav:
        wav.write(tone(60).tobytes())
    ended: list[str | None] = []
    player = Player()
    player.play(path, ended.append, start_seconds=30, end_seconds=30.5)
    wait_for(lambda: ended)
    assert ended == [None]
    assert player.position_seconds == pytest.approx(30.5)


def test_a_file_of_another_rate_is_played(sound_card: SoundCard, tmp_path: Path) -> None:
    path = tmp_path / "other.wav"
    with WavWriter(path, rate=22_050) as wav:
        wav.write(tone(0.5, rate=22_050).tobytes())
    ended: list[str | None] = []
    Player().play(path, ended.append)
    wait_for(lambda: ended)
    assert ended == [None]


def test_a_file_that_cannot_be_read_is_said(sound_card: SoundCard, tmp_path: Path) -> None:
    ended: list[str | None] = []
    Player().play(tmp_path / "none.wav", ended.append)
    wait_for(lambda: ended)
    assert "none.wav" in str(ended[0])


def test_rate_is_what_whisper_takes(sound_card: SoundCard, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "take.wav")
    recorder.start()
    wait_for(lambda: recorder.seconds > 0.2)
    recorder.stop()
    assert recorder.wait(10)
    assert read_wav(recorder.path)[1] == RATE
