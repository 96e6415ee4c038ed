"""What stands in place of a transcript: nothing flickers, nothing jumps, and there is always a way on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QProgressBar
from pytestqt.qtbot import QtBot

from pmvoice.gui import theme
from pmvoice.gui.widgets.work_view import WorkView


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> WorkView:
    theme.dress(qapp)
    view = WorkView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def bar(view: WorkView) -> QProgressBar:
    return view.findChildren(QProgressBar)[0]


def test_work_that_is_done_at_once_shows_no_bar(qtbot: QtBot, view: WorkView) -> None:
    view.begin("So, um, the product", quietly=True)
    view.show_task("Transcribing", 0.0)
    assert view.so_far.toPlainText() == "So, um, the product"
    assert not bar(view).isVisible()
    assert not view.cancel_button.isVisible()
    assert not view.retry_button.isVisible()


def test_work_that_takes_longer_shows_how_far_it_is(qtbot: QtBot, view: WorkView) -> None:
    view.begin("So, um, the product", quietly=True)
    view.show_task("Transcribing", 0.4)
    before = view.so_far.pos()
    qtbot.waitUntil(bar(view).isVisible)
    assert bar(view).value() == 40
    assert view.so_far.pos() == before  # its words do not move
    with qtbot.waitSignal(view.cancelled):
        qtbot.mouseClick(view.cancel_button, Qt.MouseButton.LeftButton)


def test_work_that_ends_badly_says_so_and_can_be_tried_again(qtbot: QtBot, view: WorkView) -> None:
    view.begin("", quietly=True)
    view.show_task("Transcribing", 0.4)
    view.show_task("Not transcribed.", None)
    assert not bar(view).isVisible()
    assert not view.is_working
    with qtbot.waitSignal(view.retried):
        qtbot.mouseClick(view.retry_button, Qt.MouseButton.LeftButton)


def test_words_are_never_read_as_markup(view: WorkView) -> None:
    view.begin("<b>bold</b>", quietly=False)
    assert view.so_far.toPlainText() == "<b>bold</b>"
