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
    # The index of words keeps the texts too: to take an answer out again, it needs only the answer's number.
    # Triggers hold it in step within the very write that changes an attempt. The prefixes of one and two
    # letters spare a search that has just begun the joining of thousands of words.
    """
    CREATE VIEW attempts_as_text AS
        SELECT id, question, (
            SELECT group_concat(json_extract(value, '$.text'), ' ')
            FROM json_each(CASE WHEN json_valid(transcript) THEN transcript END, '$.words')
        ) AS said
        FROM attempts;
    CREATE VIRTUAL TABLE attempt_texts USING fts5 (
        question, said, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'
    );
    INSERT INTO attempt_texts (rowid, question, said) SELECT id, question, said FROM attempts_as_text;
    CREATE TRIGGER attempt_texts_on_insert AFTER INSERT ON attempts BEGIN
        INSERT INTO attempt_texts (rowid, question, said)
            SELECT id, question, said FROM attempts_as_text WHERE id = new.id;
    END;
    CREATE TRIGGER attempt_texts_on_update AFTER UPDATE OF question, transcript ON attempts
    WHEN new.question IS NOT old.question OR new.transcript IS NOT old.transcript BEGIN
        DELETE FROM attempt_texts WHERE rowid = old.id;
        INSERT INTO attempt_texts (rowid, question, said)
            SELECT id, question, said FROM attempts_as_text WHERE id = new.id;
    END;
    CREATE TRIGGER attempt_texts_on_delete AFTER DELETE ON attempts BEGIN
        DELETE FROM attempt_texts WHERE rowid = old.id;
    END;
    """,
    # Transcripts are long and stand within the rows, so what is asked of all attempts is answered from these.
    """
    CREATE INDEX attempts_by_time ON attempts (recorded_at, id, session_id, duration_seconds);
    CREATE INDEX attempts_without_length ON attempts (id) WHERE duration_seconds = 0;
    DROP INDEX attempts_by_question;
    CREATE INDEX attempts_by_question ON attempts (question_id, duration_seconds);
    """,
)
