"""Sessions and attempts in SQLite, with the recordings as files beside the database.

An attempt is stored before its recording begins, its length when the recording ends, its words when it is
transcribed; what was recorded is therefore in the history whatever happens after. Recordings are named
relative to the recordings folder, so the data folder can be moved. One connection, used from one thread.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pmvoice.analysis.corrections import Correction, Verdict
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import FillerKind
from pmvoice.errors import UserError
from pmvoice.history_schema import MIGRATIONS
from pmvoice.paths import Paths, private_folder
from pmvoice.questions import Question
from pmvoice.sound_files import wav_seconds
from pmvoice.transcript import Transcript

_decode_transcript = msgspec.json.Decoder(Transcript).decode


@dataclass(frozen=True, slots=True)
class Attempt:
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
        self._path = paths.history
        self._db = self._open()
        try:
            self._prepare()
        except BaseException:  # whatever it was, the connection must not stay open
            self._db.close()
            raise
        self._recover()

    def _open(self) -> sqlite3.Connection:
        try:
            # The file is made here so that it is private before SQLite writes to it.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            return sqlite3.connect(self._path, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise self._trouble("opened", error) from error

    def _prepare(self) -> None:
        self._db.row_factory = sqlite3.Row
        try:
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                self._db.execute(f"PRAGMA {pragma}")
            self._migrate()
        except sqlite3.Error as error:
            raise self._trouble("opened", error) from error

    def _trouble(self, task: str, error: Exception) -> UserError:
        return UserError(
            f"The history cannot be {task} ({self._path}: {error}). Your recordings are untouched, in "
            f"{self._recordings}."
        )

    def _run(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run one statement; ``UserError`` where the database will not have it (full, locked, damaged)."""
        try:
            return self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise self._trouble("written or read", error) from error

    @contextlib.contextmanager
    def _together(self) -> Iterator[None]:
        """Keep all of several statements, or none."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            with contextlib.suppress(
                sqlite3.Error
            ):  # where it failed for good, SQLite has rolled back itself
                self._db.execute("ROLLBACK")
            raise

    def _recover(self) -> None:
        """Put right the attempts whose program ended while they were being recorded.

        Their recordings are whole up to the last block (see ``recorder``); only the length was not noted.
        """
        rows = self._run("SELECT id, recording FROM attempts WHERE duration_seconds = 0").fetchall()
        for row in rows:
            with contextlib.suppress(UserError):  # no file, or no sound in it: it stays out of sight
                self.end_attempt(row["id"], wav_seconds(self._recordings / row["recording"]))

    def _migrate(self) -> None:
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise UserError(f"{self._path} was made by a newer pmvoice. Update pmvoice to open it.")
        for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
            self._db.executescript(f"BEGIN; {statements} PRAGMA user_version = {number}; COMMIT;")

    def close(self) -> None:
        self._db.close()

    def new_recording_path(self) -> Path:
        """A name for the next recording that no other has."""
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        return self._recordings / f"{stamp}-{uuid.uuid4().hex[:8]}.wav"

    def begin_session(self) -> int:
        """A new session; its id."""
        cursor = self._run("INSERT INTO sessions (started_at) VALUES (?)", (_now(),))
        return _new_id(cursor)

    def add_attempt(
        self, session_id: int, question: Question | None, recording: Path, duration_seconds: float = 0.0
    ) -> int:
        """Keep a recording (it lies in the recordings folder) as an attempt; its id.

        One of no length is being recorded. It is not shown until ``end_attempt`` gives its length, or
        until the next start finds what the recorder left.
        """
        cursor = self._run(
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
        return _new_id(cursor)

    def end_attempt(self, attempt_id: int, duration_seconds: float) -> None:
        """Note the length of an attempt whose recording has ended."""
        self._run("UPDATE attempts SET duration_seconds = ? WHERE id = ?", (duration_seconds, attempt_id))

    def keep_feedback(self, attempt_id: int, feedback: Feedback) -> None:
        """Keep an attempt's transcript, as recognised, and the numbers that lists show.

        The corrections that are kept stay; ``feedback`` should be made with them, for the numbers' sake.
        """
        self._run(
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
        with self._together():
            self._run("DELETE FROM corrections WHERE attempt_id = ?", (attempt_id,))
            for each in feedback.corrections:
                self._run(
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
        rows = self._run("SELECT * FROM corrections WHERE attempt_id = ? ORDER BY id", (attempt_id,))
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
        transcript = self.transcript(attempt_id)
        return None if transcript is None else analyse(transcript, self.corrections(attempt_id))

    def attempt(self, attempt_id: int) -> Attempt:
        row = self._run(f"{_SELECT} WHERE id = ?", (attempt_id,)).fetchone()
        if row is None:
            raise UserError(f"There is no answer {attempt_id} in the history.")
        return self._attempt(row)

    def latest_attempt(self) -> Attempt | None:
        """The newest attempt, if there is any."""
        rows = self._run(f"{_SELECT} WHERE duration_seconds > 0 ORDER BY recorded_at DESC, id DESC LIMIT 1")
        return next((self._attempt(row) for row in rows), None)

    def attempts(self, search: str = "") -> list[Attempt]:
        """All attempts, newest first; with ``search``, those whose question holds it."""
        rows = self._run(
            f"{_SELECT} WHERE duration_seconds > 0 AND question LIKE ? ESCAPE '\\'"
            " ORDER BY recorded_at DESC, id DESC",
            (_pattern(search),),
        )
        return [self._attempt(row) for row in rows]

    def transcript(self, attempt_id: int) -> Transcript | None:
        """An attempt's words as recognised, or ``None`` where it is not transcribed yet."""
        row = self._run("SELECT transcript FROM attempts WHERE id = ?", (attempt_id,)).fetchone()
        return _decode_transcript(row["transcript"]) if row and row["transcript"] else None

    def practised(self) -> dict[int, int]:
        """How many answers each question has."""
        rows = self._run(
            "SELECT question_id, count(*) AS n FROM attempts"
            " WHERE question_id IS NOT NULL AND duration_seconds > 0 GROUP BY question_id"
        )
        return {row["question_id"]: row["n"] for row in rows}

    def delete_attempt(self, attempt_id: int) -> None:
        """Delete an answer for good: its row, and its recording."""
        recording = self.attempt(attempt_id).recording
        self._run("DELETE FROM attempts WHERE id = ?", (attempt_id,))
        recording.unlink(missing_ok=True)

    def check(self) -> None:
        """Have SQLite look the whole database over; ``UserError`` where it finds damage."""
        result = str(self._run("PRAGMA integrity_check").fetchone()[0])
        if result != "ok":
            raise UserError(f"The history is damaged ({result}). Your recordings are in {self._recordings}.")

    def _attempt(self, row: sqlite3.Row) -> Attempt:
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


def _pattern(search: str) -> str:
    """A LIKE pattern for texts that hold ``search`` as it stands."""
    for sign in "\\%_":
        search = search.replace(sign, "\\" + sign)
    return f"%{search}%"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _new_id(cursor: sqlite3.Cursor) -> int:
    if cursor.lastrowid is None:
        raise RuntimeError("SQLite gave no row id")
    return cursor.lastrowid
