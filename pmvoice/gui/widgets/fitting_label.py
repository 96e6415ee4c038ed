"""A label for a place that is at times too narrow for all that could be said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class FittingLabel(QLabel):
    """Says as much as there is room for: its long text, or else its short one."""

    def __init__(self) -> None:
        super().__init__()
        self._texts = ("", "")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # nothing beside it moves

    def show_texts(self, long: str, short: str) -> None:
        self._texts = (long, short)
        self.setAccessibleName(long)
        self._fit()

    def _fit(self) -> None:
        long, short = self._texts
        self.setText(long if self.fontMetrics().horizontalAdvance(long) <= self.width() else short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
