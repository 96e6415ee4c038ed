"""The window is painted before most of the program is there, and nothing in it moves when the rest comes."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from pmvoice import app as pmvoice_app
from pmvoice.gui import icons, theme
from pmvoice.gui.theme import DARK, LIGHT, Colours
from pmvoice.paths import Paths, resource
from pmvoice.settings import Settings, save_settings
from pmvoice.start import AfterPaint, open_front

# What the first page does without.
AFTER_THE_PAINT = (
    "numpy", "qtawesome", "qtpy", "sounddevice", "soxr", "pmvoice.analysis", "pmvoice.sound_files",
    "pmvoice.recorder", "pmvoice.app",
)  # fmt: skip
# What belongs to the children, or to the commands in the terminal.
NEVER = (
    "faster_whisper", "ctranslate2", "onnxruntime", "tokenizers", "av", "huggingface_hub", "pyttsx3",
    "pyqtgraph", "pmvoice.transcription.engine", "pmvoice.terminal",
)  # fmt: skip

FRONT = """
import sys
from pathlib import Path
from pmvoice import __main__
from pmvoice.gui import theme
from pmvoice.paths import Paths
from pmvoice.start import open_front
application = theme.dressed_application("pmvoice")
paths = Paths.below(Path(sys.argv[1]))
front = open_front(paths)
front.window.grab()
"""
ALL = f"""{FRONT}
from pmvoice import app
complete = app.complete(front, paths)
for page in (front.window.home, front.window.interview, front.window.review, front.window.answers):
    page.grab()
complete.shut_down()
"""
TELL = "\nprint(*(name for name in sys.argv[2:] if name in sys.modules))"


def imported(program: str, folder: Path, names: tuple[str, ...]) -> list[str]:
    """Which of the modules a new process has imported when it has run the program."""
    command = [sys.executable, "-c", program + TELL, str(folder), *names]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def test_the_first_page_is_painted_without_the_rest_of_the_program(tmp_path: Path) -> None:
    assert imported(FRONT, tmp_path, AFTER_THE_PAINT + NEVER) == []


def test_the_window_never_imports_what_belongs_to_the_children(tmp_path: Path) -> None:
    assert imported(ALL, tmp_path, NEVER) == []


@pytest.mark.parametrize("settings", [Settings(), Settings(microphone="One that is not plugged in")])
def test_nothing_moves_when_the_rest_comes(
    qtbot: QtBot, qapp: QApplication, paths: Paths, settings: Settings
) -> None:
    save_settings(paths.settings, settings)
    theme.dress(qapp)
    front = open_front(paths)
    first: list[QImage] = []
    AfterPaint(front.window, lambda: first.append(front.window.grab().toImage()))
    front.window.show()
    qtbot.waitUntil(lambda: bool(first))
    app = pmvoice_app.complete(front, paths)
    front.home.show_microphones(["A microphone with a name that is longer than there is room for " * 2])
    qapp.processEvents()
    assert front.window.grab().toImage() == first[0]
    front.window.close()
    app.shut_down()


def test_the_microphones_are_offered_beside_the_chosen_one(qtbot: QtBot, paths: Paths) -> None:
    save_settings(paths.settings, Settings(microphone="Desk"))
    front = open_front(paths)
    qtbot.addWidget(front.window)
    (box,) = front.home.findChildren(QComboBox)
    assert box.currentText() == "Desk"  # before anything is known of the microphones
    front.home.show_microphones(["Headset", "Desk"])
    assert [box.itemText(place) for place in range(box.count())] == ["System default", "Headset", "Desk"]
    assert box.currentText() == "Desk"
    front.history.close()


@pytest.mark.parametrize(("scheme", "c"), [("light", LIGHT), ("dark", DARK)])
def test_our_own_icons_have_the_colours_of_the_theme(scheme: str, c: Colours) -> None:
    colours = {
        name: re.findall("#[0-9A-F]{6}", resource(f"assets/icon-{name}-{scheme}.svg").read_text())
        for name in icons.OWN
    }
    assert colours == {"start": [c.on_accent], "look-again": [c.accent]}


@pytest.mark.parametrize(("own", "name"), [("start", "mdi6.play"), ("look-again", "mdi6.refresh")])
def test_our_own_icons_look_like_those_beside_them(qapp: QApplication, own: str, name: str) -> None:
    ours, theirs = shape_of(own), shape_of(name)
    assert (ours ^ theirs).sum() < 0.1 * theirs.sum()


def shape_of(name: str) -> NDArray[np.bool_]:
    """Which pixels of an icon are drawn on."""
    drawn = icons.icon(name, "black", "black").pixmap(200, 200).toImage()
    return np.frombuffer(drawn.convertToFormat(QImage.Format.Format_Alpha8).constBits(), np.uint8) > 127
