"""Questions spoken aloud: made in a child process, ahead where possible, and played."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from pmvoice.gui.process import ChildProcess
from pmvoice.gui.sound import Sound
from pmvoice.speech import ROLE, TIME_LIMIT_SECONDS, TRIES, VOICE_FAILED, Utterance


class Voice(QObject):
    """Speaks one text at a time. Each ``speak`` that is not stopped ends in ``ended`` or ``failed``."""

    ended = Signal()
    failed = Signal(str)

    def __init__(self, cache: Path, sound: Sound, time_limit_seconds: float = TIME_LIMIT_SECONDS) -> None:
        super().__init__()
        self._cache = cache
        self._sound = sound
        self._time_limit_seconds = time_limit_seconds
        self._child = ChildProcess(ROLE, self)
        self._child.ended.connect(self._on_made)
        self._queue: list[Utterance] = []  # to be made; the first is being made
        self._tries = 0  # at the first
        self._wanted: Utterance | None = None  # to be played once it is made
        self._playing = False
        sound.ended.connect(self._on_sound_ended)

    def prepare(self, text: str) -> None:
        """Make the speech of ``text`` ahead."""
        utterance = Utterance.of(text, self._cache)
        if not utterance.is_made and utterance not in self._queue:
            self._queue.append(utterance)
            self._make_next()

    def speak(self, text: str) -> None:
        """Play the speech of ``text``, as soon as it is made."""
        self.stop()
        self._wanted = utterance = Utterance.of(text, self._cache)
        if utterance.is_made:
            self._play(utterance)
        elif self._queue[:1] != [utterance]:
            self._child.stop()  # what was being made ahead is made after it
            self._queue = [utterance, *(each for each in self._queue if each != utterance)]
            self._tries = 0
            self._make_next()

    def stop(self) -> None:
        """Fall silent at once; what is being made goes on being made."""
        self._wanted = None
        if self._playing:
            self._playing = False
            self._sound.stop()

    def shut_down(self) -> None:
        self.stop()
        self._queue.clear()
        self._child.stop()

    def _make_next(self) -> None:
        if self._queue and not self._child.is_running:
            self._tries += 1
            self._child.start(self._time_limit_seconds)
            self._child.send(msgspec.json.encode(self._queue[0]))
            self._child.close_input()

    def _on_made(self, _well: bool) -> None:
        utterance = self._queue[0]
        if utterance.is_made or self._tries >= TRIES:
            self._queue.pop(0)
            self._tries = 0
            if self._wanted == utterance:
                self._play(utterance)
        self._make_next()

    def _play(self, utterance: Utterance) -> None:
        self._wanted = None
        if utterance.is_made:
            self._playing = True
            self._sound.play(Path(utterance.path))
        else:
            self.failed.emit(VOICE_FAILED)

    def _on_sound_ended(self, problem: str) -> None:
        if self._playing:
            self._playing = False
            if problem:
                self.failed.emit(problem)
            else:
                self.ended.emit()
