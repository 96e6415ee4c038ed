"""What was heard beside what was said: words by edit distance, events by time.

A filled pause (um, uh, er ...) is aligned with a filled pause or with nothing, never with a word: an 'um'
heard as 'and' is one missed filled pause and one word too many. Which sound of hesitation was written
does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pmvoice.transcript import Span

# Spelled out here and not taken from the program, which is what is measured.
FILLED_PAUSES = frozenset(
    ("um", "umm", "uhm", "uh", "uhh", "er", "err", "erm", "hmm", "hm", "mhm", "mm", "mmm", "ah", "ahh", "eh")
)
PAUSE = "<filled pause>"
TOLERANCE_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Pair:
    """A place in what was said beside a place in what was heard; ``None`` where there is none."""

    said: int | None
    heard: int | None


def align(said: Sequence[str], heard: Sequence[str]) -> list[Pair]:
    """The cheapest way from one list of words to the other, in order.

    Another word, a word too few and a word too many cost 1 each; filled pauses are given as ``PAUSE``,
    which stands beside ``PAUSE`` or nothing. Of equally cheap ways, the one with the most equal words.
    """
    rows, columns = len(said) + 1, len(heard) + 1
    # One number a cell: the cost, then (in thousandths of it) what was given up in equal words.
    small = 1e-4
    cost = [[float(column) for column in range(columns)]]
    for row in range(1, rows):
        above, line = cost[-1], [float(row)]
        word = said[row - 1]
        for column in range(1, columns):
            other = heard[column - 1]
            if word == other:
                beside = above[column - 1] - small
            elif PAUSE in (word, other):
                beside = float("inf")
            else:
                beside = above[column - 1] + 1
            line.append(min(beside, above[column] + 1, line[-1] + 1))
        cost.append(line)
    pairs: list[Pair] = []
    row, column = rows - 1, columns - 1
    while row or column:
        here = cost[row][column]
        if row and column:
            equal = said[row - 1] == heard[column - 1]
            allowed = equal or PAUSE not in (said[row - 1], heard[column - 1])
            step = -small if equal else 1
            if allowed and abs(cost[row - 1][column - 1] + step - here) < small / 2:
                row, column = row - 1, column - 1
                pairs.append(Pair(row, column))
                continue
        if row and abs(cost[row - 1][column] + 1 - here) < small / 2:
            row -= 1
            pairs.append(Pair(row, None))
        else:
            column -= 1
            pairs.append(Pair(None, column))
    return pairs[::-1]


def edits(said: Sequence[str], heard: Sequence[str], pairs: Sequence[Pair]) -> list[tuple[str, str]]:
    """Where the two differ: (said, heard), with '' for a word too many or too few."""
    return [
        ("" if pair.said is None else said[pair.said], "" if pair.heard is None else heard[pair.heard])
        for pair in pairs
        if pair.said is None or pair.heard is None or said[pair.said] != heard[pair.heard]
    ]


def match_events(
    true: Sequence[Span], found: Sequence[Span], tolerance: float = TOLERANCE_SECONDS
) -> list[tuple[int, int]]:
    """The most pairs (true, found) in order of time, one to one.

    Two events may be a pair where their stretches overlap or lie no more than ``tolerance`` seconds apart.
    """
    best = [[0] * (len(found) + 1) for _ in range(len(true) + 1)]
    for row in range(len(true) - 1, -1, -1):
        for column in range(len(found) - 1, -1, -1):
            skipped = max(best[row + 1][column], best[row][column + 1])
            matched = best[row + 1][column + 1] + 1 if apart(true[row], found[column]) <= tolerance else 0
            best[row][column] = max(skipped, matched)
    pairs, row, column = [], 0, 0
    while row < len(true) and column < len(found):
        is_pair = apart(true[row], found[column]) <= tolerance
        if is_pair and best[row][column] == best[row + 1][column + 1] + 1:
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            row += 1
        else:
            column += 1
    return pairs


def apart(one: Span, other: Span) -> float:
    """The seconds between two stretches; 0 where they overlap."""
    return max(one.start_seconds - other.end_seconds, other.start_seconds - one.end_seconds, 0.0)
