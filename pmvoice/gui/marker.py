"""The person's hand on the marks: each change is kept at once, and can be undone and done again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pmvoice.analysis import marking
from pmvoice.analysis.corrections import Correction
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import Filler, FillerKind
from pmvoice.errors import UserError
from pmvoice.history import History
from pmvoice.phrasing import moment
from pmvoice.wording import KIND_NAMES

Corrections = tuple[Correction, ...]

REJECTED = "Not counted as a filler any more. Ctrl+Z takes that back."
RESTORED = "Counted as a filler again."
NOTHING_NEW = "There is such a mark already."


class Marker(QObject):
    """Corrects the marks of one attempt at a time."""

    changed = Signal(object)  # the Feedback that follows
    remarked = Signal(str)  # what was done, or why it was not

    def __init__(self, history: History) -> None:
        super().__init__()
        self._history = history
        self._attempt: int | None = None
        self._feedback: Feedback | None = None
        self._done: list[Corrections] = []  # what stood before each change
        self._undone: list[Corrections] = []

    def open(self, attempt_id: int) -> Feedback | None:
        """Take up an attempt as the history has it; ``None`` where it has no transcript yet."""
        if attempt_id != self._attempt:
            self._done, self._undone = [], []
        self._attempt = attempt_id
        self._feedback = self._history.feedback(attempt_id)
        return self._feedback

    @property
    def feedback(self) -> Feedback | None:
        return self._feedback

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def toggle(self, filler: Filler) -> None:
        """Reject a mark, or restore one that was rejected."""
        is_rejected = self._feedback is not None and filler in self._feedback.rejected
        self._change(lambda f: marking.toggled(f, filler), RESTORED if is_rejected else REJECTED)

    def mark(self, kind: FillerKind, first: int, last: int) -> None:
        """Mark the words from first to last."""
        remark = f"Marked: {KIND_NAMES[kind].lower()}. Ctrl+Z takes that back."
        self._change(lambda f: marking.marked(f, kind, first, last), remark)

    def add_pause_after(self, place: int) -> None:
        """Add an 'um' after a word."""
        self._change(lambda f: marking.with_pause_after(f, place), "An um was added. Ctrl+Z takes it back.")

    def add_pause_at(self, seconds: float) -> None:
        """Add an 'um' at a place of the recording."""
        remark = f"An um was added at {moment(seconds)}. Ctrl+Z takes it back."
        self._change(lambda f: marking.with_pause_at(f, seconds), remark)

    def undo(self) -> None:
        self._go_back(self._done, self._undone, "Undone.", "There is nothing to undo.")

    def redo(self) -> None:
        self._go_back(self._undone, self._done, "Done again.", "There is nothing to do again.")

    def _change(self, change: Callable[[Feedback], Corrections], remark: str) -> None:
        if self._feedback is None:
            return
        before, after = self._feedback.corrections, change(self._feedback)
        if after == before:
            self.remarked.emit(NOTHING_NEW)
        elif self._keep(after):
            self._done.append(before)
            self._undone.clear()
            self.remarked.emit(remark)

    def _go_back(self, taken: list[Corrections], given: list[Corrections], remark: str, none: str) -> None:
        if self._feedback is None or not taken:
            self.remarked.emit(none)
            return
        before = self._feedback.corrections
        if self._keep(taken[-1]):
            taken.pop()
            given.append(before)
            self.remarked.emit(remark)

    def _keep(self, corrections: Corrections) -> bool:
        """Keep and show the corrections, or say why they cannot be kept; nothing has changed then."""
        if self._feedback is None or self._attempt is None:
            return False
        feedback = analyse(self._feedback.recognised, corrections)
        try:
            self._history.keep_corrections(self._attempt, feedback)
        except UserError as error:
            self.remarked.emit(str(error))
            return False
        self._feedback = feedback
        self.changed.emit(feedback)
        return True
