"""A transcript to read: marks told by shape and colour, the word that sounds lit, a click plays.

The mark on which the caret stands is the chosen one: it is ringed, told to a screen reader, and what the
page's keys work on. The caret goes there by a click, by the arrow keys, or from mark to mark by ``step``.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import QToolTip

from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import Filler
from pmvoice.gui import marks, theme
from pmvoice.gui.widgets.word_view import WordView, text_format
from pmvoice.wording import mark_text


class TranscriptView(WordView):
    """The words with the marks on them, those that stand and those that were rejected."""

    word_clicked = Signal(float)  # seconds in the recording
    mark_clicked = Signal(object)  # the Filler
    mark_chosen = Signal(object)  # the Filler, or None
    menu_requested = Signal(int, int, QPoint)  # the words from first to last; where, on the screen

    def __init__(self) -> None:
        super().__init__()
        self._feedback: Feedback | None = None
        self._marks: list[Filler] = []
        self._mark_of: dict[int, Filler] = {}  # by word
        self._chosen: Filler | None = None
        self.setAccessibleName("What you said")
        self.setMouseTracking(True)

    @property
    def chosen(self) -> Filler | None:
        """The mark that is ringed."""
        return self._chosen

    @property
    def marks(self) -> list[Filler]:
        """The marks that stand and those that are rejected, in their order."""
        return self._marks

    def mark_on(self, place: int | None) -> Filler | None:
        """The mark on a word, if there is one."""
        return None if place is None else self._mark_of.get(place)

    def describe(self, mark: Filler) -> str:
        """A mark in words; the words it lies on are not among them, so this can be a tooltip."""
        is_rejected = self._feedback is not None and mark in self._feedback.rejected
        return mark_text(mark, is_rejected=is_rejected)

    def show_feedback(self, feedback: Feedback | None, *, is_same_answer: bool = False) -> None:
        """Show a transcript, or nothing. With ``is_same_answer`` the eye stays where it is."""
        caret, scrolled, chosen = self.caret, self.verticalScrollBar().value(), self._chosen
        self._feedback = feedback
        shown = (*feedback.fillers, *feedback.rejected) if feedback else ()
        self._marks = sorted(shown, key=lambda mark: mark.first)
        self._mark_of = {place: m for m in self._marks for place in range(m.first, m.last + 1)}
        self.show_words(feedback.transcript.words if feedback else None, self._formats)
        if is_same_answer:
            self.put_caret(caret)
            self.verticalScrollBar().setValue(scrolled)
        still = next((each for each in self._marks if is_same_answer and _same(each, chosen)), None)
        if still is not None or chosen is not None:
            self._set_chosen(still)  # also where it is the same: it may be rejected now

    def step(self, by: int) -> None:
        """Choose the next mark (1) or the one before (-1), from the caret on and round the ends."""
        if not self._marks:
            return
        if self._chosen in self._marks:
            place = self._marks.index(self._chosen) + by
        else:
            here = self.word_at_caret() or 0
            before = sum(mark.first < here for mark in self._marks)
            place = before if by > 0 else before - 1
        self._chosen = None  # so that it is told anew, also where it is the only one
        self.choose(self._marks[place % len(self._marks)])

    def choose(self, mark: Filler | None) -> None:
        """Ring a mark, bring it into sight and tell of it; none for ``None``."""
        if mark is not None:
            if self.mark_on(self.word_at_caret()) != mark:
                self.put_caret_on(mark.first)
            self.keep_in_sight(mark.first)
        if mark != self._chosen:
            self._set_chosen(mark)

    def _set_chosen(self, mark: Filler | None) -> None:
        self._chosen = mark
        text = self.describe(mark) if mark is not None else ""
        self.setAccessibleDescription(text)
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        self.viewport().update()
        self.mark_chosen.emit(mark)

    def _formats(self, place: int) -> tuple[QTextCharFormat, QTextCharFormat]:
        """The words of a standing mark are tinted (its line is drawn below them), rejected ones faint."""
        colours, mark = theme.colours(), self.mark_on(place)
        unmarked = text_format(colours.text)
        if mark is None:
            return unmarked, unmarked
        if self._feedback is not None and mark in self._feedback.rejected:
            return text_format(colours.muted), unmarked
        marked = text_format(colours.text, marks.ground(mark.kind))
        return marked, marked if place < mark.last else unmarked

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for mark in self._feedback.fillers if self._feedback else ():
            for rect in self.word_rects(mark.first, mark.last):
                marks.draw_line(painter, mark.kind, QPointF(rect.left(), rect.bottom() + 1), rect.width())
        if self._chosen is not None:
            for rect in self.word_rects(self._chosen.first, self._chosen.last):
                marks.draw_ring(painter, rect.adjusted(-3, -3, 3, 5))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        place = self.word_at(event.position().toPoint())
        mark = self.mark_on(place)
        self.choose(mark)
        if mark is not None:
            self.mark_clicked.emit(mark)
        elif place is not None and self._feedback is not None:
            self.word_clicked.emit(self._feedback.transcript.words[place].start_seconds)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        mark = self.mark_on(self.word_at(event.position().toPoint()))
        shape = Qt.CursorShape.IBeamCursor if mark is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        if mark is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self.describe(mark), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.caret
        super().keyPressEvent(event)
        if self.caret != before:
            self.choose(self.mark_on(self.word_at_caret()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the selected words, or of the one that is pointed at or bears the caret."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        pointed = self.word_at(event.pos()) if by_mouse else self.word_at_caret()
        words = self.selected_words()
        if words is None or (by_mouse and pointed not in range(words[0], words[1] + 1)):
            words = None if pointed is None else (pointed, pointed)
        if words is not None:
            below = self.word_rects(*words)[0].bottomLeft().toPoint()
            where = event.globalPos() if by_mouse else self.viewport().mapToGlobal(below)
            self.menu_requested.emit(*words, where)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_feedback(self._feedback, is_same_answer=True)


def _same(mark: Filler, other: Filler | None) -> bool:
    """Whether it is the same mark, in a transcript in which words were put in or taken out."""
    return other is not None and (mark.kind, mark.start_seconds, mark.end_seconds, mark.by_person) == (
        other.kind,
        other.start_seconds,
        other.end_seconds,
        other.by_person,
    )
