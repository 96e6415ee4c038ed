"""WAV -> speakers.

The owner calls ``play``, ``stop`` and reads ``position_seconds`` from one thread. A thread of its own
opens, feeds and closes each stream, because opening a device can take a while; PortAudio's thread copies
samples and nothing else. ``on_ended`` is called from the player's thread, once for each ``play``: with
``None`` at its end or when it was stopped, or with the sentence of what went wrong.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import soxr

from pmvoice.errors import UserError
from pmvoice.sound_devices import NO_SPEAKERS, sounddevice, using_devices
from pmvoice.sound_files import Samples, read_wav

_log = logging.getLogger(__name__)

OnEnded = Callable[[str | None], None]


class _Playing:
    """One sound on its way to the speakers."""

    def __init__(
        self, path: Path, start_seconds: float, end_seconds: float | None, on_ended: OnEnded
    ) -> None:
        self.path = path
        self.start_seconds = start_seconds
        self.end_seconds = end_seconds
        self.on_ended = on_ended
        self.position_seconds = start_seconds
        self.stop = threading.Event()

    def run(self) -> None:
        problem = None
        try:
            samples, rate = read_wav(self.path)
            if self.end_seconds is not None:
                samples = samples[: int(self.end_seconds * rate)]
            with using_devices():
                self._feed(samples, rate)
        except UserError as error:
            problem = str(error)
        except (sounddevice.PortAudioError, ValueError) as error:
            _log.warning("playing failed: %s", error)
            problem = NO_SPEAKERS
        except Exception as error:  # whatever else ends this thread, the owner hears of the end
            _log.exception("playing failed")
            problem = f"The sound cannot be played ({error})."
        self.on_ended(problem)

    def _feed(self, samples: Samples, rate: int) -> None:
        try:
            self._feed_at(samples, rate)
        except sounddevice.PortAudioError:
            own_rate = int(sounddevice.query_devices(kind="output")["default_samplerate"])
            if own_rate == rate:
                raise
            self._feed_at(soxr.resample(samples, rate, own_rate), own_rate)

    def _feed_at(self, samples: Samples, rate: int) -> None:
        place = min(int(self.start_seconds * rate), len(samples))
        played = threading.Event()

        def fill(out: Any, frames: int, when: Any, status: Any) -> None:
            nonlocal place
            piece = samples[place : place + frames]
            out[: len(piece), 0] = piece
            out[len(piece) :] = 0
            place += len(piece)
            self.position_seconds = place / rate
            if not len(piece):
                raise sounddevice.CallbackStop

        with sounddevice.OutputStream(
            samplerate=rate, channels=1, dtype="float32", callback=fill, finished_callback=played.set
        ) as stream:
            while not played.is_set():
                if self.stop.wait(0.02):
                    stream.abort()  # at once, without playing what is queued
                    return


class Player:
    """Plays one sound at a time; a new one replaces what is playing."""

    def __init__(self) -> None:
        self._now: _Playing | None = None
        self._thread: threading.Thread | None = None

    def play(
        self, path: Path, on_ended: OnEnded, start_seconds: float = 0.0, end_seconds: float | None = None
    ) -> None:
        """Play ``path`` from ``start_seconds``, up to ``end_seconds`` or its end; returns at once."""
        self.stop()
        now = self._now = _Playing(path, start_seconds, end_seconds, on_ended)
        self._thread = threading.Thread(target=now.run, name="player", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Fall silent within a few hundredths of a second; returns at once."""
        if self._now is not None:
            self._now.stop.set()

    def wait(self, timeout_seconds: float | None = None) -> None:
        """Wait until nothing is playing."""
        if self._thread is not None:
            self._thread.join(timeout_seconds)

    @property
    def position_seconds(self) -> float:
        """How far the sound has been handed to the speakers."""
        return self._now.position_seconds if self._now is not None else 0.0
