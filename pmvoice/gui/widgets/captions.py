"""The person's words while they speak: the last few lines, what is not final yet plainly apart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from pmvoice.gui import theme

LINE_HEIGHT_PERCENT = 140
MOST_LINES = 3
KEPT_CHARACTERS = 400  # more than is ever seen of the final words
AWAITED = "Your words come here while you speak, a few seconds behind."


class Captions(QTextEdit):
    """Final words in the colour of text; what was only guessed after them muted, in italics, with a '…'.

    Not for editing, nor in the order of Tab: the words can be read at leisure in the review.
    """

    def __init__(self) -> None:
        super().__init__()
        self._words, self._guess = "", ""
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What you have said so far")
        self.setPlaceholderText(AWAITED)
        self.setFont(theme.font(theme.TRANSCRIPT))
        self.document().setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setRetainSizeWhenHidden(True)  # nothing jumps
        self.setSizePolicy(policy)
        self.setMinimumHeight(self._height(1))
        self.setMaximumHeight(self._height(MOST_LINES))

    def show_said(self, words: str, guess: str = "") -> None:
        """Show what is final, and what seems to follow."""
        self._words, self._guess = words[-KEPT_CHARACTERS:], guess
        self._render()

    def sizeHint(self) -> QSize:
        return QSize(640, self._height(MOST_LINES))

    def _height(self, lines: int) -> int:
        return round(self.fontMetrics().lineSpacing() * lines * LINE_HEIGHT_PERCENT / 100) + theme.TINY

    def _render(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(block)
        c = theme.colours()
        if self._words:
            cursor.insertText(f"{self._words} ", self._format(c.text))
        if self._guess:
            cursor.insertText(f"{self._guess} …", self._format(c.muted, is_italic=True))
        self._show_end()

    def _show_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _format(self, colour: str, *, is_italic: bool = False) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(theme.font(theme.TRANSCRIPT))
        made.setFontItalic(is_italic)
        made.setForeground(QColor(colour))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()
