"""How long a history of 10,000 answers takes to open, and to search: ``python -m benchmarks.history``.

The answers are made of the bank's model answers, transcripts with the times of their words and all, but
without recordings. What is timed ends when the page has been painted.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, QObject, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pmvoice.gui import theme
from pmvoice.gui.history_page import HistoryPage
from pmvoice.history import History
from pmvoice.history_database import Database
from pmvoice.paths import Paths, private_folder
from pmvoice.questions import Bank, Question, load_bank
from pmvoice.transcript import Span, Transcript, Word

ANSWERS = 10_000
ANSWERS_A_SESSION = (1, 2, 3, 4, 5, 5)
WORDS = (250, 400)  # of an answer
WORD_SECONDS = 0.37
FILLER_SHARE, RARE_SHARE = (
    0.04,
    0.01,
)  # of the words: fillers put in, and words that hardly another answer has
RUNS = 5
PAGE_SIZE = (1280, 720)  # of the window as it opens, less its bars
PHRASES = ("t", "the", "the r", "prioritize", "we don't", "um", "customer interviews", "the roadmap", "xyzzy")


def history_table() -> None:
    """Build the history, open and search it on the real page, and print the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(
        lambda *_: None
    )  # Qt's plugin without a screen says with every page what it cannot
    application = QApplication.instance() or QApplication([])
    if not isinstance(application, QApplication):
        raise TypeError("a program without widgets runs already")
    theme.dress(application)
    _until_painted(QLabel("fonts are looked up once a program, not once a page").show)
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.below(Path(folder))
        _build(paths)
        opening_database = _median_seconds(lambda: History(paths).close())
        history = History(paths)
        opening_page = statistics.median(_opening_seconds(history) for _ in range(RUNS))
        home = _median_seconds(lambda: (history.practised(), history.latest_attempt()))
        searching = _searching_seconds(history)
        ratio = _scanning_ratio(history, paths)
        history.close()
    median, worst = statistics.median(searching.values()), max(searching, key=lambda each: searching[each])
    print(f"| history of {ANSWERS:,} answers | seconds |")
    print("|---|---|")
    print(f"| opening the database | {opening_database:.4f} |")
    print(f"| opening the page until it is painted | {opening_page:.4f} |")
    print(f"| what the home page asks | {home:.4f} |")
    print(f"| searching a phrase until the result is painted, median of {len(PHRASES)} | {median:.4f} |")
    print(f"| the same, worst ('{worst}') | {searching[worst]:.4f} |")
    print(f"| the query alone, median, against reading through all texts (`LIKE`) | {ratio:.2f} |")
    print(flush=True)


def _build(paths: Paths) -> None:
    """Written with SQL, because ``History`` would say of all answers that they were given now."""
    History(paths).close()  # makes the folders
    chance, bank = random.Random(1), load_bank()
    sentences = [each for question in bank.questions for each in question.model_answer.split(". ")]
    db = Database(paths.history, private_folder(paths.recordings))
    with db.together():
        for number, (session, began, question) in enumerate(_answers(db, bank, chance)):
            transcript = _transcript(sentences, chance)
            db.write(
                "INSERT INTO attempts (session_id, question_id, area, question, recorded_at, recording,"
                " duration_seconds, transcript, speaking_seconds, words_per_minute, filler_count,"
                " fillers_per_minute) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 150.0, 9, 5.0)",
                (
                    session,
                    question.id,
                    question.area,
                    question.question,
                    began.isoformat(timespec="seconds"),
                    f"{number}.wav",
                    transcript.duration_seconds,
                    msgspec.json.encode(transcript).decode(),
                    0.8 * transcript.duration_seconds,
                ),
            )
    db.close()


def _answers(db: Database, bank: Bank, chance: random.Random) -> Iterator[tuple[int, datetime, Question]]:
    """A session, a time and a question for each answer; a session every day or so, up to now."""
    when = datetime.now(UTC) - timedelta(days=ANSWERS / 4)
    left = ANSWERS
    while left:
        when += timedelta(hours=chance.uniform(2, 30))
        started_at = when.isoformat(timespec="seconds")
        session = db.write("INSERT INTO sessions (started_at) VALUES (?)", (started_at,))
        for _ in range(min(left, chance.choice(ANSWERS_A_SESSION))):
            when += timedelta(minutes=3)
            left -= 1
            yield session, when, chance.choice(bank.questions)


def _transcript(sentences: list[str], chance: random.Random) -> Transcript:
    texts: list[str] = []
    length = chance.randint(*WORDS)
    while len(texts) < length:
        for text in chance.choice(sentences).split():
            if chance.random() < FILLER_SHARE:
                texts.append(chance.choice(("Um,", "uh,", "like,")))
            texts.append(text if chance.random() > RARE_SHARE else f"{chance.getrandbits(20):x}")
    words = tuple(
        Word(text, round(place * WORD_SECONDS, 3), round((place + 0.7) * WORD_SECONDS, 3))
        for place, text in enumerate(texts)
    )
    seconds = round(len(words) * WORD_SECONDS, 3)
    speech = tuple(Span(float(start), start + 9.0) for start in range(0, int(seconds) - 10, 10))
    return Transcript(words, speech, seconds, "base")


def _opening_seconds(history: History) -> float:
    """The page is made anew, which a person waits for only at the program's start."""
    made: list[HistoryPage] = []

    def open_page() -> None:
        made.append(HistoryPage(history))
        made[0].resize(*PAGE_SIZE)
        made[0].show()

    seconds = _until_painted(open_page)
    made[0].close()
    return seconds


def _searching_seconds(history: History) -> dict[str, float]:
    """Each phrase, put into the search field of a page that shows all answers."""
    page = HistoryPage(history)
    page.resize(*PAGE_SIZE)
    _until_painted(page.show)
    seconds = {}
    for phrase in PHRASES:
        runs = []
        for _ in range(RUNS):
            page.search.clear()
            QApplication.processEvents()
            runs.append(_until_painted(partial(page.search.setText, phrase)))
        seconds[phrase] = statistics.median(runs)
    page.close()
    return seconds


def _scanning_ratio(history: History, paths: Paths) -> float:
    """The query against the plain way, by which every text is read through; median of the phrases."""
    db = Database(paths.history, paths.recordings)
    scan = "SELECT rowid FROM attempt_texts WHERE question LIKE ?1 OR said LIKE ?1"
    ratio = statistics.median(
        _median_seconds(partial(history.sessions, phrase))
        / _median_seconds(partial(db.rows, scan, (f"%{phrase}%",)))
        for phrase in PHRASES
    )
    db.close()
    return ratio


def _median_seconds(work: Callable[[], object]) -> float:
    return statistics.median(_seconds(work) for _ in range(RUNS))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class _PaintWatcher(QObject):
    """Counts what is painted anywhere in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint and isinstance(watched, QWidget)
        return False


def _until_painted(work: Callable[[], object]) -> float:
    """Seconds of ``work`` and of all painting that follows from it."""
    watcher = _PaintWatcher()
    application = QApplication.instance() or QApplication([])
    application.installEventFilter(watcher)
    began = time.perf_counter()
    work()
    painted = -1
    while watcher.count != painted or not painted:  # until nothing is left to paint
        painted = watcher.count
        QApplication.processEvents()
    seconds = time.perf_counter() - began
    application.removeEventFilter(watcher)
    return seconds


if __name__ == "__main__":
    history_table()
