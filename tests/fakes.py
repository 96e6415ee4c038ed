"""Small real classes that stand at the edge, where a test has no sound card."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pmvoice.playback import OnEnded, Player
from pmvoice.recorder import BLOCK_SECONDS, Recorder
from pmvoice.sound_devices import sounddevice
from pmvoice.sound_files import RATE, read_wav
from pmvoice.transcript import Span, Transcript, Word

Block = NDArray[np.int16]


def tone(seconds: float, peak: float = 0.3, rate: int = RATE) -> Block:
    """A tone of 440 Hz, as a microphone would give it: int16, shape (frames,)."""
    times = np.arange(int(seconds * rate)) / rate
    return (peak * 32767 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)


def transcript_of(text: str, seconds_a_word: float = 0.4) -> Transcript:
    """A transcript of words spoken evenly, without pauses."""
    words = tuple(
        Word(word, place * seconds_a_word, (place + 1) * seconds_a_word)
        for place, word in enumerate(text.split())
    )
    seconds = len(words) * seconds_a_word
    return Transcript(words, (Span(0.0, seconds),) if words else (), seconds, "fake")


class FakeStream:
    """A microphone that gives its blocks from a thread of its own, as PortAudio does.

    ``first_after`` seconds pass before the first block; ``forever`` repeats the last one.
    """

    def __init__(
        self,
        callback: Callable[..., None],
        blocks: Sequence[Block],
        *,
        pace_seconds: float = 0.001,
        first_after: float = 0.0,
        forever: bool = False,
    ) -> None:
        self._callback = callback
        self._blocks = blocks
        self._pace_seconds = pace_seconds
        self._first_after = first_after
        self._forever = forever
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.hangs_on_close = False
        self.given = threading.Event()  # all blocks were handed over

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        if self.hangs_on_close:
            threading.Event().wait()  # as with a sound server that is stuck
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        due = time.monotonic() + self._first_after
        for block in self._blocks:
            due += self._pace_seconds
            if self._is_closed_by(due):
                return
            self._callback(block.tobytes(), len(block), None, None)
        self.given.set()
        while self._forever:
            due += self._pace_seconds
            if self._is_closed_by(due):
                return
            self._callback(self._blocks[-1].tobytes(), len(self._blocks[-1]), None, None)

    def _is_closed_by(self, due: float) -> bool:
        """Wait until a block is due, on time however late the one before was; whether it is still wanted."""
        return self._closed.wait(max(due - time.monotonic(), 0.0))


class FakeMicrophoneRecorder(Recorder):
    """The real recorder on a microphone that hears ``sound`` (int16, shape (frames,), at ``rate`` Hz)."""

    def __init__(self, path: Path, sound: Block, *, rate: int = RATE, **stream: Any) -> None:
        super().__init__(path)
        self._sound = sound
        self._own_rate = rate
        self._stream_options = stream
        self.stream: FakeStream | None = None

    def _find(self) -> None:
        """The device under test is this object."""

    def _open(self, device: int | None) -> tuple[Any, int]:
        step = int(self._own_rate * BLOCK_SECONDS)
        blocks = [self._sound[at : at + step] for at in range(0, len(self._sound), step)]
        self.stream = FakeStream(self._on_block, blocks, **self._stream_options)
        return self.stream, self._own_rate


class BrokenMicrophoneRecorder(Recorder):
    """The real recorder on a device that cannot be opened."""

    def _find(self) -> None:
        """The device under test is this object."""

    def _open(self, device: int | None) -> tuple[Any, int]:
        raise sounddevice.PortAudioError(
            "Error opening RawInputStream: Device unavailable [PaErrorCode -9985]"
        )


class FakePlayer(Player):
    """A player whose sounds end when the test says so; it reads the files, so they must be real."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[tuple[Path, float]] = []
        self.until: list[float | None] = []  # where each was to end
        self.stops = 0
        self._on_ended: OnEnded | None = None

    def play(
        self, path: Path, on_ended: OnEnded, start_seconds: float = 0.0, end_seconds: float | None = None
    ) -> None:
        read_wav(path)
        self.played.append((path, start_seconds))
        self.until.append(end_seconds)
        self._on_ended = on_ended

    def stop(self) -> None:
        self.stops += 1

    def wait(self, timeout_seconds: float | None = None) -> None:
        pass

    def end(self, problem: str | None = None) -> None:
        """Let the sound that was played last end."""
        if self._on_ended is not None:
            self._on_ended(problem)
