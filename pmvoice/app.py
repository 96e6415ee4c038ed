"""Builds the parts behind the window's first page, wires them, and shuts them down."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pmvoice.errors import UserError
from pmvoice.gui.help_dialog import HelpDialog
from pmvoice.gui.history_page import HistoryPage
from pmvoice.gui.home_page import HomePage
from pmvoice.gui.interview_page import InterviewPage
from pmvoice.gui.main_window import MainWindow
from pmvoice.gui.rehearsal import Rehearsal
from pmvoice.gui.review_page import ReviewPage
from pmvoice.gui.sound import Sound
from pmvoice.gui.transcriber import Transcriber
from pmvoice.gui.voice import Voice
from pmvoice.history import History
from pmvoice.paths import Paths
from pmvoice.playback import Player
from pmvoice.recorder import Recorder
from pmvoice.settings import Settings, save_settings
from pmvoice.sound_devices import look_again, microphones
from pmvoice.start import Front, open_front

NewRecorder = Callable[[Path, str | None], Recorder]  # a file, and the chosen microphone


@dataclass(slots=True)
class App:
    """Everything that lives as long as the window."""

    window: MainWindow
    rehearsal: Rehearsal
    transcriber: Transcriber
    voice: Voice
    sound: Sound
    history: History

    def shut_down(self) -> None:
        """Keep the take that is on, end the children, close the history; each whatever became of the last."""
        with contextlib.ExitStack() as parts:
            parts.callback(self.history.close)
            parts.callback(self.transcriber.shut_down)
            parts.callback(self.sound.shut_down)
            parts.callback(self.voice.shut_down)
            parts.callback(self.rehearsal.shut_down)


def build(paths: Paths, *, player: Player | None = None, recorder: NewRecorder = Recorder) -> App:
    """Build the whole window, without showing it. ``UserError`` where a part cannot be had.

    ``player`` and ``recorder`` stand in for the sound card where there is none.
    """
    return complete(open_front(paths), paths, player=player, recorder=recorder)


def complete(
    front: Front, paths: Paths, *, player: Player | None = None, recorder: NewRecorder = Recorder
) -> App:
    """Build what lies behind the first page, and wire all of it; what is seen changes in no place but one.

    That place is the list of microphones, which has room.
    """
    window, home, history, bank = front.window, front.home, front.history, front.bank
    sound = Sound(player or Player())
    voice = Voice(paths.speech, sound)
    transcriber = Transcriber(history, front.settings.model, paths.models)
    rehearsal = Rehearsal(history, voice, lambda path: recorder(path, home.settings.microphone))
    interview = InterviewPage(bank, rehearsal, transcriber)
    interview.show_captions(front.settings.has_captions)
    window.complete(
        rehearsal,
        transcriber,
        interview,
        ReviewPage(bank, history, transcriber, sound),
        HistoryPage(history),
        HelpDialog(window),
    )
    interview.captions_chosen.connect(home.choose_captions)
    home.settings_changed.connect(lambda changed: interview.show_captions(changed.has_captions))
    home.settings_changed.connect(partial(_keep_settings, window, paths.settings))
    home.microphones_wanted.connect(partial(_look_again, home))
    home.show_microphones(microphones())
    return App(window, rehearsal, transcriber, voice, sound, history)


def _look_again(home: HomePage) -> None:
    look_again()
    home.show_microphones(microphones())


def _keep_settings(window: MainWindow, path: Path, settings: Settings) -> None:
    try:
        save_settings(path, settings)
    except UserError as error:
        window.show_message(str(error))
