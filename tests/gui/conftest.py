"""The whole window on fakes at its edges: a player and a microphone; all else is real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pmvoice import app as pmvoice_app
from pmvoice.app import App
from pmvoice.gui import theme
from pmvoice.paths import Paths
from pmvoice.recorder import Recorder
from pmvoice.settings import Settings, save_settings
from tests.fakes import Block, FakeMicrophoneRecorder, FakePlayer, tone


@dataclass
class Microphone:
    """What the microphone of the window under test hears, and which recorders were made for it."""

    sound: Block = field(default_factory=lambda: tone(1.0))
    recorder: type[Recorder] | None = None  # in place of the working one
    options: dict[str, Any] = field(default_factory=dict)  # of its stream
    made: list[Recorder] = field(default_factory=list)

    def __call__(self, path: Path, microphone: str | None) -> Recorder:
        if self.recorder is not None:
            made = self.recorder(path, microphone)
        else:
            made = FakeMicrophoneRecorder(path, self.sound, forever=True, **self.options)
        self.made.append(made)
        return made


@pytest.fixture
def player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture
def microphone() -> Microphone:
    return Microphone()


@pytest.fixture
def app(
    qtbot: QtBot, qapp: QApplication, paths_with_model: Paths, player: FakePlayer, microphone: Microphone
) -> Iterator[App]:
    """The window, shown, with rounds of three questions about data."""
    save_settings(paths_with_model.settings, Settings(area="data", question_count=3))
    theme.dress(qapp)
    app = pmvoice_app.build(paths_with_model, player=player, recorder=microphone)
    app.window.show()
    qtbot.waitExposed(app.window)
    yield app
    app.window.close()
    app.shut_down()
