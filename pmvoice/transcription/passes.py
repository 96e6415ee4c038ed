"""Several readings of the same piece made into one.

Led by a hesitant text, Whisper writes down hesitations and repetitions that it leaves out otherwise. But a
reading led so now and then misses a hesitation that another finds, takes a word for one, or loses a clause.
Each rule here answers one of these failures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from pmvoice.analysis.hesitations import plain
from pmvoice.transcription.heard import HeardWord
from pmvoice.transcription.vocabulary import is_term

# A clause that only the unled reading has is put back where the model is sure of it and there is time for it.
LOST_WORDS = 2
SURE_PROBABILITY = 0.5
SHORTEST_WORD_SECONDS = 0.08

# Two readings mean the same hesitation when no more than this lies between its places in them.
SAME_PLACE_SECONDS = 0.3
# Where they disagree between a hesitation and a word, it has to sound like a hesitation for so long; where
# only one that does not lead has it, and the others have nothing, for a moment at least.
STEADY_SECONDS, STEADY_MOMENT_SECONDS = 0.1, 0.03

# A term is written down as so many words at most by a reading that was not led to it.
TERM_WORDS = 4
ALIKE, SOMEWHAT_ALIKE = 0.7, 0.5  # of 1

SteadySeconds = Callable[[float, float], float]


def combined(
    verbatim: Sequence[HeardWord],
    others: Sequence[Sequence[HeardWord]],
    unled: Sequence[HeardWord],
    steady_seconds: SteadySeconds,
) -> list[HeardWord]:
    """One reading of several: those led to be verbatim, the first of them leading, and one not led.

    The first, with the hesitations that only others have, without those that only it has and that do not
    sound like one, and with the clauses put back that the unled one has.
    """
    words = _without_doubtful(verbatim, others, steady_seconds)
    for other in others:
        words = _with_missed(words, other, steady_seconds)
    return list(_forward(_with_lost_clauses(words, [word for word in unled if not word.is_filled_pause])))


def with_terms(
    words: Sequence[HeardWord], for_terms: Sequence[HeardWord], unled: Sequence[HeardWord]
) -> list[HeardWord]:
    """The words with the terms of the trade that only a reading has that was led to them.

    It hears them in other words, too ('key' as KPI): the words must be spelled like the term, more so where
    the reading that was not led has them as well.
    """
    spoken, theirs = _spoken(words), _spoken(for_terms)
    agreed = {
        first
        for first, last, their_first, their_last in _opposite(words, unled)
        if last - first == their_last - their_first == 1
        and plain(words[spoken[first]].text) == plain(unled[_spoken(unled)[their_first]].text)
    }
    result = list(words)
    for first, last, their_first, their_last in reversed(list(_opposite(words, for_terms))):
        instead = [for_terms[place] for place in theirs[their_first:their_last]]
        ours = spoken[first:last]
        if not ours or ours[-1] - ours[0] >= len(ours):  # there is a hesitation between
            continue
        if not any(is_term(word.text) for word in instead):
            continue
        likeness = _likeness([words[place] for place in ours], instead)
        if likeness >= (ALIKE if agreed.issuperset(range(first, last)) else SOMEWHAT_ALIKE):
            result[ours[0] : ours[-1] + 1] = instead
    return list(_forward(result))


def _likeness(words: Sequence[HeardWord], others: Sequence[HeardWord]) -> float:
    """How alike words are in their letters, from 0 to 1, those that sound the same taken for the same."""
    one, other = (
        re.sub(r"(.)\1", r"\1", "".join(plain(word.text) for word in each).translate(_SAME_SOUND))
        for each in (words, others)
    )
    return SequenceMatcher(None, one, other, False).ratio()


_SAME_SOUND = str.maketrans({"c": "k", "q": "k", "g": "j", "z": "s", "-": None, "'": None, ".": None})


def _opposite(words: Sequence[HeardWord], other: Sequence[HeardWord]) -> Iterator[tuple[int, int, int, int]]:
    """Where two readings are of the same length or differ: first and last spoken word of both, each."""
    ours = [plain(words[place].text) for place in _spoken(words)]
    theirs = [plain(other[place].text) for place in _spoken(other)]
    for kind, first, last, their_first, their_last in SequenceMatcher(
        None, ours, theirs, False
    ).get_opcodes():
        if kind == "equal":
            for step in range(last - first):
                yield first + step, first + step + 1, their_first + step, their_first + step + 1
        elif last - first <= TERM_WORDS and their_last - their_first <= TERM_WORDS:
            yield first, last, their_first, their_last


def _without_doubtful(
    words: Sequence[HeardWord], others: Sequence[Sequence[HeardWord]], steady_seconds: SteadySeconds
) -> list[HeardWord]:
    """The words without the hesitations that all others take for a word, and that do not sound like one."""
    places = [_places_in(words, other) for other in others]
    return [
        word
        for number, word in enumerate(words)
        if not word.is_filled_pause
        or any(_near(word, other) for other in others)
        or any(place[number] is not None for place in places)
        or steady_seconds(word.start_seconds, word.end_seconds) >= STEADY_SECONDS
    ]


def _with_missed(
    words: Sequence[HeardWord], other: Sequence[HeardWord], steady_seconds: SteadySeconds
) -> list[HeardWord]:
    """The words with the hesitations that only the other reading has."""
    places = _places_in(other, words)
    result = list(words)
    for place, word in reversed(list(enumerate(other))):
        if not word.is_filled_pause or _near(word, words):
            continue
        target = places[place]
        wanted = STEADY_SECONDS if target is None else STEADY_MOMENT_SECONDS
        if steady_seconds(word.start_seconds, word.end_seconds) >= wanted:
            if target is None:
                target = sum(each.start_seconds < word.start_seconds for each in words)
            result.insert(target, word)
    return result


def _near(word: HeardWord, reading: Sequence[HeardWord]) -> bool:
    """Whether the reading has a hesitation at the place of this one."""
    return any(
        min(word.end_seconds, each.end_seconds) - max(word.start_seconds, each.start_seconds)
        > -SAME_PLACE_SECONDS
        for each in reading
        if each.is_filled_pause
    )


def _places_in(reading: Sequence[HeardWord], other: Sequence[HeardWord]) -> dict[int, int | None]:
    """For each hesitation of a reading, where it would stand in the other.

    ``None`` where the other has one word more there, so that it takes the hesitation for a word.
    """
    spoken, theirs = _spoken(reading), _spoken(other)
    before: list[tuple[int, int]] = [
        (0, 0)
    ]  # for each place between spoken words, the last they agree on ...
    after = [(len(spoken), len(theirs))] * (len(spoken) + 1)  # ... and the next, as the places of both
    blocks = SequenceMatcher(
        None, [plain(reading[n].text) for n in spoken], [plain(other[n].text) for n in theirs], False
    ).get_matching_blocks()
    agreed = {block.a + step: block.b + step for block in blocks for step in range(block.size)}
    for place in range(len(spoken)):
        before.append((place + 1, agreed[place] + 1) if place in agreed else before[-1])
    for place in reversed(range(len(spoken))):
        after[place] = (place, agreed[place]) if place in agreed else after[place + 1]
    places: dict[int, int | None] = {}
    count = 0
    for number, word in enumerate(reading):
        if not word.is_filled_pause:
            count += 1
            continue
        (our_first, their_first), (our_last, their_last) = before[count], after[count]
        if their_last - their_first > our_last - our_first:
            places[number] = None
        else:
            between = (other[n].start_seconds < word.start_seconds for n in theirs[their_first:their_last])
            target = their_first + sum(between)
            places[number] = theirs[target] if target < len(theirs) else len(other)
    return places


def _spoken(reading: Sequence[HeardWord]) -> list[int]:
    return [place for place, word in enumerate(reading) if not word.is_filled_pause]


def _with_lost_clauses(words: Sequence[HeardWord], unled: Sequence[HeardWord]) -> list[HeardWord]:
    """The words with the clauses put back that only the reading has that was not led."""
    spoken = _spoken(words)
    ours = [plain(words[place].text) for place in spoken]
    theirs = [plain(word.text) for word in unled]
    result: list[HeardWord] = []
    done = 0
    for kind, first, last, their_first, their_last in SequenceMatcher(
        None, ours, theirs, False
    ).get_opcodes():
        lost = unled[their_first:their_last]
        if kind not in ("insert", "replace") or not _is_lost_clause(lost, last - first):
            continue
        until = spoken[first] if first < len(spoken) else len(words)
        result += words[done:until]
        done = spoken[last - 1] + 1 if last > first else until
        result += lost
    return [*result, *words[done:]]


def _is_lost_clause(lost: Sequence[HeardWord], instead: int) -> bool:
    """Whether words of one reading are missing in another, which has only so many in their place."""
    if len(lost) < instead + LOST_WORDS:
        return False
    seconds = lost[-1].end_seconds - lost[0].start_seconds
    sure = sum(word.probability for word in lost) / len(lost)
    return sure >= SURE_PROBABILITY and seconds >= SHORTEST_WORD_SECONDS * len(lost)


def _forward(words: Sequence[HeardWord]) -> Iterator[HeardWord]:
    """The words with times that never run backwards, where two readings disagree about a boundary."""
    now = 0.0
    for word in words:
        start = max(word.start_seconds, now)
        now = max(word.end_seconds, start)
        yield replace(word, start_seconds=start, end_seconds=now)
