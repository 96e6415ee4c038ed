"""The terminal: rehearse, analyze, doctor and history, on the same parts as the window and without Qt.

What is asked for goes to standard output; progress and remarks go to standard error.
"""

from __future__ import annotations

import queue
import random
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pmvoice import export
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.errors import UserError
from pmvoice.history import History
from pmvoice.interview import choose_questions
from pmvoice.paths import Paths, private_folder
from pmvoice.questions import Question, load_bank
from pmvoice.settings import Settings
from pmvoice.sound_files import convert_to_wav, read_wav, wav_seconds
from pmvoice.wording import clock

SHORTEST_ANSWER_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Terminal:
    """The commands, with what they share."""

    paths: Paths
    settings: Settings

    def rehearse(self, question_id: int | None, answer: Path | None) -> int:
        """One question: spoken, answered aloud (or by the file ``answer``), reviewed and kept."""
        bank = load_bank()
        history = History(self.paths)
        try:
            if question_id is None:
                question = choose_questions(bank, None, 1, history.practised(), random.Random())[0]
            else:
                question = bank.question(question_id)
            recording = history.new_recording_path()
            if answer is not None:
                convert_to_wav(answer, recording)
                self._ask(question, None)
            else:
                enter = _EnterKey()
                self._ask(question, enter)
                self._record(recording, enter)
            attempt = history.add_attempt(
                history.begin_session(), question, recording, wav_seconds(recording)
            )
            feedback = self._feedback(recording)
            history.keep_feedback(attempt, feedback)
        finally:
            history.close()
        print(export.feedback_text(question, feedback), end="")
        return 0

    def analyze(self, file: Path, question_id: int | None, as_json: bool, save: bool) -> int:
        """The transcript and the numbers of a recording."""
        question = None if question_id is None else load_bank().question(question_id)
        if save:
            feedback = self._analyze_and_keep(file, question)
        else:
            with tempfile.TemporaryDirectory() as folder:
                recording = Path(folder) / "recording.wav"
                convert_to_wav(file, recording)
                feedback = self._feedback(recording)
        if as_json:
            report = export.feedback_json(str(file), question, feedback)
            print(msgspec.json.format(msgspec.json.encode(report)).decode())
        else:
            print(export.feedback_text(question, feedback), end="")
        return 0

    def _analyze_and_keep(self, file: Path, question: Question | None) -> Feedback:
        history = History(self.paths)
        try:
            recording = history.new_recording_path()
            convert_to_wav(file, recording)
            attempt = history.add_attempt(
                history.begin_session(), question, recording, wav_seconds(recording)
            )
            feedback = self._feedback(recording)
            history.keep_feedback(attempt, feedback)
        finally:
            history.close()
        return feedback

    def history(self, as_json: bool) -> int:
        """All answers, newest first."""
        history = History(self.paths)
        try:
            attempts = history.attempts()
        finally:
            history.close()
        if as_json:
            report = [export.attempt_json(attempt) for attempt in attempts]
            print(msgspec.json.format(msgspec.json.encode(report)).decode())
        else:
            print(export.history_text(attempts), end="")
        return 0

    def doctor(self) -> int:
        """Check what a rehearsal needs; 1 where something is missing."""
        from pmvoice.doctor import examine

        status = 0
        for check in examine(self.paths, self.settings):
            print(f"{'ok  ' if check.is_fine else 'FAIL'}  {check.name:10}  {check.text}", flush=True)
            status = status if check.is_fine else 1
        return status

    def _ask(self, question: Question, enter: _EnterKey | None) -> None:
        """Show the question and speak it; where it cannot be spoken, say so and go on."""
        from pmvoice.speech import speak_to_file

        print(f"\n{question.question}\n", file=sys.stderr)
        try:
            from pmvoice.playback import Player

            problems: list[str | None] = []
            player = Player()
            player.play(speak_to_file(question.question, self.paths.speech), problems.append)
            while not problems:
                player.wait(0.05)
                if enter is not None and enter.was_pressed():
                    player.stop()
            if problems[0]:
                _remark(problems[0])
        except UserError as error:
            _remark(str(error))

    def _record(self, recording: Path, enter: _EnterKey) -> None:
        from pmvoice.recorder import SILENT_MICROPHONE, Capture, Recorder

        _remark("Starting the microphone ...")
        recorder = Recorder(recording, self.settings.microphone)
        recorder.start()
        told_recording = told_silent = False
        while recorder.capture is not Capture.ENDED:
            recorder.wait(0.05)
            if recorder.capture is Capture.RECORDING and not told_recording:
                told_recording = True
                _remark("Recording. Press Enter to stop.")
            if recorder.is_silent and not told_silent:
                told_silent = True
                _remark(SILENT_MICROPHONE)
            if enter.was_pressed():
                recorder.stop()
        if recorder.seconds < SHORTEST_ANSWER_SECONDS:
            recording.unlink(missing_ok=True)
            raise UserError(recorder.problem or "Nothing was recorded, so nothing was kept.")
        if recorder.problem:
            _remark(recorder.problem)
        _remark(f"Recorded {clock(recorder.seconds)}.")

    def _feedback(self, recording: Path) -> Feedback:
        from pmvoice.transcription.models import provide_model

        private_folder(self.paths.models)
        with _Progress() as progress:
            model = provide_model(self.settings.model, self.paths.models, progress.show)
            from pmvoice.transcription.engine import Engine

            progress.show("Transcribing", 0.0)
            samples, _ = read_wav(recording)
            engine = Engine(model)
            return analyse(engine.transcribe(samples, lambda done: progress.show("Transcribing", done)))


def _remark(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class _Progress:
    """One line on standard error that says how far the work is; nothing where nobody watches."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._width = 0

    def show(self, task: str, done: float) -> None:
        self._write(f"{task} {done:4.0%}")

    def _write(self, text: str) -> None:
        if self._watched:
            sys.stderr.write("\r" + text.ljust(self._width))
            sys.stderr.flush()
            self._width = len(text)

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")
        if self._watched:
            sys.stderr.write("\r")


class _EnterKey:
    """Tells when Enter was pressed, without stopping to wait for it. The end of input counts as Enter."""

    def __init__(self) -> None:
        self._presses: queue.SimpleQueue[bool] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="enter", daemon=True).start()

    def _read(self) -> None:
        for _ in sys.stdin:
            self._presses.put(True)
        self._presses.put(True)

    def was_pressed(self) -> bool:
        """Whether Enter was pressed since the last time it was asked."""
        try:
            return self._presses.get_nowait()
        except queue.Empty:
            return False
