"""Render each page, light and dark, into build/screenshots: what a person sees, with a real answer in it.

Runs without a screen and in a folder of its own: ``python packaging/screenshots.py``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pmvoice import app as pmvoice_app
from pmvoice.analysis.feedback import analyse
from pmvoice.analysis.fillers import FillerKind
from pmvoice.analysis.marking import marked
from pmvoice.analysis.so_far import SoFar
from pmvoice.gui import theme
from pmvoice.gui.main_window import LEAST_SIZE, SIZE, MainWindow
from pmvoice.gui.transcriber import GAVE_UP
from pmvoice.history import History
from pmvoice.interview import Stage
from pmvoice.paths import Paths, make_private, resource
from pmvoice.questions import load_bank
from pmvoice.recorder import SILENT_MICROPHONE
from pmvoice.sound_files import convert_to_wav, read_wav, wav_seconds
from pmvoice.transcript import Passage
from pmvoice.transcription.engine import Engine
from pmvoice.transcription.live import transcribe
from pmvoice.transcription.models import provide_model

OUT = Path(__file__).resolve().parent.parent / "build" / "screenshots"
SAMPLE_QUESTION = 1


def main() -> None:
    make_private()
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.below(Path(folder))
        application = QApplication(sys.argv[:1])
        _pictures(paths, application, "empty")
        for question in (9, 17, 23):
            _keep_sample(paths, question)
        attempt = _keep_sample(paths, SAMPLE_QUESTION)
        _mark_repetition(paths, attempt)
        _pictures(paths, application, "used", attempt)


def _keep_sample(paths: Paths, question_id: int) -> int:
    """The sample answer, transcribed by the real model, in the history."""
    engine = Engine(provide_model("base", paths.models, lambda task, done: None))
    history = History(paths)
    question = load_bank().question(question_id)
    recording = history.new_recording_path()
    convert_to_wav(resource("assets/sample-answer.flac"), recording)
    attempt = history.add_attempt(history.begin_session(), question, recording, wav_seconds(recording))
    samples, _ = read_wav(recording)
    history.keep_feedback(attempt, analyse(transcribe(engine, samples)))
    history.close()
    return attempt


def _mark_repetition(paths: Paths, attempt: int) -> None:
    """Have all three kinds of marks in the picture: 'it' of 'it, uh, it did', where it is not found."""
    history = History(paths)
    feedback = history.feedback(attempt)
    if feedback is not None and not feedback.count(FillerKind.REPETITION):
        words = [word.text for word in feedback.transcript.words]
        place = words.index("it,")
        corrections = marked(feedback, FillerKind.REPETITION, place, place)
        history.keep_corrections(attempt, analyse(feedback.recognised, corrections))
    history.close()


def _pictures(paths: Paths, application: QApplication, state: str, attempt: int | None = None) -> None:
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        theme.dress(application, scheme)
        app = pmvoice_app.build(paths)
        window = app.window
        window.show()

        take = partial(_take, window, scheme)
        take(f"home-{state}")
        window.resize(*LEAST_SIZE)
        take(f"home-{state}-small")
        window.resize(*SIZE)
        window.show_page(window.answers)
        take(f"history-{state}")
        if attempt is not None:
            _review_and_interview(app, attempt, take)
        app.window.close()
        app.shut_down()


def _take(window: MainWindow, scheme: Qt.ColorScheme, name: str, part: QWidget | None = None) -> None:
    """Take the window, or a part of it that stands over it."""
    _settle()
    path = OUT / f"{name}-{scheme.name.lower()}.png"
    (part or window).grab().save(str(path))
    print(path.relative_to(OUT.parent.parent))


def _review_and_interview(app: pmvoice_app.App, attempt: int, take: Callable[..., None]) -> None:
    window = app.window
    window.review.show_attempt(attempt, in_round=True)
    window.show_page(window.review)
    window.review.transcript.light(14.5)
    take("review")
    window.review.transcript.light(None)
    _marks(window, take)
    window.review.said._show_work("Transcribing on this machine …", share=0.4)
    words = app.window.review.transcript.toPlainText().split()
    window.review.said.work.show_words(" ".join(words[: 2 * len(words) // 5]))
    take("review-working")
    window.review.said._on_failed(attempt, GAVE_UP)
    take("review-kept")
    window.review.said.marker._feedback = None  # as of an answer that was never transcribed
    window.review.said._show(None)
    window.review.said._on_failed(attempt, GAVE_UP)
    take("review-failed")
    app.rehearsal.begin([load_bank().question(9), load_bank().question(10)])
    take("interview-listening")
    app.voice.stop()
    for stage in (Stage.STARTING, Stage.RECORDING):
        app.rehearsal._enter(stage)
    for step in range(80):
        app.rehearsal.measured.emit(47.0, 0.02 + 0.3 * abs((step * 37 % 23) / 23 - 0.4))
    _speaking(app, attempt)
    take("interview-recording")
    window.resize(*LEAST_SIZE)
    take("interview-small")
    window.resize(*SIZE)
    window.interview.show_captions(False)
    take("interview-without-captions")
    window.interview.show_captions(True)
    app.rehearsal.remarked.emit(SILENT_MICROPHONE)
    take("interview-remark")
    app.rehearsal.remarked.emit("")
    app.rehearsal._enter(Stage.ANSWERED)


def _speaking(app: pmvoice_app.App, attempt: int) -> None:
    """Most of the sample answer as it is seen while it is given: final words, and what was guessed after."""
    feedback = app.history.feedback(attempt)
    if feedback is None:
        return
    words, speech = feedback.recognised.words, feedback.recognised.speech
    final = sum(word.end_seconds < 32.5 for word in words)
    passage = Passage(words[:final], tuple(span for span in speech if span.end_seconds < 32.5), 32.5)
    so_far = SoFar().then(passage)
    app.window.interview._on_take_begun(attempt)
    app.transcriber.heard.emit(attempt, so_far)
    guess = " ".join(word.text for word in words[final:] if word.end_seconds < 43.0)
    app.window.interview.captions.show_said(so_far.text, guess)


def _marks(window: MainWindow, take: Callable[..., None]) -> None:
    """A mark that is chosen beside one that was rejected, the menu of a word, and the help."""
    said = window.review.said
    said.step(1)
    said.toggle_mark()
    said.step(1)
    take("review-marks")
    window.resize(*LEAST_SIZE)
    take("review-small")
    window.resize(*SIZE)
    place = said.transcript.marks[1].first
    mark = said.transcript.mark_on(place)
    said._menu.show_for(place, place, mark, QPoint(300, 300), chosen=said.transcript.chosen)
    take("review-menu", said._menu)
    said._menu.hide()
    said.undo()
    said.transcript.choose(None)
    window.help.show_for("small")
    take("help", window.help)
    window.help.close()


def _settle(milliseconds: int = 150) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
