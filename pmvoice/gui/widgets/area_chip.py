"""A choice with a name and, quietly below it, a note."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from pmvoice.gui import theme
from pmvoice.gui.parts import column, label, set_state


class AreaChip(QPushButton):
    """A checkable button; it takes the focus by Tab only."""

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("kind", "area")
        self.setToolTip(tip)
        self.setAccessibleName(name)
        self._name = label(name)
        self._note = label("", theme.SMALL_TEXT, kind="muted")
        inside = column(self, spacing=2)
        inside.setContentsMargins(theme.MEDIUM, theme.SMALL, theme.MEDIUM, theme.SMALL)
        for each in (self._name, self._note):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(each)
        self.toggled.connect(lambda on: set_state(self._name, "kind", "chosen" if on else ""))

    def set_note(self, note: str) -> None:
        self._note.setText(note)
        self.setAccessibleDescription(note)
