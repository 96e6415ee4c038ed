"""The database file of the history: opened, brought up to date, asked; what goes wrong in it is said plainly.

One connection, used from one thread. What the tables hold is ``history``'s business.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from pmvoice.errors import UserError
from pmvoice.history_schema import MIGRATIONS

Row = sqlite3.Row


class Database:
    """A SQLite file whose errors are ``UserError`` (full, locked, damaged)."""

    def __init__(self, path: Path, recordings: Path) -> None:
        """Open the file, or make it, with today's tables; ``UserError`` where it cannot be opened.

        ``recordings``: the folder that is told to be safe when there is trouble.
        """
        self._path, self._recordings = path, recordings
        self._connection = self._open()
        try:
            self._prepare()
        except BaseException:  # whatever it was, the connection must not stay open
            self._connection.close()
            raise

    def _open(self) -> sqlite3.Connection:
        try:
            # The file is made here so that it is private before SQLite writes to it.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
            return sqlite3.connect(self._path, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise self._trouble("opened", error) from error

    def _prepare(self) -> None:
        self._connection.row_factory = Row
        try:
            # Tables that a power failure takes back are made again, so only what is kept in them is forced
            # to the disk at once.
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._migrate()
            self._connection.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error as error:
            raise self._trouble("opened", error) from error

    def _migrate(self) -> None:
        version = int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(MIGRATIONS):
            raise UserError(f"{self._path} was made by a newer pmvoice. Update pmvoice to open it.")
        for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
            self._connection.executescript(f"BEGIN; {statements} PRAGMA user_version = {number}; COMMIT;")

    def close(self) -> None:
        self._connection.close()

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """What a query finds."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._trouble("written or read", error) from error

    def row(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """The first that a query finds, if there is any."""
        return next(iter(self.rows(statement, values)), None)

    def write(self, statement: str, values: Sequence[object] = ()) -> int:
        """Change something; the id of a row that was put in, otherwise without meaning."""
        try:
            return self._connection.execute(statement, values).lastrowid or 0
        except sqlite3.Error as error:
            raise self._trouble("written or read", error) from error

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Keep all of several changes, or none."""
        self.write("BEGIN IMMEDIATE")
        try:
            yield
            self.write("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # failed for good: SQLite has rolled back itself
                self._connection.execute("ROLLBACK")
            raise

    def check(self) -> None:
        """Have SQLite look the whole file over; ``UserError`` where it finds damage."""
        (first, *_) = self.rows("PRAGMA integrity_check")
        if first[0] != "ok":
            raise UserError(
                f"The history is damaged ({first[0]}). Your recordings are in {self._recordings}."
            )

    def _trouble(self, task: str, error: Exception) -> UserError:
        return UserError(
            f"The history cannot be {task} ({self._path}: {error}). Your recordings are untouched, in "
            f"{self._recordings}."
        )
