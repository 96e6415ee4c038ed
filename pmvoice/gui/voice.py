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
        self._making: dict[str, ChildProcess] = {}  # by the path of the file
        self._wanted: str | None = None  # the path of what is to be played once it is made
        self._playing = False
        sound.ended.connect(self._on_sound_ended)

    def prepare(self, text: str) -> None:
        """Make the speech of ``text`` ahead."""
        utterance = Utterance.of(text, self._cache)
        if not utterance.is_made and utterance.path not in self._making:
            self._make(utterance, tries_left=TRIES)

    def speak(self, text: str) -> None:
        """Play the speech of ``text``, as soon as it is made."""
        self.stop()
        utterance = Utterance.of(text, self._cache)
        self._wanted = utterance.path
        if utterance.is_made:
            self._play(utterance)
        else:
            self.prepare(text)

    def stop(self) -> None:
        """Fall silent at once; what is being made goes on being made."""
        self._wanted = None
        if self._playing:
            self._playing = False
            self._sound.stop()

    def shut_down(self) -> None:
        self.stop()
        for child in self._making.values():
            child.shut_down()

    def _make(self, utterance: Utterance, tries_left: int) -> None:
        child = self._making[utterance.path] = ChildProcess(ROLE, self)
        child.ended.connect(lambda _well: self._on_made(utterance, tries_left - 1))
        child.start(self._time_limit_seconds)
        child.send(msgspec.json.encode(utterance))
        child.close_input()

    def _on_made(self, utterance: Utterance, tries_left: int) -> None:
        self._making.pop(utterance.path).deleteLater()
        if not utterance.is_made and tries_left:
            self._make(utterance, tries_left)
        elif self._wanted == utterance.path:
            if utterance.is_made:
                self._play(utterance)
            else:
                self._wanted = None
                self.failed.emit(VOICE_FAILED)

    def _play(self, utterance: Utterance) -> None:
        self._wanted = None
        self._playing = True
        self._sound.play(Path(utterance.path))

    def _on_sound_ended(self, problem: str) -> None:
        if self._playing:
            self._playing = False
            if problem:
                self.failed.emit(problem)
            else:
                self.ended.emit()
