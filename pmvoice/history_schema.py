"""The tables of the history, and how those of an older version become today's."""

from __future__ import annotations

# Each entry leads from the version that is its index to the next; ``PRAGMA user_version`` counts them.
MIGRATIONS = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY,
        started_at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE attempts (
        id INTEGER PRIMARY KEY,
        session_id INTEGER NOT NULL REFERENCES sessions (id),
        question_id INTEGER,
        area TEXT NOT NULL,
        question TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        recording TEXT NOT NULL UNIQUE,
        duration_seconds REAL NOT NULL,
        transcript TEXT,
        speaking_seconds REAL,
        words_per_minute REAL,
        filler_count INTEGER,
        fillers_per_minute REAL
    ) STRICT;
    CREATE INDEX attempts_by_question ON attempts (question_id);
    """,
    """
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY,
        attempt_id INTEGER NOT NULL REFERENCES attempts (id) ON DELETE CASCADE,
        verdict TEXT NOT NULL,
        kind TEXT NOT NULL,
        start_seconds REAL NOT NULL,
        end_seconds REAL NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX corrections_by_attempt ON corrections (attempt_id);
    """,
)
