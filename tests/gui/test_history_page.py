"""The history page: many answers by session, reached by keyboard, and found by a phrase."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pmvoice.analysis.feedback import analyse
from pmvoice.gui import theme
from pmvoice.gui.attempt_table import BLOCK_ROWS, COLUMNS, QUESTION_COLUMN
from pmvoice.gui.history_page import HistoryPage
from pmvoice.history import History
from pmvoice.paths import Paths
from pmvoice.phrasing import day_and_time
from pmvoice.questions import Bank
from tests.fakes import transcript_of

SESSIONS = 90  # of three answers: more rows than are read at once, and more than the page shows


@pytest.fixture
def history(paths: Paths) -> Iterator[History]:
    history = History(paths)
    yield history
    history.close()


@pytest.fixture
def long_history(history: History, bank: Bank) -> list[int]:
    """The numbers of many answers, oldest first."""
    with history._db.together():
        sessions = [history.begin_session() for _ in range(SESSIONS)]
        return [answer(history, bank, session, 1 + n % 32) for session in sessions for n in range(3)]


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, history: History) -> HistoryPage:
    theme.dress(qapp)
    page = HistoryPage(history)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitExposed(page)
    page.table.setFocus()
    return page


def answer(history: History, bank: Bank, session: int, question: int = 1, said: str = "") -> int:
    attempt = history.add_attempt(session, bank.question(question), history.new_recording_path(), 10)
    if said:
        history.keep_feedback(attempt, analyse(transcript_of(said)))
    return attempt


def opened(qtbot: QtBot, page: HistoryPage) -> int:
    """The answer that Enter opens."""
    with qtbot.waitSignal(page.attempt_requested) as signal:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert signal.args is not None
    return int(signal.args[0])


def texts(page: HistoryPage) -> list[str]:
    return [each.text() for each in page.findChildren(QLabel) if each.isVisibleTo(page)]


def column(page: HistoryPage, place: int) -> list[str]:
    model = page.table.model()
    return [model.index(row, place).data() for row in range(model.rowCount())]


def is_shown(page: HistoryPage, index: QModelIndex) -> bool:
    return page.table.viewport().rect().contains(page.table.visualRect(index).center())


def test_the_newest_answer_is_chosen(qtbot: QtBot, long_history: list[int], page: HistoryPage) -> None:
    assert f"{3 * SESSIONS} answers in {SESSIONS} sessions" in texts(page)
    assert opened(qtbot, page) == long_history[-1]


def test_down_and_up_go_from_answer_to_answer_and_skip_the_heads(
    qtbot: QtBot, long_history: list[int], page: HistoryPage
) -> None:
    newest_first = long_history[::-1]
    for expected in newest_first[1:8]:
        qtbot.keyClick(page.table, Qt.Key.Key_Down)
        assert opened(qtbot, page) == expected
    for expected in newest_first[6::-1]:
        qtbot.keyClick(page.table, Qt.Key.Key_Up)
        assert opened(qtbot, page) == expected


def test_page_down_reaches_the_oldest_answer_and_shows_every_one_on_the_way(
    qtbot: QtBot, long_history: list[int], page: HistoryPage
) -> None:
    table = page.table
    row = -1
    while table.currentIndex().row() > row:
        row = table.currentIndex().row()
        assert is_shown(page, table.currentIndex())
        assert table.currentIndex().siblingAtColumn(2).data() == "0:10"
        qtbot.keyClick(table, Qt.Key.Key_PageDown)
    assert opened(qtbot, page) == long_history[0]


def test_end_and_home_go_to_the_oldest_and_the_newest_answer(
    qtbot: QtBot, long_history: list[int], page: HistoryPage
) -> None:
    for key, place in ((Qt.Key.Key_End, 0), (Qt.Key.Key_Home, -1)):
        qtbot.keyClick(page.table, key)
        assert opened(qtbot, page) == long_history[place]
        assert is_shown(page, page.table.currentIndex())
        assert page.table.selectionModel().isRowSelected(page.table.currentIndex().row())


def test_every_session_has_a_head_over_the_whole_row(
    history: History, bank: Bank, long_history: list[int], page: HistoryPage
) -> None:
    first_column = column(page, 0)
    assert len(first_column) == 4 * SESSIONS > BLOCK_ROWS
    began = day_and_time(history.attempt(long_history[0]).recorded_at, datetime.now(UTC))
    assert first_column[-4].endswith("3 answers")
    assert began.split(",")[0] in first_column[-4]
    questions = [bank.question(1 + n).question for n in (2, 1, 0)]
    assert column(page, QUESTION_COLUMN) == SESSIONS * [None, *questions]
    for row in range(0, 4 * SESSIONS, 4):
        assert page.table.columnSpan(row, 0) == len(COLUMNS)
        assert page.table.columnSpan(row + 1, 0) == 1


def test_a_phrase_of_what_was_said_is_found_as_it_is_typed(
    qtbot: QtBot, history: History, bank: Bank, page: HistoryPage
) -> None:
    first, second = history.begin_session(), history.begin_session()
    said = answer(history, bank, first, 1, "We don't ship on Fridays")
    answer(history, bank, first, 2, "We ship")
    asked = answer(history, bank, second, 9)
    page.refresh()
    assert "3 answers in 2 sessions" in texts(page)
    for typed, expected in (("don't ship on fri", said), ("PRIORITIZE", asked)):
        page.search.clear()
        qtbot.keyClicks(page.search, typed)
        assert "1 answer in 1 session" in texts(page)
        assert opened(qtbot, page) == expected
        assert [page.table.columnSpan(row, 0) for row in (0, 1)] == [len(COLUMNS), 1]
    qtbot.keyClicks(page.search, " xyzzy")
    assert any("No question or answer holds this phrase" in text for text in texts(page))
    page.search.clear()
    assert "3 answers in 2 sessions" in texts(page)


def test_what_the_search_looks_through_is_said(page: HistoryPage) -> None:
    assert page.search.placeholderText() == "Search questions and answers"
    assert page.search.accessibleName() == "Search questions and answers"


def test_an_answer_that_was_deleted_elsewhere_does_no_harm(
    qtbot: QtBot, history: History, long_history: list[int], page: HistoryPage
) -> None:
    for attempt in long_history[:3]:  # the oldest session, which is not shown yet
        history.delete_attempt(attempt)
    assert column(page, 0)[-4:] == [None] * 4
    qtbot.keyClick(page.table, Qt.Key.Key_End)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)  # nothing to ask about
    assert opened(qtbot, page) == long_history[0]  # the window then says that it is gone
    page.refresh()
    assert f"{3 * (SESSIONS - 1)} answers in {SESSIONS - 1} sessions" in texts(page)
