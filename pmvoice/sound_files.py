"""Sound on disk: every recording is a WAV of 16 kHz, one channel, 16 bit.

The recorder writes it while it grows, a file of the person's own is converted into it, and everyone else
reads it. Other formats are decoded by PyAV, piece by piece, so that a long file needs no more memory
than a short one.
"""

from __future__ import annotations

import contextlib
import os
import wave
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from pmvoice.errors import UserError

RATE = 16_000  # Hz: what Whisper and the voice activity detector take
FULL_SCALE = 32_768.0

Samples = NDArray[np.float32]


class WavWriter:
    """A new 16-bit mono WAV whose header is right after every ``write``.

    A crash between two writes leaves a file that opens and holds everything up to the last write.
    Refuses to overwrite (``FileExistsError``), so that no recording is ever written over.
    """

    def __init__(self, path: Path, rate: int = RATE) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(descriptor, "wb")
        self._wav = wave.open(self._file, "wb")  # noqa: SIM115 - closed in close()
        self._wav.setnchannels(1)
        self._wav.setsampwidth(2)
        self._wav.setframerate(rate)
        self.path = path
        self.frames = 0
        self.write(b"")

    def write(self, pcm: bytes) -> None:
        """Append frames (little-endian int16) and put the header right."""
        self._wav.writeframes(pcm)  # unlike writeframesraw, this one mends the header
        self._file.flush()
        self.frames += len(pcm) // 2

    def sync(self) -> None:
        """Have the system put on the disk what was written so far."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._wav.close()
        self._file.close()

    def __enter__(self) -> WavWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read_wav(path: Path) -> tuple[Samples, int]:
    """The samples of a 16-bit WAV as float32 in -1 .. 1, shape (frames,), and its rate in Hz.

    Several channels are averaged. Raises ``UserError`` where it is no such file.
    """
    try:
        with wave.open(str(path), "rb") as wav:
            if wav.getsampwidth() != 2:
                raise UserError(f"{path}: expected a WAV of 16 bit.")
            channels, rate = wav.getnchannels(), wav.getframerate()
            pcm = np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2")
    except (wave.Error, EOFError, ValueError) as error:
        raise UserError(f"{path}: not a readable WAV file.") from error
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}).") from error
    samples = pcm.astype(np.float32) / FULL_SCALE
    if channels > 1:
        samples = samples.reshape(-1, channels).mean(axis=1, dtype=np.float32)
    return samples, rate


class WavReader:
    """Reads a 16-bit WAV from its beginning, also one that is still being written, as far as it goes."""

    def __init__(self, path: Path) -> None:
        """``UserError`` where it is no such file, or not of one channel and 16 kHz."""
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise UserError(f"{path}: cannot be read ({error.strerror}).") from error
        try:
            with wave.open(self._file, "rb") as wav:
                form = (wav.getnchannels(), wav.getsampwidth(), wav.getframerate())
                self._begin = self._file.tell()
        except (wave.Error, EOFError, ValueError) as error:
            self._file.close()
            raise UserError(f"{path}: not a readable WAV file.") from error
        if form != (1, 2, RATE):
            self._file.close()
            raise UserError(f"{path}: expected a WAV of one channel, 16 bit and 16 kHz.")
        self._frames_read = 0

    @property
    def seconds(self) -> float:
        """How long the recording is by now, from its header."""
        self._file.seek(self._begin - 4)
        return int.from_bytes(self._file.read(4), "little") // 2 / RATE

    def read(self, most_seconds: float) -> Samples:
        """What follows, as float32 in -1 .. 1, shape (frames,); empty where there is nothing more by now."""
        frames = min(round(self.seconds * RATE) - self._frames_read, round(most_seconds * RATE))
        self._file.seek(self._begin + 2 * self._frames_read)
        data = self._file.read(2 * max(frames, 0))
        pcm = np.frombuffer(data[: len(data) // 2 * 2], dtype="<i2")
        self._frames_read += len(pcm)
        return pcm.astype(np.float32) / FULL_SCALE

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> WavReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def wav_seconds(path: Path) -> float:
    """How long a WAV is, in seconds, from its header alone."""
    try:
        with wave.open(str(path), "rb") as wav:
            return wav.getnframes() / wav.getframerate()
    except (wave.Error, EOFError, OSError, ZeroDivisionError) as error:
        raise UserError(f"{path}: not a readable WAV file.") from error


def wav_outline(path: Path, columns: int) -> tuple[Samples, float]:
    """The peaks of ``columns`` equal stretches of a WAV, 0 .. 1, shape (columns,), and its length in seconds.

    Read stretch by stretch, so that an hour takes little memory and a fraction of a second.
    """
    peaks = np.zeros(columns, dtype=np.float32)
    try:
        with wave.open(str(path), "rb") as wav:
            frames, width = wav.getnframes(), wav.getnchannels() * wav.getsampwidth()
            if wav.getsampwidth() != 2:
                raise UserError(f"{path}: expected a WAV of 16 bit.")
            edges = np.linspace(0, frames, columns + 1).astype(int)
            for place, count in enumerate(np.diff(edges)):
                pcm = np.frombuffer(wav.readframes(int(count))[: int(count) * width], dtype="<i2")
                if len(pcm):
                    peaks[place] = max(int(pcm.max()), -int(pcm.min())) / FULL_SCALE
            return peaks, frames / wav.getframerate()
    except (wave.Error, EOFError, ValueError) as error:
        raise UserError(f"{path}: not a readable WAV file.") from error
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror}).") from error


def convert_to_wav(source: Path, destination: Path, rate: int = RATE) -> None:
    """Decode any sound file (WAV, FLAC, MP3, M4A ...) into a new WAV of one channel at ``rate`` Hz.

    ``destination`` appears only when it is whole. Raises ``UserError`` that names the file.
    """
    import av  # megabytes of decoders; the window only reads WAVs, so its process does without

    if not source.exists():
        raise UserError(f"{source}: there is no such file.")
    if not source.is_file():
        raise UserError(f"{source}: not a sound file.")
    part = destination.with_name(destination.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with WavWriter(part, rate) as wav:
            _decode(source, wav, rate)
            wav.sync()
        if not wav.frames:
            raise UserError(f"{source}: there is no sound in this file.")
        os.replace(part, destination)
    except av.FFmpegError as error:
        raise UserError(f"{source}: not a sound file that can be read ({error.strerror}).") from error
    except OSError as error:
        raise UserError(f"{source}: cannot be converted to {destination} ({error.strerror}).") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _decode(source: Path, wav: WavWriter, rate: int) -> None:
    import av

    with av.open(str(source)) as container:
        if not container.streams.audio:
            raise UserError(f"{source}: there is no sound in this file.")
        resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
        for frame in container.decode(audio=0):
            for piece in resampler.resample(frame):
                wav.write(piece.to_ndarray().tobytes())
        for piece in resampler.resample(None):
            wav.write(piece.to_ndarray().tobytes())
