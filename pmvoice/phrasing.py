"""Times and counts as people say them: the part of the wording that knows nothing of answers."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def clock(seconds: float) -> str:
    """A length as people say it: 94.2 -> '1:34'."""
    whole = int(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02d}"


def moment(seconds: float) -> str:
    """A place in a recording, to the tenth: 12.34 -> '0:12.3'."""
    tenths = int(10 * seconds + 0.5)
    return f"{tenths // 600}:{tenths % 600 / 10:04.1f}"


def day_and_time(when: datetime, now: datetime) -> str:
    """A moment as people say it: 'today, 20:14', 'yesterday, 20:14', '3 November, 20:14'. Local time."""
    local, today = when.astimezone(), now.astimezone().date()
    if local.date() == today:
        name = "today"
    elif local.date() == today - timedelta(days=1):
        name = "yesterday"
    else:
        year = "" if local.year == today.year else f" {local.year}"
        name = f"{local.day} {local:%B}{year}"
    return f"{name}, {local:%H:%M}"


def day(when: date) -> str:
    """A date in full: '23 November 2026'."""
    return f"{when.day} {when:%B} {when.year}"


def plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
