"""What the person sees of their words while they speak."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from pmvoice.app import App
from pmvoice.gui import theme
from pmvoice.gui.widgets.captions import Captions
from pmvoice.interview import Stage
from pmvoice.paths import Paths
from pmvoice.settings import Mode, load_settings
from tests.fakes import Block, FakePlayer
from tests.gui.conftest import Microphone
from tests.gui.test_flow import LONG, press, record, start_round


@pytest.fixture
def spoken(microphone: Microphone, sample_sound: Block) -> None:
    """The microphone hears the sample answer, five times as fast as it was spoken."""
    microphone.sound = sample_sound
    microphone.options = {"pace_seconds": 0.01}


def shown_colours(captions: Captions) -> dict[str, str]:
    """Each stretch of the captions with its colour."""
    cursor = QTextCursor(captions.document())
    stretches: dict[str, str] = {}
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        colour = cursor.charFormat().foreground().color().name().upper()
        stretches[colour] = stretches.get(colour, "") + captions.toPlainText()[cursor.position() - 1]
    return {colour: text.strip() for colour, text in stretches.items()}


@pytest.mark.usefixtures("spoken")
def test_words_fillers_and_pace_come_while_the_person_speaks(
    qtbot: QtBot, app: App, player: FakePlayer
) -> None:
    page = app.window.interview
    start_round(qtbot, app, player)
    assert page.captions.toPlainText() == ""
    record(qtbot, app)
    qtbot.waitUntil(lambda: "document assistant" in page.captions.toPlainText().casefold(), timeout=LONG)
    qtbot.waitUntil(lambda: "words a minute" in page.figures.text(), timeout=LONG)
    assert app.rehearsal.stage is Stage.RECORDING
    assert "filler" in page.figures.text()
    press(qtbot, app, Qt.Key.Key_Space)
    review = app.window.review
    qtbot.waitUntil(lambda: review.said.marker.feedback is not None, timeout=LONG)
    assert "document assistant" in review.transcript.toPlainText()
    press(qtbot, app, "a")  # again: nothing of the first take stands there
    assert page.captions.toPlainText() == ""
    assert page.figures.text() == ""


def test_what_is_not_final_is_plainly_apart(qtbot: QtBot, app: App) -> None:
    captions = app.window.interview.captions
    captions.show_said("I asked the customers", "and then we")
    c = theme.colours()
    assert shown_colours(captions) == {c.text: "I asked the customers", c.muted: "and then we …"}
    assert captions.document().isUndoRedoEnabled() is False


def test_only_the_last_lines_are_kept_in_sight(qtbot: QtBot, app: App) -> None:
    captions = app.window.interview.captions
    captions.show_said("word " * 500, "the end")
    assert len(captions.toPlainText()) < 500
    assert captions.toPlainText().endswith("the end …")
    bar = captions.verticalScrollBar()
    assert bar.value() == bar.maximum()


def test_what_was_said_is_never_read_as_markup(qtbot: QtBot, app: App) -> None:
    captions = app.window.interview.captions
    captions.show_said("<b>bold</b> &amp;", "<i>perhaps</i>")
    assert captions.toPlainText() == "<b>bold</b> &amp; <i>perhaps</i> …"


def test_captions_are_shown_in_practice_and_hidden_in_live(
    qtbot: QtBot, app: App, player: FakePlayer, paths_with_model: Paths
) -> None:
    captions = app.window.interview.captions
    start_round(qtbot, app, player)
    assert captions.isVisible()
    press(qtbot, app, Qt.Key.Key_Escape)
    app.window.home.mode_chips[Mode.LIVE].click()
    start_round(qtbot, app, player)
    assert not captions.isVisible()
    press(qtbot, app, "c")
    assert captions.isVisible()
    assert app.window.interview.captions_button.text() == "Hide captions"
    settings, _ = load_settings(paths_with_model.settings)
    assert settings.mode is Mode.LIVE
    assert settings.live_captions
    assert settings.practice_captions


def test_captions_that_are_hidden_stay_hidden(
    qtbot: QtBot, app: App, player: FakePlayer, paths_with_model: Paths
) -> None:
    page = app.window.interview
    start_round(qtbot, app, player)
    places = {each: each.geometry() for each in (page.main_button, page.captions_button)}
    press(qtbot, app, "c")
    assert not page.captions.isVisible()
    assert page.captions_button.text() == "Show captions"
    assert page.main_button.geometry() == places[page.main_button]  # nothing jumps
    press(qtbot, app, Qt.Key.Key_Escape)
    start_round(qtbot, app, player)
    assert not page.captions.isVisible()
    assert not load_settings(paths_with_model.settings)[0].practice_captions


@pytest.mark.usefixtures("spoken")
def test_the_review_can_be_used_while_the_last_words_are_done(
    qtbot: QtBot, app: App, player: FakePlayer
) -> None:
    start_round(qtbot, app, player)
    record(qtbot, app)
    qtbot.waitUntil(lambda: "words a minute" in app.window.interview.figures.text(), timeout=LONG)
    press(qtbot, app, Qt.Key.Key_Space)
    review = app.window.review
    qtbot.waitUntil(lambda: app.window.page is review)
    assert review.said.marker.feedback is None  # not yet, and yet:
    assert "document assistant" in review.said.work.so_far.toPlainText()
    assert review.model_answer.toPlainText()
    press(qtbot, app, Qt.Key.Key_Space)
    assert player.played[-1][0].name.endswith(".wav")
    qtbot.waitUntil(lambda: review.said.marker.feedback is not None, timeout=LONG)
