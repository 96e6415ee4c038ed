"""What the lines under the words mean, and how many there are of each."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import FillerKind
from pmvoice.gui import marks, theme
from pmvoice.gui.parts import label, row
from pmvoice.wording import kind_count_text

ENTRIES = {
    FillerKind.FILLED_PAUSE: ("um/uh", "Filled pauses: um, uh, er, hmm, ah"),
    FillerKind.FILLER_PHRASE: ("phrases", "Filler phrases such as 'you know', where they could be left out"),
    FillerKind.REPETITION: ("repetitions", "Words said again at once; those that could be left out"),
}


class MarkLegend(QWidget):
    """One line: each kind's mark, its name and its count, and how many marks the person rejected."""

    def __init__(self) -> None:
        super().__init__()
        line = row(self, spacing=theme.SMALL)
        line.setContentsMargins(theme.TEXT_MARGIN, 0, 0, 0)
        self._counts: dict[FillerKind, QLabel] = {}
        for kind, (_, tip) in ENTRIES.items():
            count = label("", theme.SMALL_TEXT, kind="muted")
            swatch = _Swatch(kind)
            for part in (swatch, count):
                part.setToolTip(tip)
            line.addWidget(swatch)
            line.addWidget(count)
            line.addSpacing(theme.SMALL)
            self._counts[kind] = count
        self._rejected = label("", theme.SMALL_TEXT, kind="muted")
        self._rejected.setToolTip("Marks that you said are no fillers; they are not counted")
        line.addStretch(1)
        line.addWidget(self._rejected)
        self.show_feedback(None)

    @property
    def text(self) -> str:
        """What it says, as one line."""
        counts = [count.text() for count in self._counts.values()]
        return ", ".join(filter(None, [*counts, self._rejected.text()]))

    def show_feedback(self, feedback: Feedback | None) -> None:
        for kind, count in self._counts.items():
            name = ENTRIES[kind][0]
            count.setText(kind_count_text(kind, feedback.count(kind)) if feedback else name)
        rejected = len(feedback.rejected) if feedback else 0
        self._rejected.setText(f"{rejected} rejected" if rejected else "")


class _Swatch(QWidget):
    """A piece of a mark as it looks in the transcript."""

    def __init__(self, kind: FillerKind) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(QSize(22, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), marks.ground(self._kind))
        marks.draw_line(painter, self._kind, QPointF(0, self.height() - 2), self.width())
