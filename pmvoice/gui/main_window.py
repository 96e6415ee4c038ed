"""The window: the pages, the way between them, and one line for messages."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget, QWidget

from pmvoice.errors import UserError
from pmvoice.gui import theme
from pmvoice.gui.home_page import HomePage
from pmvoice.gui.parts import button, column, key, label, row
from pmvoice.history import History
from pmvoice.interview import choose_questions
from pmvoice.questions import Bank

if TYPE_CHECKING:  # the window is shown before these are even imported: see ``complete``
    from pmvoice.gui.help_dialog import HelpDialog
    from pmvoice.gui.history_page import HistoryPage
    from pmvoice.gui.interview_page import InterviewPage
    from pmvoice.gui.rehearsal import Rehearsal
    from pmvoice.gui.review_page import ReviewPage
    from pmvoice.gui.transcriber import Transcriber

    Page = HomePage | InterviewPage | ReviewPage | HistoryPage

SIZE = (1280, 800)
LEAST_SIZE = (1000, 640)


class MainWindow(QMainWindow):
    """Shows one page at a time. It begins with the home page; ``complete`` gives it the others."""

    help: HelpDialog
    interview: InterviewPage
    review: ReviewPage
    answers: HistoryPage
    _rehearsal: Rehearsal
    _transcriber: Transcriber

    def __init__(self, bank: Bank, history: History, home: HomePage) -> None:
        super().__init__()
        self._bank = bank
        self._history = history
        self._chance = random.Random()
        self.home = home
        self._came_from: Page = home  # where the review leads back to
        self.setWindowTitle("pmvoice")
        self.resize(*SIZE)
        self.setMinimumSize(*LEAST_SIZE)
        self.page: Page = home
        body = QWidget()
        self.setCentralWidget(body)
        inside = column(body, spacing=0)
        self._pages = QStackedWidget()
        inside.addWidget(self._build_bar())
        inside.addWidget(self._pages, 1)
        inside.addWidget(self._build_foot())
        self._pages.addWidget(home)  # at last: Qt goes through all of a page whenever what holds it moves
        self._bring(home)
        self.show_message("")

    def complete(
        self,
        rehearsal: Rehearsal,
        transcriber: Transcriber,
        interview: InterviewPage,
        review: ReviewPage,
        answers: HistoryPage,
        help_dialog: HelpDialog,
    ) -> None:
        """Give the window what lies behind its first page, before it hears of any key or click."""
        self._rehearsal, self._transcriber = rehearsal, transcriber
        self.interview, self.review, self.answers = interview, review, answers
        self.help = help_dialog
        for page in (interview, review, answers):
            self._pages.addWidget(page)
        self._connect()

    def show_page(self, page: Page) -> None:
        """Bring a page to the front, and its keys with it."""
        if self.page is self.review and page is not self.review:
            self.review.leave()
        if page is self.home:
            self.home.refresh()
        elif page is self.answers:
            self.answers.refresh()
        self._bring(page, is_history=page is self.answers)
        if page is not self.review:  # what it says of its recording stands; see _show_review
            self.show_message("")
        if page is self.answers:
            self.answers.table.setFocus()

    def _bring(self, page: Page, *, is_history: bool = False) -> None:
        self.page = page
        self._pages.setCurrentWidget(page)
        self._rehearse_button.setChecked(not is_history)
        self._history_button.setChecked(is_history)
        self._keys.setText(page.keys)
        page.setFocus()

    def show_message(self, text: str) -> None:
        """Tell the person something at the foot, in place of the page's keys; '' clears it."""
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._keys.setVisible(not text)

    def _build_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("kind", "bar")
        line = row(bar, margin=theme.SMALL)
        line.setContentsMargins(theme.LARGE, theme.SMALL, theme.LARGE, theme.SMALL)
        line.addWidget(label("pmvoice", theme.TRANSCRIPT, bold=True))
        line.addStretch(1)
        self._rehearse_button = button("Rehearse", "Rehearse (Ctrl+1)", self._on_rehearse, kind="nav")
        self._history_button = button("History", "History (Ctrl+2)", self._on_history, kind="nav")
        for each in (self._rehearse_button, self._history_button):
            each.setCheckable(True)
            line.addWidget(each)
        key(self, "Ctrl+1", self._on_rehearse)
        key(self, "Ctrl+2", self._on_history)
        key(self, "Ctrl+Q", self.close)
        key(self, "F1", self._on_help)
        key(self, "?", self._on_help)
        return bar

    def _build_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "foot")
        line = row(foot, margin=theme.SMALL)
        line.setContentsMargins(theme.LARGE, theme.TINY, theme.LARGE, theme.TINY)
        self._message = label("", theme.SMALL_TEXT, kind="muted")
        self._message.setWordWrap(True)
        self._message.setMinimumHeight(22)
        line.addWidget(self._message, 1)
        self._keys = label("", theme.SMALL_TEXT, kind="muted")
        self._keys.setMinimumHeight(22)
        line.addStretch(0)
        line.addWidget(self._keys)
        return foot

    def _connect(self) -> None:
        self.home.start_requested.connect(self._on_start)
        for page in (self.home, self.answers):
            page.attempt_requested.connect(self._on_attempt_requested)
        self.answers.attempt_deleted.connect(self._transcriber.cancel)
        self.answers.back_requested.connect(self._on_rehearse)
        rehearsal = self._rehearsal
        rehearsal.take_begun.connect(self._transcriber.follow)
        rehearsal.take_dropped.connect(self._transcriber.drop)
        rehearsal.take_kept.connect(self._transcriber.transcribe)
        rehearsal.answer_ended.connect(self._on_answer_ended)
        rehearsal.question_changed.connect(lambda: self.show_page(self.interview))
        rehearsal.round_ended.connect(lambda: self.show_page(self.home))
        rehearsal.remarked.connect(self._on_remarked)
        self.review.redo_requested.connect(self._on_redo)
        self.review.next_requested.connect(rehearsal.next)
        self.review.back_requested.connect(self._on_review_left)
        self.review.problem_occurred.connect(self.show_message)
        self.review.help_requested.connect(self._on_help)
        self.review.keys_changed.connect(self._on_keys_changed)
        self._transcriber.failed.connect(self._on_transcription_failed)

    def _on_help(self) -> None:
        """Not on the interview page, whose keys must reach the recording."""
        if self.page is not self.interview:
            self.help.show_for(self.review.model if self.page is self.review else None)

    def _on_keys_changed(self) -> None:
        if self.page is self.review:
            self._keys.setText(self.review.keys)

    def _on_transcription_failed(self, attempt_id: int, message: str) -> None:
        """The review page says so itself, in the place of the transcript."""
        if self.page is not self.review:
            self.show_message(message)

    def _on_remarked(self, text: str) -> None:
        """The interview page shows remarks itself; elsewhere they stand at the foot."""
        self.show_message("" if self.page is self.interview else text)

    def _on_start(self) -> None:
        settings = self.home.settings
        practised = self._history.practised()
        count = settings.question_count
        self._rehearsal.begin(choose_questions(self._bank, settings.area, count, practised, self._chance))

    def _on_answer_ended(self, attempt_id: int) -> None:
        interview = self._rehearsal.interview
        self._show_review(attempt_id, in_round=True, is_last=interview is None or interview.is_last)

    def _show_review(self, attempt_id: int, *, in_round: bool, is_last: bool = False) -> None:
        self.show_message("")
        self.review.show_attempt(attempt_id, in_round=in_round, is_last=is_last)  # may have something to say
        self.show_page(self.review)

    def _on_redo(self) -> None:
        self.show_page(self.interview)
        self._rehearsal.redo()

    def _on_review_left(self) -> None:
        if self._rehearsal.interview is not None:
            self._rehearsal.leave()
        else:
            self.show_page(self._came_from)

    def _on_attempt_requested(self, attempt_id: int) -> None:
        self._came_from = self.page
        try:
            self._show_review(attempt_id, in_round=False)
        except UserError as error:
            self.show_message(str(error))

    def _on_rehearse(self) -> None:
        """Home, or back into the round that is on."""
        if self._rehearsal.interview is None:
            self.show_page(self.home)
        else:
            self._rehearse_button.setChecked(True)
            self._history_button.setChecked(False)

    def _on_history(self) -> None:
        """The history; a round that is on has to be left first, and the person is told so."""
        if self._rehearsal.interview is None:
            self.show_page(self.answers)
        else:
            self._rehearse_button.setChecked(True)
            self._history_button.setChecked(False)
            self.show_message("Leave the round first (Esc). What you said is kept.")
