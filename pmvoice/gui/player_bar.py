"""Play, the waveform and the time: hearing a recording again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pmvoice.analysis.fillers import Filler
from pmvoice.errors import UserError
from pmvoice.gui import theme
from pmvoice.gui.parts import IconKeeper, button, label, row
from pmvoice.gui.sound import Sound
from pmvoice.gui.widgets.waveform import COLUMNS, Waveform
from pmvoice.phrasing import clock
from pmvoice.sound_files import wav_outline

POLL_MILLISECONDS = 40


class PlayerBar(QWidget):
    """Plays one recording, from where it stopped last or from where it is sent."""

    moved = Signal(float)  # seconds; -1 where nothing sounds
    failed = Signal(str)

    def __init__(self, sound: Sound) -> None:
        super().__init__()
        self._sound = sound
        self._path: Path | None = None
        self._seconds = 0.0
        self._position = 0.0
        self._until: float | None = None  # where a stretch that is played ends
        self._is_mine = False  # the sound that is playing is this recording
        self.play_button = button("", "Play or pause the recording (Space)", self.play_or_pause)
        self._icon = IconKeeper(self.play_button, "mdi6.play")
        self._waveform = Waveform()
        self._waveform.sought.connect(self.play_from)
        self._time = label("0:00 / 0:00", theme.SMALL_TEXT, kind="muted")
        self._time.setMinimumWidth(86)
        line = row(self, spacing=theme.MEDIUM)
        line.addWidget(self.play_button)
        line.addWidget(self._waveform, 1)
        line.addWidget(self._time)
        self._poll = QTimer(self, interval=POLL_MILLISECONDS)
        self._poll.timeout.connect(self._on_poll)
        sound.ended.connect(self._on_ended)

    def show_recording(self, path: Path) -> None:
        """Make a recording ready to be played; says so where it cannot be read."""
        self.stop()
        self._path, self._seconds = None, 0.0
        try:
            peaks, seconds = wav_outline(path, COLUMNS)
            self._path, self._seconds = path, seconds
        except UserError as error:
            peaks = np.zeros(COLUMNS, dtype=np.float32)
            self.failed.emit(str(error))
        self._waveform.show_recording(peaks, self._seconds)
        self.play_button.setEnabled(self._path is not None)
        self._move(0.0)

    def show_fillers(self, fillers: tuple[Filler, ...]) -> None:
        self._waveform.show_fillers(fillers)

    @property
    def position_seconds(self) -> float:
        """Where it is played, or stopped last."""
        return self._position

    @property
    def is_playing(self) -> bool:
        return self._is_mine

    def play_or_pause(self) -> None:
        if self._is_mine:
            self.stop()
        else:
            self.play_from(0.0 if self._position >= self._seconds - 0.1 else self._position)

    def play_from(self, seconds: float) -> None:
        self.play(seconds)

    def play(self, seconds: float, until: float | None = None) -> None:
        """Play from a place; with ``until``, stop there, or at the end of the recording."""
        if self._path is None:
            return
        seconds = min(seconds, self._seconds)
        until = None if until is None else min(until, self._seconds)
        self._sound.play(self._path, seconds, until)
        self._until = until
        self._is_mine = True
        self._icon.set_name("mdi6.pause")
        self._move(seconds)
        self._poll.start()

    def stop(self) -> None:
        """Pause where it is."""
        if self._is_mine:
            self._sound.stop()
            self._rest()

    def _rest(self) -> None:
        self._is_mine = False
        self._poll.stop()
        self._icon.set_name("mdi6.play")
        self.moved.emit(-1.0)

    def _on_poll(self) -> None:
        self._move(min(self._sound.position_seconds, self._seconds))
        self.moved.emit(self._position)

    def _on_ended(self, problem: str) -> None:
        if self._is_mine:
            self._rest()
            if problem:
                self.failed.emit(problem)
            else:
                self._move(0.0 if self._until is None else self._until)

    def _move(self, seconds: float) -> None:
        self._position = seconds
        self._waveform.set_position(seconds)
        self._time.setText(f"{clock(seconds)} / {clock(self._seconds)}")
