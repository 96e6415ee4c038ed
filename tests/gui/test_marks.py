"""The marks in the transcript: told apart, heard, rejected, added and undone, by key and by click."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from pmvoice.accuracy import load_accuracy
from pmvoice.analysis.feedback import analyse
from pmvoice.analysis.fillers import FillerKind
from pmvoice.analysis.marking import marked
from pmvoice.app import App
from pmvoice.errors import UserError
from pmvoice.gui import marker as marker_module
from pmvoice.gui import marks, said_pane
from pmvoice.gui.review_page import ReviewPage
from pmvoice.gui.transcriber import GAVE_UP
from pmvoice.questions import Bank
from pmvoice.sound_files import WavWriter
from tests.fakes import FakePlayer, tone, transcript_of
from tests.gui.test_flow import press, texts

TEXT = "So, um, we had the, you know, best launch ever"  # 0.4 s a word; 'we' is marked as a repetition
SECONDS = 4.0
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass
class Opened:
    """An answer with all three kinds of marks, open in the review."""

    attempt: int
    app: App
    qtbot: QtBot
    player: FakePlayer

    @property
    def review(self) -> ReviewPage:
        return self.app.window.review

    @property
    def marks(self) -> list[str]:
        feedback = self.app.history.feedback(self.attempt)
        assert feedback is not None
        shown = self.review.said.marker.feedback
        assert shown == feedback  # what is shown is what is kept
        assert self.review.figures["Fillers"].text() == str(len(feedback.fillers))
        assert self.app.history.attempt(self.attempt).filler_count == len(feedback.fillers)
        assert list(self.review.player._waveform._fillers) == list(feedback.fillers)
        return [filler.text for filler in feedback.fillers]

    @property
    def status(self) -> str:
        return self.review.said.status.text()

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            press(self.qtbot, self.app, key)

    def press_with_ctrl(self, key: Qt.Key, more: Qt.KeyboardModifier = CTRL) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.review, key, CTRL | more)

    def point(self, word: str) -> QPoint:
        transcript = self.review.said.marker.feedback
        assert transcript is not None
        place = [each.text.strip(",") for each in transcript.transcript.words].index(word)
        return self.review.transcript.word_rects(place, place)[0].center().toPoint()

    def click(self, word: str) -> None:
        self.qtbot.mouseClick(
            self.review.transcript.viewport(), Qt.MouseButton.LeftButton, pos=self.point(word)
        )

    def menu(self, word: str) -> QMenu:
        """The menu that the right button opens on a word."""
        view, point = self.review.transcript, self.point(word)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, view.viewport().mapToGlobal(point))
        QApplication.sendEvent(view.viewport(), event)
        menu = self.review.said._menu
        assert menu.isVisible()
        return menu

    def choose(self, word: str, text: str) -> None:
        menu = self.menu(word)
        (action,) = [each for each in menu.actions() if each.text().split("\t")[0] == text]
        action.trigger()
        menu.hide()


@pytest.fixture
def opened(qtbot: QtBot, app: App, player: FakePlayer, bank: Bank) -> Opened:
    recording = app.history.new_recording_path()
    with WavWriter(recording) as wav:
        wav.write(tone(SECONDS).tobytes())
    attempt = app.history.add_attempt(app.history.begin_session(), bank.question(1), recording, SECONDS)
    found = analyse(transcript_of(TEXT))
    app.history.keep_feedback(attempt, found)
    feedback = analyse(found.recognised, marked(found, FillerKind.REPETITION, 2, 2))
    app.history.keep_corrections(attempt, feedback)
    app.window.show_page(app.window.answers)
    press(qtbot, app, Qt.Key.Key_Return)
    assert app.window.page is app.window.review
    return Opened(attempt, app, qtbot, player)


def test_the_kinds_are_counted_and_named(opened: Opened) -> None:
    assert opened.marks == ["um", "we", "you know"]
    assert opened.review.said.legend.text == "1 um/uh, 1 phrase, 1 repetition"
    assert "Fillers (1 um/uh, 1 phrase, 1 repetition)" in texts(opened.review)
    assert opened.status == said_pane.HINT


def test_a_mark_is_reached_heard_and_told_by_keyboard(opened: Opened) -> None:
    opened.press(".")
    assert opened.status == "“um”  Filled pause · 0:00.4 · 0.4 s long"
    assert opened.review.transcript.accessibleDescription() == "Filled pause · 0:00.4 · 0.4 s long"
    opened.press(Qt.Key.Key_Return)
    assert opened.player.played[-1][1] == 0.0  # a second before it would be before the beginning
    assert opened.player.until[-1] == pytest.approx(1.8)
    opened.press(".")
    assert opened.status == "“we”  Repetition · 0:00.8 · 0.4 s long · marked by you"
    opened.press(".", "p")
    assert opened.status.startswith("“you know”  Filler phrase")
    assert (opened.player.played[-1][1], opened.player.until[-1]) == pytest.approx((1.0, 3.8))
    opened.press(".")  # round the end
    assert opened.status.startswith("“um”")
    opened.press(",")
    assert opened.status.startswith("“you know”")


def test_the_keys_at_the_foot_follow_the_mark(opened: Opened) -> None:
    assert any("Space  play or pause" in text for text in texts(opened.app.window))
    opened.press(".")
    assert any("X  not a filler" in text for text in texts(opened.app.window))
    opened.press("x")
    assert any("X  restore the mark" in text for text in texts(opened.app.window))
    opened.press(Qt.Key.Key_Escape)  # out of the marks
    assert opened.app.window.page is opened.review
    assert opened.review.transcript.chosen is None
    assert any("Space  play or pause" in text for text in texts(opened.app.window))
    opened.press(Qt.Key.Key_Escape)
    assert opened.app.window.page is opened.app.window.answers


def test_the_arrow_keys_choose_the_mark_under_the_caret(opened: Opened) -> None:
    opened.press(".")
    for _ in range(len("um, ")):
        opened.press(Qt.Key.Key_Right)
    assert opened.status.startswith("“we”")
    opened.press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert opened.status == said_pane.HINT


@pytest.mark.parametrize("key", ["x", Qt.Key.Key_Delete])
def test_a_mark_is_rejected_and_restored(opened: Opened, key: Qt.Key | str) -> None:
    pace = opened.review.figures["Words a minute"].text()
    opened.press(".", key)
    assert opened.marks == ["we", "you know"]
    assert opened.status == marker_module.REJECTED
    assert opened.review.said.legend.text.endswith("1 rejected")
    assert int(opened.review.figures["Words a minute"].text()) > int(pace)
    assert opened.review.transcript.chosen is not None  # it can be restored at once
    assert opened.review.transcript.accessibleDescription().startswith("You said this is no filler")
    opened.press(key)
    assert opened.marks == ["um", "we", "you know"]
    assert opened.review.figures["Words a minute"].text() == pace


def test_a_rejected_mark_is_found_again(opened: Opened) -> None:
    opened.press(".", "x", Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_Return)
    assert opened.marks == ["we", "you know"]
    opened.press(".")
    assert opened.status.startswith("“um”  You said this is no filler · Filled pause")
    opened.choose("um", "Restore the mark")
    assert opened.marks == ["um", "we", "you know"]


def test_changes_are_undone_and_done_again(opened: Opened) -> None:
    opened.press(".", "x", ".", "x", ".", "x")
    assert opened.marks == []
    for expected in (["you know"], ["we", "you know"], ["um", "we", "you know"]):
        opened.press_with_ctrl(Qt.Key.Key_Z)
        assert opened.marks == expected
    opened.press_with_ctrl(Qt.Key.Key_Z)
    assert opened.status == "There is nothing to undo."
    opened.press_with_ctrl(Qt.Key.Key_Z, SHIFT)
    assert opened.marks == ["we", "you know"]
    opened.choose("So", "Mark as filler phrase")
    opened.press_with_ctrl(Qt.Key.Key_Z, SHIFT)
    assert opened.status == "There is nothing to do again."
    assert opened.marks == ["so", "we", "you know"]


def test_keys_of_marks_ask_for_a_mark_where_none_is_chosen(opened: Opened) -> None:
    for key in ("x", "p", Qt.Key.Key_Delete):
        opened.press(key)
        assert opened.status == said_pane.CHOOSE_FIRST
    assert opened.marks == ["um", "we", "you know"]
    assert opened.player.played == []


def test_a_click_on_a_mark_plays_it_and_one_on_a_word_plays_on(opened: Opened) -> None:
    opened.click("know")
    assert (opened.player.played[-1][1], opened.player.until[-1]) == pytest.approx((1.0, 3.8))
    assert opened.status.startswith("“you know”")
    opened.player.end()
    opened.qtbot.waitUntil(lambda: not opened.review.player.is_playing)
    assert opened.review.player.position_seconds == pytest.approx(3.8)  # where it stopped
    opened.click("launch")
    assert opened.player.played[-1][1] == pytest.approx(2.9)
    assert opened.player.until[-1] is None
    assert opened.review.transcript.chosen is None
    count = len(opened.player.played)
    view = opened.review.transcript.viewport()
    opened.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, view.height() - 3))
    opened.qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=opened.point("launch"))
    assert len(opened.player.played) == count  # nothing is said in an empty place, nor by the right button


def test_pointing_at_a_mark_says_when_and_how_long(opened: Opened) -> None:
    view = opened.review.transcript
    opened.qtbot.mouseMove(view.viewport(), opened.point("um"))
    opened.qtbot.waitUntil(lambda: QToolTip.text() == "Filled pause · 0:00.4 · 0.4 s long")
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    opened.qtbot.mouseMove(view.viewport(), opened.point("launch"))
    assert view.viewport().cursor().shape() is Qt.CursorShape.IBeamCursor


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mark as um or uh", FillerKind.FILLED_PAUSE),
        ("Mark as filler phrase", FillerKind.FILLER_PHRASE),
        ("Mark as repetition", FillerKind.REPETITION),
    ],
)
def test_a_word_is_marked_from_its_menu(opened: Opened, text: str, kind: FillerKind) -> None:
    opened.choose("So", text)
    assert opened.marks == ["so", "um", "we", "you know"]
    chosen = opened.review.transcript.chosen
    assert chosen is not None
    assert (chosen.kind, chosen.by_person) == (kind, True)
    assert "Ctrl+Z" in opened.status


def test_several_words_are_selected_and_marked_by_keyboard(opened: Opened) -> None:
    opened.press(".", ".", ".", ".", ",")  # on 'you know'
    opened.press(*[Qt.Key.Key_Right] * len("you know, "))
    view = opened.review.transcript
    for _ in range(len("best launch")):
        opened.qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    QApplication.sendEvent(view, event)
    (action,) = [each for each in opened.review.said._menu.actions() if each.text() == "Mark as repetition"]
    action.trigger()
    opened.review.said._menu.hide()
    assert opened.marks == ["um", "we", "you know", "best launch"]


def test_a_mark_can_be_made_one_of_another_kind(opened: Opened) -> None:
    opened.choose("know", "Mark as repetition")
    assert opened.review.said.legend.text == "1 um/uh, 0 phrases, 2 repetitions"
    assert "Mark as repetition" not in [each.text() for each in opened.menu("know").actions()]
    opened.review.said._menu.hide()


def test_an_um_that_was_not_written_down_is_added_after_a_word(opened: Opened) -> None:
    opened.choose("had", "Add an um after this")
    assert "we had um the, you know" in opened.review.transcript.toPlainText()
    assert opened.marks == ["um", "we", "um", "you know"]
    opened.press("x")  # it is chosen
    assert opened.marks == ["um", "we", "you know"]
    assert "we had the, you know" in opened.review.transcript.toPlainText()
    assert opened.review.said.legend.text.endswith("repetition")  # it is gone, not rejected


def test_an_um_is_added_where_the_recording_stands(opened: Opened) -> None:
    opened.click("launch")  # plays from 2.9
    opened.press("u")  # a little after the sound of it
    added = opened.review.transcript.chosen
    assert added is not None
    assert added.start_seconds < 2.6 < added.end_seconds
    assert opened.marks == ["um", "we", "you know", "um"]
    opened.press("u")
    assert opened.status == marker_module.NOTHING_NEW


def test_a_mark_near_the_end_is_played_to_the_end_of_the_recording(opened: Opened) -> None:
    opened.choose("launch", "Mark as filler phrase")
    opened.press("p")
    assert opened.player.until[-1] == pytest.approx(SECONDS)
    opened.player.end()
    opened.qtbot.waitUntil(lambda: not opened.review.player.is_playing)
    assert opened.review.player.position_seconds == pytest.approx(SECONDS)
    assert "0:04 / 0:04" in texts(opened.review)
    opened.press("u")
    added = opened.review.transcript.chosen
    assert added is not None
    assert added.start_seconds < added.end_seconds <= SECONDS


def keys_told(menu: QMenu) -> list[str]:
    """The keys of the menu that work on a mark."""
    told = [action.text().partition("\t")[2] for action in menu.actions()]
    menu.hide()
    return [each for each in told if each and not each.startswith("Ctrl")]


def test_the_menu_tells_the_keys_only_where_they_do_the_same(opened: Opened) -> None:
    assert keys_told(opened.menu("um")) == []  # no mark is chosen yet
    opened.press(".")
    assert keys_told(opened.menu("um")) == ["P", "X"]
    assert keys_told(opened.menu("we")) == []  # the keys work on 'um'
    assert keys_told(opened.menu("launch")) == []
    opened.press(".", ".")
    assert keys_told(opened.menu("know")) == ["P", "X"]


def test_the_menu_of_several_words_tells_no_keys(opened: Opened) -> None:
    opened.press(".")
    view = opened.review.transcript
    opened.press(Qt.Key.Key_Home)
    for _ in range(len("So, ")):
        opened.press(Qt.Key.Key_Right)
    for _ in range(len("um, we")):
        opened.qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.selected_words() == (1, 2)
    view.choose(view.mark_on(1))  # the first of them is ringed
    view.menu_requested.emit(1, 2, QPoint())
    assert keys_told(opened.review.said._menu) == []


def test_a_full_disk_is_said_and_nothing_changes(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise UserError("The history cannot be written or read (disk is full).")

    monkeypatch.setattr(opened.app.history, "keep_corrections", full)
    opened.press(".", "x")
    assert "disk is full" in opened.status
    assert opened.marks == ["um", "we", "you know"]
    monkeypatch.undo()
    opened.press("x")
    assert opened.marks == ["we", "you know"]


def test_signs_of_markup_in_a_transcript_are_shown_as_they_are(qtbot: QtBot, opened: Opened) -> None:
    transcript = transcript_of("So <b>bold</b> &amp; <img src=x> done")
    opened.app.history.keep_corrections(opened.attempt, analyse(transcript))
    opened.review.show_attempt(opened.attempt, in_round=False)
    opened.choose("<b>bold</b>", "Mark as filler phrase")
    assert "<b>bold</b> &amp; <img src=x>" in opened.review.transcript.toPlainText()
    assert opened.review.said.status.textFormat() is Qt.TextFormat.PlainText
    opened.press(",", ".")
    assert opened.status.startswith("“<b>bold</b>”")
    assert "bold" not in opened.review.transcript.describe(opened.review.transcript.marks[0])


def runs(kind: FillerKind) -> list[int]:
    """The lengths of the pieces of which a kind's line is made, as it is drawn under a word."""
    image = QImage(60, 8, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    marks.draw_line(painter, kind, QPointF(0, 4), 60)
    painter.end()
    drawn = "".join("x" if image.pixelColor(x, 4).alpha() else " " for x in range(60))
    return [len(piece) for piece in drawn.split()]


def test_each_kind_has_a_line_of_its_own(opened: Opened) -> None:
    assert runs(FillerKind.FILLED_PAUSE) == [60]
    dots, dashes = runs(FillerKind.FILLER_PHRASE), runs(FillerKind.REPETITION)
    assert max(dots) < min(dashes[:-1]) < 60
    assert len(dots) > len(dashes) > 1


def test_the_help_does_not_come_between_a_key_and_the_recording(qtbot: QtBot, app: App) -> None:
    app.window.show_page(app.window.interview)
    press(qtbot, app, Qt.Key.Key_F1)
    assert not app.window.help.isVisible()


def transcribing(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the test play the transcriber: what it is asked for is only noted."""
    asked: list[int] = []
    monkeypatch.setattr(opened.app.transcriber, "transcribe", asked.append)
    return asked


def test_an_answer_is_transcribed_again_and_the_persons_word_stands(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.press(".", "x")
    asked = transcribing(opened, monkeypatch)
    opened.press("t")
    assert asked == [opened.attempt]
    assert "Transcribing on this machine …" in texts(opened.review)
    assert opened.status == said_pane.STAYS
    opened.press("x", "u", ".")  # nothing is corrected while it is under way
    opened.app.transcriber._keep(opened.attempt, transcript_of(TEXT.replace("um", "uh")))
    assert opened.marks == ["we", "you know"]
    assert opened.status == said_pane.DONE_AGAIN
    opened.press_with_ctrl(Qt.Key.Key_Z)
    assert opened.marks == ["uh", "we", "you know"]


@pytest.mark.parametrize("by", ["cancel", "failure"])
def test_a_transcription_that_comes_to_nothing_loses_nothing(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    transcribing(opened, monkeypatch)
    opened.press(".", "x")
    opened.qtbot.mouseClick(opened.review.said.again_button, Qt.MouseButton.LeftButton)
    assert not opened.review.transcript.isVisible()
    if by == "cancel":
        opened.qtbot.mouseClick(opened.review.said.work.cancel_button, Qt.MouseButton.LeftButton)
        assert opened.status == "Not transcribed again. The transcript from before is kept."
    else:
        width = opened.review.said.width()
        opened.app.transcriber.failed.emit(opened.attempt, GAVE_UP)
        assert opened.status == f"{GAVE_UP} The transcript from before is kept."
        QApplication.processEvents()  # the layout is made anew
        assert opened.review.said.width() == width  # a long message moves nothing aside
    assert opened.review.transcript.isVisible()
    assert opened.review.said.again_button.isEnabled()
    assert opened.marks == ["we", "you know"]


def ask_by_key(opened: Opened) -> None:
    opened.press(Qt.Key.Key_F1)


def ask_by_sign(opened: Opened) -> None:
    opened.press("?")


def ask_by_click(opened: Opened) -> None:
    (link,) = [
        each
        for each in opened.review.findChildren(type(opened.review.said.again_button))
        if each.accessibleName() == "How true are these numbers?"
    ]
    opened.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("ask", [ask_by_key, ask_by_sign, ask_by_click])
def test_the_help_says_how_true_the_numbers_are(opened: Opened, ask: Callable[[Opened], None]) -> None:
    ask(opened)
    sheet = opened.app.window.help
    assert sheet.isVisible()
    text = sheet.text.toPlainText()
    accuracy = load_accuracy()
    assert f"about {100 * accuracy.filled_pauses.recall:.0f} of 100 filled pauses" in text
    assert (
        f"This transcript was made with the model fake; the figures were measured with {accuracy.model}"
        in text
    )
    sheet.activateWindow()
    opened.qtbot.waitUntil(sheet.isActiveWindow)
    opened.qtbot.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert opened.app.window.page is opened.review
