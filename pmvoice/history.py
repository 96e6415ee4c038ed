"""Sessions and attempts in the database, with the recordings as files beside it.

An attempt is stored before its recording begins, its length when the recording ends, its words when it is
transcribed; what was recorded is therefore in the history whatever happens after. Recordings are named
relative to the recordings folder, so the data folder can be moved. To be used from one thread.
"""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Collection
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pmvoice.errors import UserError
from pmvoice.history_database import Database, Row
from pmvoice.history_search import match_expression
from pmvoice.paths import Paths, private_folder
from pmvoice.questions import Question

if TYPE_CHECKING:  # the window opens with what is kept here; the analysis and the sound come after
    from pmvoice.analysis.corrections import Correction
    from pmvoice.analysis.feedback import Feedback
    from pmvoice.transcript import Transcript


class Attempt(msgspec.Struct, frozen=True):
    """One answer. The four numbers are ``None`` until it is transcribed (or where nothing was said)."""

    id: int
    session_id: int
    question_id: int | None
    area: str
    question: str
    recorded_at: datetime  # in UTC
    recording: Path
    duration_seconds: float
    is_transcribed: bool
    speaking_seconds: float | None
    words_per_minute: float | None
    filler_count: int | None
    fillers_per_minute: float | None


class History:
    """The person's sessions and attempts, newest first."""

    def __init__(self, paths: Paths) -> None:
        """Open the database, or make it; ``UserError`` where it cannot be opened."""
        self._recordings = private_folder(paths.recordings)
        self._db = Database(paths.history, self._recordings)
        self._recover()

    def _recover(self) -> None:
        """Put right the attempts whose program ended while they were being recorded.

        Their recordings are whole up to the last block (see ``recorder``); only the length was not noted.
        """
        for row in self._db.rows("SELECT id, recording FROM attempts WHERE duration_seconds = 0"):
            from pmvoice.sound_files import wav_seconds

            with contextlib.suppress(UserError):  # no file, or no sound in it: it stays out of sight
                self.end_attempt(row["id"], wav_seconds(self._recordings / row["recording"]))

    def close(self) -> None:
        self._db.close()

    def new_recording_path(self) -> Path:
        """A name for the next recording that no other has."""
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        return self._recordings / f"{stamp}-{uuid.uuid4().hex[:8]}.wav"

    def begin_session(self) -> int:
        """A new session; its id."""
        return self._db.write("INSERT INTO sessions (started_at) VALUES (?)", (_now(),))

    def add_attempt(
        self, session_id: int, question: Question | None, recording: Path, duration_seconds: float = 0.0
    ) -> int:
        """Keep a recording (it lies in the recordings folder) as an attempt; its id.

        One of no length is being recorded. It is not shown until ``end_attempt`` gives its length, or
        until the next start finds what the recorder left.
        """
        return self._db.write(
            "INSERT INTO attempts (session_id, question_id, area, question, recorded_at, recording,"
            " duration_seconds) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                session_id,
                question.id if question else None,
                question.area if question else "",
                question.question if question else "",
                _now(),
                recording.name,
                duration_seconds,
            ),
        )

    def end_attempt(self, attempt_id: int, duration_seconds: float) -> None:
        """Note the length of an attempt whose recording has ended."""
        self._db.write(
            "UPDATE attempts SET duration_seconds = ? WHERE id = ?", (duration_seconds, attempt_id)
        )

    def keep_feedback(self, attempt_id: int, feedback: Feedback) -> None:
        """Keep an attempt's transcript, as recognised, and the numbers that lists show.

        The corrections that are kept stay; ``feedback`` should be made with them, for the numbers' sake.
        """
        self._db.write(
            "UPDATE attempts SET transcript = ?, speaking_seconds = ?, words_per_minute = ?,"
            " filler_count = ?, fillers_per_minute = ? WHERE id = ?",
            (
                msgspec.json.encode(feedback.recognised).decode(),
                feedback.delivery.speaking_seconds,
                feedback.delivery.words_per_minute,
                len(feedback.fillers),
                feedback.fillers_per_minute,
                attempt_id,
            ),
        )

    def keep_corrections(self, attempt_id: int, feedback: Feedback) -> None:
        """Keep the corrections of ``feedback`` in place of those kept before, and the numbers with them."""
        with self._db.together():
            self._db.write("DELETE FROM corrections WHERE attempt_id = ?", (attempt_id,))
            for each in feedback.corrections:
                self._db.write(
                    "INSERT INTO corrections (attempt_id, verdict, kind, start_seconds, end_seconds, text)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        attempt_id,
                        each.verdict.value,
                        each.kind.value,
                        each.start_seconds,
                        each.end_seconds,
                        each.text,
                    ),
                )
            self.keep_feedback(attempt_id, feedback)

    def corrections(self, attempt_id: int) -> tuple[Correction, ...]:
        """What the person said of an attempt's marks, in the order in which it was said."""
        from pmvoice.analysis.corrections import Correction, Verdict
        from pmvoice.analysis.fillers import FillerKind

        rows = self._db.rows("SELECT * FROM corrections WHERE attempt_id = ? ORDER BY id", (attempt_id,))
        return tuple(
            Correction(
                Verdict(row["verdict"]),
                FillerKind(row["kind"]),
                row["start_seconds"],
                row["end_seconds"],
                row["text"],
            )
            for row in rows
        )

    def feedback(self, attempt_id: int) -> Feedback | None:
        """An attempt's review, corrections and all; ``None`` where it is not transcribed yet."""
        from pmvoice.analysis.feedback import analyse

        transcript = self.transcript(attempt_id)
        return None if transcript is None else analyse(transcript, self.corrections(attempt_id))

    def attempt(self, attempt_id: int) -> Attempt:
        row = self._db.row(f"{_SELECT} WHERE id = ?", (attempt_id,))
        if row is None:
            raise UserError(f"There is no answer {attempt_id} in the history.")
        return self._attempt(row)

    def latest_attempt(self) -> Attempt | None:
        """The newest attempt, if there is any."""
        row = self._db.row(f"{_SELECT} WHERE duration_seconds > 0 ORDER BY recorded_at DESC, id DESC LIMIT 1")
        return None if row is None else self._attempt(row)

    def attempts(self) -> list[Attempt]:
        """All attempts, newest first."""
        rows = self._db.rows(f"{_SELECT} WHERE duration_seconds > 0 ORDER BY recorded_at DESC, id DESC")
        return [self._attempt(row) for row in rows]

    def sessions(self, phrase: str = "") -> list[tuple[int, ...]]:
        """The ids of all attempts by session, newest first; quick, however many there are.

        With ``phrase``, only those whose question or transcript holds it. It is taken literally, but for
        case, accents and punctuation; its last word may be unfinished. One without words holds everywhere.
        """
        expression = match_expression(phrase)
        found = "" if expression is None else f"AND id IN ({_FOUND})"
        rows = self._db.rows(
            f"{_SELECT_IDS} WHERE duration_seconds > 0 {found} ORDER BY recorded_at DESC, id DESC",
            () if expression is None else (expression,),
        )
        groups = groupby(rows, key=itemgetter("session_id"))
        return [tuple(row["id"] for row in group) for _, group in groups]

    def attempts_with(self, ids: Collection[int]) -> dict[int, Attempt]:
        """The attempts of these ids (some hundreds at most), by id; those that are gone are left out."""
        places = ", ".join("?" * len(ids))
        rows = self._db.rows(f"{_SELECT} WHERE id IN ({places})", tuple(ids))
        return {row["id"]: self._attempt(row) for row in rows}

    def transcript(self, attempt_id: int) -> Transcript | None:
        """An attempt's words as recognised, or ``None`` where it is not transcribed yet."""
        row = self._db.row("SELECT transcript FROM attempts WHERE id = ?", (attempt_id,))
        if not row or not row["transcript"]:
            return None
        from pmvoice.transcript import Transcript

        return msgspec.json.decode(row["transcript"], type=Transcript)

    def practised(self) -> dict[int, int]:
        """How many answers each question has."""
        rows = self._db.rows(
            "SELECT question_id, count(*) AS n FROM attempts"
            " WHERE question_id IS NOT NULL AND duration_seconds > 0 GROUP BY question_id"
        )
        return {row["question_id"]: row["n"] for row in rows}

    def delete_attempt(self, attempt_id: int) -> None:
        """Delete an answer for good: its row, and its recording."""
        recording = self.attempt(attempt_id).recording
        self._db.write("DELETE FROM attempts WHERE id = ?", (attempt_id,))
        recording.unlink(missing_ok=True)

    def check(self) -> None:
        """Look the whole database over; ``UserError`` where there is damage."""
        self._db.check()

    def _attempt(self, row: Row) -> Attempt:
        return Attempt(
            id=row["id"],
            session_id=row["session_id"],
            question_id=row["question_id"],
            area=row["area"],
            question=row["question"],
            recorded_at=datetime.fromisoformat(row["recorded_at"]),
            recording=self._recordings / row["recording"],
            duration_seconds=row["duration_seconds"],
            is_transcribed=bool(row["is_transcribed"]),
            speaking_seconds=row["speaking_seconds"],
            words_per_minute=row["words_per_minute"],
            filler_count=row["filler_count"],
            fillers_per_minute=row["fillers_per_minute"],
        )


_SELECT = (
    "SELECT id, session_id, question_id, area, question, recorded_at, recording, duration_seconds,"
    " transcript IS NOT NULL AS is_transcribed, speaking_seconds, words_per_minute, filler_count,"
    " fillers_per_minute FROM attempts"
)
_SELECT_IDS = "SELECT id, session_id FROM attempts"
_FOUND = "SELECT rowid FROM attempt_texts WHERE attempt_texts MATCH ?"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
