"""Text to read at length: the reading size, wide lines, and captions between parts. Plain text only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from pmvoice.gui import theme

LINE_HEIGHT_PERCENT = 150


class ProseView(QTextEdit):
    """Texts are inserted with formats, never read as markup."""

    def __init__(self, name: str, *, pixels: int = theme.TRANSCRIPT) -> None:
        super().__init__()
        self._pixels = pixels
        self._parts: Sequence[tuple[str, str]] = ()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(theme.TEXT_MARGIN)

    def show_parts(self, parts: Sequence[tuple[str, str]]) -> None:
        """Show texts, each below its caption (none where that is empty)."""
        self._parts = parts
        self._render()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _render(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for caption, text in self._parts:
            if caption:
                self._add(cursor, caption, theme.SMALL_TEXT, theme.colours().muted, theme.SMALL)
            for paragraph in text.split("\n\n"):
                self._add(cursor, paragraph, self._pixels, theme.colours().text, theme.MEDIUM)

    def _add(self, cursor: QTextCursor, text: str, pixels: int, colour: str, gap: int) -> None:
        if not self.document().isEmpty():
            cursor.insertBlock()
        block = QTextBlockFormat()
        block.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(gap)
        cursor.setBlockFormat(block)
        characters = QTextCharFormat()
        characters.setFont(theme.font(pixels))
        characters.setForeground(QColor(colour))
        cursor.insertText(text, characters)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._render()
