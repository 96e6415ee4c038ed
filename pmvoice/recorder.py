"""Microphone -> WAV on disk while it is captured, and the level for the eye.

Threads: PortAudio's own thread runs ``_on_block``, which only puts the block into a queue. The writer
thread opens the device (that can take 800 ms and more), drains the queue into the file, and closes both.
The owner (window or terminal) calls ``start``, ``stop`` and ``wait`` and reads the plain attributes, from
one thread; nothing here calls back into it. The file is the one source of truth: its header is right
after every block, and it is forced to the disk once a second.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from pmvoice.errors import UserError
from pmvoice.sound_devices import find_microphone, sounddevice
from pmvoice.sound_files import FULL_SCALE, RATE, WavWriter

BLOCK_SECONDS = 0.05
FIRST_FRAMES_SECONDS = 5.0  # how long a device may take to give its first block
STALL_SECONDS = 2.0  # no block for so long while recording: the device is gone
SYNC_SECONDS = 1.0
SILENCE_PEAK = 0.002  # below this, nothing but a muted or missing microphone
SILENCE_SECONDS = 3.0

SILENT_MICROPHONE = (
    "Nothing is coming from the microphone. Check that it is not muted, or choose another on the home page."
)
NO_MICROPHONE_HINT = "Plug one in, or choose another on the home page."
LOST_MICROPHONE = "The microphone stopped giving sound. What you said until then is kept."

_log = logging.getLogger(__name__)


class Capture(Enum):
    """What a recorder is doing."""

    STARTING = "starting"
    RECORDING = "recording"  # frames are arriving
    ENDED = "ended"  # the file is closed; see ``problem``


Block = NDArray[np.int16]


class Recorder:
    """Records one take into ``path``.

    ``capture`` tells the stage; ``problem`` is the sentence to show where it went wrong; ``seconds`` is
    what is in the file; ``peak`` the highest level ever, 0 .. 1.
    """

    def __init__(self, path: Path, microphone: str | None = None) -> None:
        self.path = path
        self.capture = Capture.STARTING
        self.problem: str | None = None
        self.seconds = 0.0
        self.peak = 0.0
        self._level = 0.0
        self._microphone = microphone
        self._blocks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        """Ask for the microphone; returns at once. ``capture`` says when frames arrive."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the recording to end; returns at once. ``capture`` says when the file is closed."""
        self._stop.set()

    def wait(self, timeout_seconds: float | None = None) -> bool:
        """Wait until the file is closed; whether it is."""
        self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def take_level(self) -> float:
        """The peak since the last call, 0 .. 1."""
        level, self._level = self._level, 0.0
        return level

    @property
    def is_silent(self) -> bool:
        """Whether so far nothing came but what a muted microphone gives."""
        return self.seconds >= SILENCE_SECONDS and self.peak < SILENCE_PEAK

    # PortAudio's thread

    def _on_block(self, data: Any, frames: int, when: Any, status: Any) -> None:
        self._blocks.put(bytes(data))

    # The writer's thread

    def _run(self) -> None:
        try:
            stream, rate = self._open()
            with stream, WavWriter(self.path) as wav:
                self._drain(wav, rate)
        except UserError as error:
            self.problem = str(error)
        except sounddevice.PortAudioError as error:
            _log.warning("the microphone failed: %s", error)
            self.problem = f"The microphone cannot be used ({_reason(error)}). {NO_MICROPHONE_HINT}"
        except OSError as error:
            _log.warning("the recording cannot be written: %s", error)
            self.problem = f"The recording cannot be written ({error.strerror}). What was saved is kept."
        finally:
            self.capture = Capture.ENDED

    def _open(self) -> tuple[Any, int]:
        """The opened stream and its rate: 16 kHz, or the device's own where that is refused."""
        device = find_microphone(self._microphone)
        try:
            return self._stream(device, RATE), RATE
        except sounddevice.PortAudioError as error:
            own_rate = int(sounddevice.query_devices(device, "input")["default_samplerate"])
            if own_rate == RATE:
                raise
            _log.info("16 kHz was refused (%s); recording at %d Hz", error, own_rate)
            return self._stream(device, own_rate), own_rate

    def _stream(self, device: int | None, rate: int) -> Any:
        return sounddevice.RawInputStream(
            samplerate=rate,
            blocksize=int(rate * BLOCK_SECONDS),
            device=device,
            channels=1,
            dtype="int16",
            callback=self._on_block,
        )

    def _drain(self, wav: WavWriter, rate: int) -> None:
        resampler = soxr.ResampleStream(rate, RATE, 1, dtype="int16") if rate != RATE else None
        last_block = last_sync = time.monotonic()
        while not self._stop.is_set():
            try:
                block = self._blocks.get(timeout=BLOCK_SECONDS)
            except queue.Empty:
                self._check_stall(time.monotonic() - last_block)
                continue
            last_block = time.monotonic()
            self._keep(wav, block, resampler)
            self.capture = Capture.RECORDING
            if last_block - last_sync >= SYNC_SECONDS:
                wav.sync()
                last_sync = last_block
        while not self._blocks.empty():
            self._keep(wav, self._blocks.get(), resampler)
        if resampler is not None:
            self._write(wav, resampler.resample_chunk(np.zeros(0, np.int16), last=True))
        wav.sync()

    def _check_stall(self, quiet_seconds: float) -> None:
        if self.capture is Capture.STARTING and quiet_seconds > FIRST_FRAMES_SECONDS:
            raise UserError(f"The microphone gives no sound at all. {NO_MICROPHONE_HINT}")
        if self.capture is Capture.RECORDING and quiet_seconds > STALL_SECONDS:
            raise UserError(LOST_MICROPHONE)

    def _keep(self, wav: WavWriter, block: bytes, resampler: soxr.ResampleStream | None) -> None:
        frames = np.frombuffer(block, dtype=np.int16)
        self._write(wav, frames if resampler is None else resampler.resample_chunk(frames))

    def _write(self, wav: WavWriter, frames: Block) -> None:
        wav.write(frames.astype("<i2").tobytes())
        self.seconds = wav.frames / RATE
        if len(frames):
            level = float(np.abs(frames.astype(np.int32)).max()) / FULL_SCALE
            self._level = max(self._level, level)
            self.peak = max(self.peak, level)


def _reason(error: sounddevice.PortAudioError) -> str:
    """PortAudio's own words, without its numbers."""
    return str(error).split(" [")[0].removeprefix("Error opening RawInputStream: ")
