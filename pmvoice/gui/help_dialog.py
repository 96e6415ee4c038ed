"""What each number is, and how true it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from pmvoice.accuracy import explanation, load_accuracy
from pmvoice.gui import theme
from pmvoice.gui.parts import button, card, column, label
from pmvoice.gui.widgets.prose_view import ProseView

TITLE = "How true are these numbers?"
SIZE = (680, 600)


class HelpDialog(QDialog):
    """A sheet over the window; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setModal(True)
        self.resize(*SIZE)
        inside = column(self, margin=theme.LARGE)
        inside.addWidget(label(TITLE, theme.HEADING, bold=True))
        frame, page = card()
        self.text = ProseView(TITLE, pixels=theme.BODY)
        page.addWidget(self.text)
        inside.addWidget(frame, 1)
        self.close_button = button("Close", "Close (Esc)", self.accept)
        inside.addWidget(self.close_button, alignment=Qt.AlignmentFlag.AlignRight)

    def show_for(self, model: str | None) -> None:
        """Show the help for a transcript made with this model (``None``: for none in particular)."""
        self.text.show_parts(explanation(load_accuracy(), model))
        self.open()
        self.text.setFocus()
