from datetime import UTC, datetime, timedelta

import pytest

from pmvoice.analysis.feedback import analyse
from pmvoice.analysis.fillers import Filler, FillerKind
from pmvoice.analysis.marking import marked
from pmvoice.phrasing import clock, day_and_time, moment, plural
from pmvoice.wording import mark_text, summary
from tests.fakes import transcript_of


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.4, "0:59"), (59.6, "1:00"), (94.2, "1:34"), (3600, "60:00")]
)
def test_lengths(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_days_as_people_say_them() -> None:
    now = datetime(2026, 11, 23, 21, 0).astimezone()
    assert day_and_time(now - timedelta(hours=1), now) == "today, 20:00"
    assert day_and_time(now - timedelta(hours=22), now) == "yesterday, 23:00"
    assert day_and_time(datetime(2026, 11, 3, 20, 14).astimezone(), now) == "3 November, 20:14"
    assert day_and_time(datetime(2025, 11, 3, 20, 14).astimezone(), now) == "3 November 2025, 20:14"
    assert day_and_time(now.astimezone(UTC), now) == "today, 21:00"


def test_counts() -> None:
    assert plural(1, "pause") == "1 pause"
    assert plural(0, "pause") == "0 pauses"


def test_the_numbers_in_words() -> None:
    parts = summary(analyse(transcript_of("So, um, it was, you know, fine", 0.5)))
    assert parts == [
        *("0:04 long", "0:04 speaking", "103 words a minute", "first word after 0.0 s"),
        *("2 fillers (1 um/uh, 1 phrase)", "0 pauses"),
    ]
    assert summary(analyse(transcript_of("")))[-2:] == ["0 fillers", "0 pauses"]


def test_repetitions_are_named_where_there_are_any() -> None:
    found = analyse(transcript_of("So, um, the the team, you know, shipped"))
    pauses_and_phrases = [each for each in found.fillers if each.kind is not FillerKind.REPETITION]
    assert len(pauses_and_phrases) == 2
    feedback = analyse(found.recognised, marked(found, FillerKind.REPETITION, 2, 2))
    assert "3 fillers (1 um/uh, 1 phrase, 1 repetition)" in summary(feedback)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00.0"), (12.34, "0:12.3"), (59.96, "1:00.0"), (605, "10:05.0")]
)
def test_places(seconds: float, text: str) -> None:
    assert moment(seconds) == text


def test_a_mark_tells_when_and_how_long() -> None:
    found = Filler(FillerKind.FILLED_PAUSE, "um", 12.34, 12.74, 3, 3)
    assert mark_text(found) == "Filled pause · 0:12.3 · 0.4 s long"
    assert mark_text(found, is_rejected=True).startswith("You said this is no filler · Filled pause · 0:12.3")
    own = Filler(FillerKind.REPETITION, "the", 1, 1.2, 3, 3, by_person=True)
    assert mark_text(own) == "Repetition · 0:01.0 · 0.2 s long · marked by you"
