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
from pmvoice.sound_devices import find_microphone, sounddevice, using_devices
from pmvoice.sound_files import FULL_SCALE, RATE, WavWriter

BLOCK_SECONDS = 0.05
FIRST_FRAMES_SECONDS = 5.0  # how long a device may take to give its first block
STALL_SECONDS = 2.0  # no block for so long while recording: the device is gone
SYNC_SECONDS = 1.0
CLOSE_SECONDS = 1.0  # how long a device may take to close before nobody waits for it
SILENCE_PEAK = 0.002  # below this, nothing but a muted or missing microphone
SILENCE_SECONDS = 3.0
SHORTEST_TAKE_SECONDS = 0.3  # a take shorter than this is a slip of the finger

SILENT_MICROPHONE = (
    "Nothing is coming from the microphone. Check that it is not muted, or choose another on the home page."
)
NO_MICROPHONE_HINT = "Plug one in, or choose another on the home page."
LOST_FRAMES = "The machine was too busy for a moment and lost some sound, so the times may be a little short."
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
    what is in the file; ``peak`` the highest level ever, 0 .. 1. A recorder that heard nothing, or whose
    take was discarded, leaves no file.
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
        self._ended = threading.Event()
        self._discarded = False
        self._has_gap = False  # PortAudio told of lost frames
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        """Ask for the microphone; returns at once. ``capture`` says when frames arrive."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the recording to end; returns at once. ``capture`` says when the file is closed."""
        self._stop.set()

    def discard(self) -> None:
        """Ask the recording to end and leave no file, whenever the device lets it; returns at once."""
        self._discarded = True
        self._stop.set()

    def wait(self, timeout_seconds: float | None = None) -> bool:
        """Wait until the file is closed; whether it is. The device may take a moment longer."""
        ended = self._ended.wait(timeout_seconds)
        if ended:
            self._thread.join(CLOSE_SECONDS)
        return ended

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
        if status:
            self._has_gap = True
        self._blocks.put(bytes(data))

    # The writer's thread

    def _run(self) -> None:
        try:
            device = self._find()
        except UserError as error:
            self.problem = str(error)
            self._end()
            return
        with using_devices():
            stream = self._take(device)
            self._end()  # the file is done and told of before the device is closed,
            if stream is not None:
                self._close(stream)  # which can hang with the sound server

    def _find(self) -> int | None:
        return find_microphone(self._microphone)

    def _take(self, device: int | None) -> Any:
        """Record until it is asked to end, or cannot go on; the stream, if one was opened."""
        stream = None
        try:
            stream, rate = self._open(device)
            with WavWriter(self.path) as wav:
                stream.start()
                self._drain(wav, rate)
        except UserError as error:
            self.problem = str(error)
        except sounddevice.PortAudioError as error:
            _log.warning("the microphone failed: %s", error)
            self.problem = f"The microphone cannot be used ({_reason(error)}). {NO_MICROPHONE_HINT}"
        except OSError as error:
            _log.warning("the recording cannot be written: %s", error)
            self.problem = f"The recording cannot be written ({error.strerror}). What was saved is kept."
        except Exception as error:  # whatever else ends this thread, the person is told that it ended
            _log.exception("the recording failed")
            self.problem = f"The recording failed ({error}). What was saved is kept."
        return stream

    def _end(self) -> None:
        if self._discarded or not self.seconds:
            self.path.unlink(missing_ok=True)
        if self._has_gap and self.problem is None:
            self.problem = LOST_FRAMES
        self.capture = Capture.ENDED
        self._ended.set()

    def _close(self, stream: Any) -> None:
        try:
            stream.close()
        except sounddevice.PortAudioError as error:
            _log.warning("the microphone could not be closed: %s", error)

    def _open(self, device: int | None) -> tuple[Any, int]:
        """The opened stream and its rate: 16 kHz, or the device's own where that is refused."""
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
