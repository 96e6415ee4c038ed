"""The terminal: rehearse, analyze, doctor and history, on the same parts as the window and without Qt.

What is asked for goes to standard output; progress and remarks go to standard error.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pmvoice import export
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.errors import UserError
from pmvoice.history import History
from pmvoice.interview import choose_questions
from pmvoice.paths import Paths
from pmvoice.questions import Question, load_bank
from pmvoice.settings import Settings
from pmvoice.sound_files import convert_to_wav, read_wav, wav_seconds


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
            if answer is not None:
                attempt, recording = self._keep(history, answer, question)
                self._ask(question)
            else:
                attempt, recording = self._record(history, question)
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
            name = str(file).encode(errors="replace").decode()  # a name need not be valid text
            report = export.feedback_json(name, question, feedback)
            print(msgspec.json.format(msgspec.json.encode(report)).decode())
        else:
            print(export.feedback_text(question, feedback), end="")
        return 0

    def _analyze_and_keep(self, file: Path, question: Question | None) -> Feedback:
        history = History(self.paths)
        try:
            attempt, recording = self._keep(history, file, question)
            feedback = self._feedback(recording)
            history.keep_feedback(attempt, feedback)
        finally:
            history.close()
        return feedback

    def _keep(self, history: History, file: Path, question: Question | None) -> tuple[int, Path]:
        """Take a recording of the person's own into the history: the attempt, and its copy there."""
        recording = history.new_recording_path()
        convert_to_wav(file, recording)
        session = history.begin_session()
        return history.add_attempt(session, question, recording, wav_seconds(recording)), recording

    def _record(self, history: History, question: Question) -> tuple[int, Path]:
        """Ask aloud and record the answer until Enter: the attempt, and its recording.

        The attempt is in the history before the recording begins, and stays there however it ends.
        """
        from pmvoice.terminal_take import EnterKey, record_take  # needs the sound library, as only this does

        enter = EnterKey()
        self._ask(question, enter.was_pressed)
        recording = history.new_recording_path()
        attempt = history.add_attempt(history.begin_session(), question, recording)
        try:
            record_take(recording, self.settings.microphone, enter, _remark)
        finally:
            if recording.exists():
                history.end_attempt(attempt, wav_seconds(recording))
            else:
                history.delete_attempt(attempt)
        return attempt, recording

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

    def _ask(self, question: Question, is_skipped: Callable[[], bool] = lambda: False) -> None:
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
                if is_skipped():
                    player.stop()
            if problems[0]:
                _remark(problems[0])
        except UserError as error:
            _remark(str(error))

    def _feedback(self, recording: Path) -> Feedback:
        from pmvoice.transcription.models import provide_model

        with _Progress() as progress:
            model = provide_model(self.settings.model, self.paths.models, progress.show)
            from pmvoice.transcription.engine import Engine
            from pmvoice.transcription.live import transcribe

            progress.show("Transcribing", 0.0)
            samples, _ = read_wav(recording)
            engine = Engine(model)
            return analyse(transcribe(engine, samples, lambda done: progress.show("Transcribing", done)))


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
