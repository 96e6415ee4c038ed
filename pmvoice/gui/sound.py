"""The player in the window's terms: its end arrives as a signal on the main thread."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from pmvoice.playback import Player


class Sound(QObject):
    """Plays one WAV at a time; a new one, or ``stop``, silences the one before without a signal."""

    ended = Signal(str)  # what went wrong, or '' at the end of the sound
    _reported = Signal(int, str)  # from the player's thread

    def __init__(self, player: Player) -> None:
        super().__init__()
        self._player = player
        self._turn = 0
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)

    def play(self, path: Path, start_seconds: float = 0.0, end_seconds: float | None = None) -> None:
        self._turn += 1
        turn = self._turn

        def on_ended(problem: str | None) -> None:
            self._reported.emit(turn, problem or "")

        self._player.play(path, on_ended, start_seconds, end_seconds)

    def stop(self) -> None:
        self._turn += 1
        self._player.stop()

    def shut_down(self) -> None:
        self.stop()
        self._player.wait(1.0)

    @property
    def position_seconds(self) -> float:
        return self._player.position_seconds

    def _on_reported(self, turn: int, problem: str) -> None:
        if turn == self._turn:
            self.ended.emit(problem)
