"""Figures in words, the same in the window and in the terminal."""

from __future__ import annotations

from datetime import datetime, timedelta

from pmvoice.analysis.feedback import Feedback
from pmvoice.analysis.fillers import FillerKind


def clock(seconds: float) -> str:
    """A length as people say it: 94.2 -> '1:34'."""
    whole = int(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02d}"


def day_and_time(moment: datetime, now: datetime) -> str:
    """A moment as people say it: 'today, 20:14', 'yesterday, 20:14', '3 November, 20:14'. Local time."""
    local, today = moment.astimezone(), now.astimezone().date()
    if local.date() == today:
        day = "today"
    elif local.date() == today - timedelta(days=1):
        day = "yesterday"
    else:
        year = "" if local.year == today.year else f" {local.year}"
        day = f"{local.day} {local:%B}{year}"
    return f"{day}, {local:%H:%M}"


def summary(feedback: Feedback) -> list[str]:
    """The numbers in words, the most telling first: '0:47 long', '0:40 speaking', '148 words a minute'."""
    delivery = feedback.delivery
    parts = [f"{clock(delivery.duration_seconds)} long", f"{clock(delivery.speaking_seconds)} speaking"]
    if delivery.words_per_minute is not None:
        parts.append(f"{delivery.words_per_minute:.0f} words a minute")
    if delivery.response_delay_seconds is not None:
        parts.append(f"first word after {delivery.response_delay_seconds:.1f} s")
    parts.append(filler_count_text(feedback))
    parts.append(plural(len(delivery.pauses), "pause"))
    return parts


def filler_count_text(feedback: Feedback) -> str:
    """'5 fillers (3 um/uh, 2 phrases)'."""
    total = plural(len(feedback.fillers), "filler")
    if not feedback.fillers:
        return total
    pauses = feedback.count(FillerKind.FILLED_PAUSE)
    return f"{total} ({pauses} um/uh, {plural(feedback.count(FillerKind.FILLER_PHRASE), 'phrase')})"


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
