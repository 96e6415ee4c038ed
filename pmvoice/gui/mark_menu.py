"""The menu of a mark or of words: everything that can be done to them, each with its key where it has one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from pmvoice.analysis.fillers import Filler, FillerKind
from pmvoice.gui.marker import Marker

MARK_AS = {
    FillerKind.FILLED_PAUSE: "Mark as um or uh",
    FillerKind.FILLER_PHRASE: "Mark as filler phrase",
    FillerKind.REPETITION: "Mark as repetition",
}


class MarkMenu(QMenu):
    """Filled anew each time it is shown."""

    play_requested = Signal(int, int)  # the words from first to last

    def __init__(self, marker: Marker, parent: QWidget) -> None:
        super().__init__(parent)
        self._marker = marker

    def show_for(
        self, first: int, last: int, mark: Filler | None, where: QPoint, *, chosen: Filler | None
    ) -> None:
        """Show what can be done to the words from first to last, on which a mark may lie.

        The keys work on the ``chosen`` mark: they are told only where that one and no other is meant.
        """
        self.clear()
        feedback = self._marker.feedback
        if feedback is None:
            return
        if mark is not None and first == last:
            first, last = mark.first, mark.last
        is_by_key = mark is not None and mark == chosen and (mark.first, mark.last) == (first, last)
        standing = mark if mark in feedback.fillers else None
        self._add("Play", lambda: self.play_requested.emit(first, last), "P" if is_by_key else "")
        self.addSeparator()
        if mark is not None:
            text = "Not a filler" if mark is standing else "Restore the mark"
            self._add(text, lambda: self._marker.toggle(mark), "X" if is_by_key else "")
        for kind, text in MARK_AS.items():
            bears_it = mark is not None and mark.kind is kind and (mark.first, mark.last) == (first, last)
            if not bears_it:
                self._add(text, partial(self._marker.mark, kind, first, last))
        self._add("Add an um after this", lambda: self._marker.add_pause_after(last))
        self.addSeparator()
        self._add("Undo", self._marker.undo, "Ctrl+Z", is_possible=self._marker.can_undo)
        self._add("Redo", self._marker.redo, "Ctrl+Shift+Z", is_possible=self._marker.can_redo)
        self.popup(where)

    def _add(self, text: str, do: Callable[[], object], key: str = "", *, is_possible: bool = True) -> None:
        """The keys belong to the page; here they are only told."""
        action = self.addAction(f"{text}\t{key}" if key else text)
        action.setEnabled(is_possible)
        action.triggered.connect(lambda _checked=False: do())
