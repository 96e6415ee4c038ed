"""Home: choose what to rehearse, and begin."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QHBoxLayout, QPushButton, QWidget

from pmvoice.gui import theme
from pmvoice.gui.parts import button, card, centred, key, label, row
from pmvoice.gui.widgets.area_chip import AreaChip
from pmvoice.history import Attempt, History
from pmvoice.phrasing import clock, day_and_time, plural
from pmvoice.questions import Bank
from pmvoice.settings import Mode, Settings

MODES = (
    (Mode.PRACTICE, "Practice", "Your words come on the screen while you speak"),
    (Mode.LIVE, "Live", "As in the interview: your words come with the review, not while you speak"),
)
COUNTS: tuple[tuple[str, int | None], ...] = (("3", 3), ("5", 5), ("10", 10), ("All", None))
AREA_COLUMNS = 3
SYSTEM_DEFAULT = "System default"


class HomePage(QWidget):
    """Areas, how many questions, the microphone, and the last answer."""

    keys = "Enter  start     Ctrl+1  rehearse     Ctrl+2  history     Ctrl+Q  quit"

    start_requested = Signal()
    attempt_requested = Signal(int)
    settings_changed = Signal(Settings)
    microphones_wanted = Signal()  # what is plugged in now, told by ``show_microphones``

    def __init__(self, bank: Bank, history: History, settings: Settings) -> None:
        super().__init__()
        self._bank = bank
        self._history = history
        if settings.area not in [area.id for area in bank.areas]:
            settings = msgspec.structs.replace(settings, area=None)  # an area of another pack
        self._settings = settings
        self._last_attempt: int | None = None
        content = centred(self)
        content.addWidget(label("What will you rehearse?", theme.QUESTION, bold=True))
        content.addWidget(
            label(
                "Hear a question, answer it aloud, and read your own words beside a model "
                "answer. Nothing leaves this machine.",
                kind="muted",
            )
        )
        content.addSpacing(theme.SMALL)
        self._areas = QButtonGroup(self)
        self._area_chips: dict[str | None, AreaChip] = {}
        content.addLayout(self._build_areas())
        content.addSpacing(theme.SMALL)
        self._counts = QButtonGroup(self)
        self._modes = QButtonGroup(self)
        self.mode_chips: dict[Mode, QPushButton] = {}
        self._microphone = QComboBox()
        content.addLayout(self._build_choices())
        content.addSpacing(theme.SMALL)
        self.start_button = button(
            "Start the round",
            "Start the round (Enter)",
            self.start_requested.emit,
            kind="main",
            icon="start",
        )
        start = row()
        start.addWidget(self.start_button)
        start.addWidget(label("Enter", theme.SMALL_TEXT, kind="caption"))
        start.addStretch(1)
        content.addLayout(start)
        content.addStretch(1)
        content.addWidget(self._build_last())
        key(self, Qt.Key.Key_Return, self.start_requested.emit)
        key(self, Qt.Key.Key_Enter, self.start_requested.emit)
        self.refresh()

    @property
    def settings(self) -> Settings:
        return self._settings

    def choose_captions(self, has_captions: bool) -> None:
        """Have captions in the chosen mode, or none, from now on."""
        self._settings = self._settings.with_captions(has_captions)
        self.settings_changed.emit(self._settings)

    def refresh(self) -> None:
        """Show what the history holds now."""
        practised = self._history.practised()
        for area_id, chip in self._area_chips.items():
            questions = self._bank.in_area(area_id)
            done = sum(question.id in practised for question in questions)
            chip.set_note(f"{done} of {len(questions)} practised")
        self._show_last(self._history.latest_attempt())

    def _build_areas(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.SMALL)
        for place, area_id in enumerate([None, *(area.id for area in self._bank.areas)]):
            tip = "Questions of all areas" if area_id is None else self._bank.area(area_id).listens_for
            name = "All areas" if area_id is None else self._bank.area(area_id).name
            chip = AreaChip(name, tip)
            chip.clicked.connect(partial(self._on_area_clicked, area_id))
            chip.setChecked(area_id == self._settings.area)
            self._areas.addButton(chip)
            self._area_chips[area_id] = chip
            grid.addWidget(chip, place // AREA_COLUMNS, place % AREA_COLUMNS)
        return grid

    def _build_choices(self) -> QHBoxLayout:
        choices = row(spacing=theme.SMALL)
        choices.addWidget(label("Questions"))
        for text, count in COUNTS:
            tip = "All questions of the area" if count is None else f"{count} questions"
            chip = button(text, tip, partial(self._choose, question_count=count), kind="chip")
            chip.setCheckable(True)
            chip.setChecked(count == self._settings.question_count)
            self._counts.addButton(chip)
            choices.addWidget(chip)
        choices.addSpacing(theme.LARGE)
        for mode, text, tip in MODES:
            chip = button(text, tip, partial(self._choose, mode=mode), kind="chip")
            chip.setCheckable(True)
            chip.setChecked(mode is self._settings.mode)
            self._modes.addButton(chip)
            self.mode_chips[mode] = chip
            choices.addWidget(chip)
        choices.addSpacing(theme.LARGE)
        caption = label("Microphone")
        caption.setBuddy(self._microphone)
        choices.addWidget(caption)
        self._microphone.setAccessibleName("Microphone")
        self._microphone.setMinimumWidth(240)
        self.show_microphones([])  # they take longer to find than the page to be shown
        self._microphone.activated.connect(
            lambda _index: self._choose(microphone=self._microphone.currentData())
        )
        choices.addWidget(self._microphone)
        tip = "Look for microphones plugged in since"
        choices.addWidget(button("", tip, self.microphones_wanted.emit, kind="quiet", icon="look-again"))
        choices.addStretch(1)
        return choices

    def show_microphones(self, names: list[str]) -> None:
        """Offer these microphones, and the chosen one in any case."""
        chosen = self._settings.microphone
        names = list(names)
        if chosen is not None and chosen not in names:
            names.append(chosen)  # kept: it may be plugged in again
        self._microphone.clear()
        self._microphone.addItem(SYSTEM_DEFAULT, None)
        for name in names:
            self._microphone.addItem(name, name)
        self._microphone.setCurrentIndex(max(self._microphone.findData(chosen), 0))
        if names:  # the box keeps its width, so that nothing moves; its list opens as wide as the names
            names_view = self._microphone.view()
            names_view.setMinimumWidth(names_view.sizeHintForColumn(0) + theme.HUGE)

    def _build_last(self) -> QWidget:
        frame, inside = card(margin=theme.MEDIUM)
        line = row()
        self._last = label(kind="muted")
        self._last.setWordWrap(True)
        self._open_last = button("Open", "Open the last answer", self._on_open_last, kind="quiet")
        line.addWidget(self._last, 1)
        line.addWidget(self._open_last)
        inside.addLayout(line)
        return frame

    def _on_area_clicked(self, area_id: str | None) -> None:
        self._choose(area=area_id)

    def _choose(self, **changes: object) -> None:
        self._settings = msgspec.structs.replace(self._settings, **changes)
        self.settings_changed.emit(self._settings)

    def _show_last(self, attempt: Attempt | None) -> None:
        self._last_attempt = None if attempt is None else attempt.id
        self._open_last.setVisible(attempt is not None)
        if attempt is None:
            self._last.setText("Your last answer will be here. Start a round to give the first one.")
            return
        parts = [day_and_time(attempt.recorded_at, datetime.now(UTC)), clock(attempt.duration_seconds)]
        if attempt.words_per_minute is not None:
            parts.append(f"{attempt.words_per_minute:.0f} words a minute")
        if attempt.filler_count is not None:
            parts.append(plural(attempt.filler_count, "filler"))
        question = attempt.question or "A recording without a question"
        self._last.setText(f"Last time: {question}\n{' · '.join(parts)}")

    def _on_open_last(self) -> None:
        if self._last_attempt is not None:
            self.attempt_requested.emit(self._last_attempt)
