import os
import signal
import stat
import subprocess
import sys
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from pmvoice.errors import UserError
from pmvoice.sound_files import (
    RATE,
    WavReader,
    WavWriter,
    convert_to_wav,
    read_wav,
    wav_outline,
    wav_seconds,
)
from tests.conftest import SAMPLE
from tests.fakes import tone


def test_the_header_is_right_after_every_write(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    with WavWriter(path) as wav:
        assert wav_seconds(path) == 0
        for count in range(1, 4):
            wav.write(tone(0.5).tobytes())
            assert wav_seconds(path) == pytest.approx(0.5 * count)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_recording_can_be_read_while_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    sound = tone(2.0)
    with WavWriter(path) as wav, WavReader(path) as reader:
        assert len(reader.read(1.0)) == 0
        wav.write(sound[: RATE // 2].tobytes())
        assert reader.seconds == 0.5
        first = reader.read(1.0)
        assert len(first) == RATE // 2
        wav.write(sound[RATE // 2 :].tobytes())
        rest = [reader.read(1.0), reader.read(1.0), reader.read(1.0)]
        assert [len(part) for part in rest] == [RATE, RATE // 2, 0]
    assert np.array_equal(np.concatenate([first, *rest]), read_wav(path)[0])


@pytest.mark.parametrize(("channels", "rate"), [(2, RATE), (1, 44_100)])
def test_a_recording_of_another_kind_is_refused(tmp_path: Path, channels: int, rate: int) -> None:
    path = tmp_path / "other.wav"
    with wave.open(str(path), "wb") as wav:
        wav.setparams((channels, 2, rate, 0, "NONE", ""))
        wav.writeframes(tone(0.5).tobytes())
    with pytest.raises(UserError, match="one channel, 16 bit and 16 kHz"):
        WavReader(path)


def test_what_is_no_recording_cannot_be_followed(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        WavReader(tmp_path / "none.wav")
    (tmp_path / "text.wav").write_text("no sound at all")
    with pytest.raises(UserError, match="not a readable WAV"):
        WavReader(tmp_path / "text.wav")


def test_a_recording_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    path.write_bytes(b"precious")
    with pytest.raises(FileExistsError):
        WavWriter(path)
    assert path.read_bytes() == b"precious"


def test_a_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    code = (
        "import sys, pathlib; from pmvoice.sound_files import WavWriter\n"
        "wav = WavWriter(pathlib.Path(sys.argv[1]))\n"
        "for _ in range(100): wav.write(bytes(1600)); print('x', flush=True)\n"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(100):
            child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
    assert wav_seconds(path) == pytest.approx(100 * 0.05)
    with wave.open(str(path)) as wav:
        assert len(wav.readframes(wav.getnframes())) == 160_000


def test_samples_come_back(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    sound = tone(1.0, peak=0.5)
    with WavWriter(path) as wav:
        wav.write(sound.tobytes())
    samples, rate = read_wav(path)
    assert rate == RATE
    assert samples.dtype == np.float32
    np.testing.assert_allclose(samples, sound / 32768, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.flac", "flac"), ("a.mp3", "libmp3lame"), ("a.m4a", "aac"), ("a.wav", "pcm_s16le")]
)
def test_common_formats_are_converted(tmp_path: Path, name: str, codec: str) -> None:
    source = tmp_path / name
    with av.open(str(source), "w") as container:
        stream = container.add_stream(codec, rate=44_100, layout="mono")
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(tone(2.0, rate=44_100).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = 44_100
        for each in (frame, None):
            container.mux(stream.encode(each))
    target = tmp_path / "converted.wav"
    convert_to_wav(source, target)
    samples, rate = read_wav(target)
    assert rate == RATE
    assert len(samples) / rate == pytest.approx(2.0, abs=0.1)
    steady = samples[RATE // 2 : RATE]  # lossy codecs overshoot at the very beginning
    assert np.abs(steady).max() == pytest.approx(0.3, abs=0.05)


def test_the_samples_length_is_kept(tmp_path: Path) -> None:
    convert_to_wav(SAMPLE, tmp_path / "sample.wav")
    assert wav_seconds(tmp_path / "sample.wav") == pytest.approx(47.35, abs=0.01)


@pytest.mark.parametrize("content", [b"", b"not sound at all", b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_no_sound_is_refused_and_nothing_is_left(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "notes.txt"
    source.write_bytes(content)
    with pytest.raises(UserError, match=r"notes\.txt"):
        convert_to_wav(source, tmp_path / "out.wav")
    with pytest.raises(UserError, match=r"notes\.txt"):
        read_wav(source)
    assert [each.name for each in tmp_path.iterdir()] == ["notes.txt"]


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        convert_to_wav(tmp_path / "none.wav", tmp_path / "out.wav")
    with pytest.raises(UserError, match="not a sound file"):
        convert_to_wav(tmp_path, tmp_path / "out.wav")


def test_the_outline_shows_where_it_is_loud(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    with WavWriter(path) as wav:
        wav.write(np.zeros(16_000, np.int16).tobytes())
        wav.write(np.full(16_000, -16_384, np.int16).tobytes())
    peaks, seconds = wav_outline(path, 4)
    np.testing.assert_allclose(peaks, [0, 0, 0.5, 0.5])
    assert seconds == 2.0


def test_the_outline_of_next_to_nothing(tmp_path: Path) -> None:
    for frames in (0, 3):
        path = tmp_path / f"{frames}.wav"
        with WavWriter(path) as wav:
            wav.write(np.ones(frames, np.int16).tobytes())
        assert wav_outline(path, 10)[0].shape == (10,)
    with pytest.raises(UserError, match="cannot be read"):
        wav_outline(tmp_path / "none.wav", 10)
