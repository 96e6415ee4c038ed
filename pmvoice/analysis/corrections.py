"""The person's word on the marks, applied to what the rules find.

A correction holds to a place in time, not to a word's number: another transcription has other words at
slightly other times, and the person's word stands for it too. What the person rejected is no filler any
more; what the person marked is one, even where the recogniser now writes nothing down. Then the person's
own word ('um') is put into the transcript that is shown; the one that is kept stays as it was recognised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from pmvoice.analysis.fillers import Filler, FillerKind, is_filled_pause, plain
from pmvoice.transcript import Transcript, Word

NEAR_SECONDS = 0.4  # how far a word's place moves from one transcription to the next
BESIDE_SECONDS = 0.15  # the same for what is told from its neighbours by its place alone
UNHEARD = "um"  # how a filled pause is written that the recogniser left out


class Verdict(Enum):
    REJECTED = "rejected"  # 'that was no filler'
    ADDED = "added"  # 'that was one'


@dataclass(frozen=True, slots=True)
class Correction:
    """What the person said of one place; ``text`` is what stood there, in plain words."""

    verdict: Verdict
    kind: FillerKind
    start_seconds: float
    end_seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A filler that was found and is none, and the correction that says so."""

    filler: Filler
    correction: Correction


@dataclass(frozen=True, slots=True)
class Corrected:
    """A transcript with the person's own words in it, its fillers, and what was rejected."""

    transcript: Transcript
    fillers: tuple[Filler, ...]
    rejections: tuple[Rejection, ...]


_Placed = Correction | Filler | Word
_Words = range  # of the recognised words


def correct(transcript: Transcript, found: Sequence[Filler], corrections: Sequence[Correction]) -> Corrected:
    """Apply the corrections; no word belongs to two marks, and the person's stand before the found."""
    if not corrections:
        return Corrected(transcript, tuple(found), ())
    rejected = _rejected(transcript.words, found, corrections)
    open_marks = [filler for place, filler in enumerate(found) if place not in rejected]
    added = _placed_marks(transcript.words, open_marks, corrections)
    taken = {place for words in added.values() if words for place in words}
    marks = [filler for filler in open_marks if taken.isdisjoint(_words_of(filler))]
    rejections = [
        Rejection(found[place], correction)
        for place, correction in rejected.items()
        if taken.isdisjoint(_words_of(found[place]))
    ]
    unheard = [correction for correction, words in added.items() if not words]
    held = [_words_of(filler) for filler in (*marks, *(each.filler for each in rejections))]
    held += [place for place in added.values() if place]
    words, moved, own = _with_own_words(transcript.words, unheard, held)
    fillers = [_moved(filler, moved) for filler in marks]
    for correction, place in added.items():
        first, last = (moved[place[0]], moved[place[-1]]) if place else own[correction]
        fillers.append(_mark(correction, words, first, last))
    return Corrected(
        replace(transcript, words=tuple(words)),
        tuple(sorted(fillers, key=lambda filler: filler.first)),
        tuple(Rejection(_moved(each.filler, moved), each.correction) for each in rejections),
    )


def _rejected(
    words: Sequence[Word], found: Sequence[Filler], corrections: Sequence[Correction]
) -> dict[int, Correction]:
    """Which of the found (by number) are rejected, and by which correction; one to one, nearest first."""
    rejections = [each for each in corrections if each.verdict is Verdict.REJECTED]
    pairs = sorted(
        (filler.kind is not correction.kind, _distance(filler, correction), place, number)
        for place, filler in enumerate(found)
        for number, correction in enumerate(rejections)
        if _rejects(correction, filler, words)
    )
    matched: dict[int, Correction] = {}
    used: set[int] = set()
    for _, _, place, number in pairs:
        if place not in matched and number not in used:
            matched[place] = rejections[number]
            used.add(number)
    return dict(sorted(matched.items()))


def _rejects(correction: Correction, filler: Filler, words: Sequence[Word]) -> bool:
    """A filler of the same kind near by; one of another kind only in the very same place.

    'That was no filler' is said of a sound. Where another transcription hears it as another kind, it is
    still none; but an 'uh' beside a rejected repetition is a sound of its own. So is an 'um' a little
    further on: one is like the next, and only the place tells which of them was meant.
    """
    if correction.kind is not filler.kind:
        return _covers_half(correction, filler)
    if filler.kind is FillerKind.FILLED_PAUSE:
        return _is_beside(correction, words, _words_of(filler))
    return _gap(correction, filler) <= NEAR_SECONDS


def _placed_marks(
    words: Sequence[Word], found: Sequence[Filler], corrections: Sequence[Correction]
) -> dict[Correction, _Words | None]:
    """Where each added mark lies now; ``None`` where no word stands for it."""
    placed: dict[Correction, _Words | None] = {}
    taken: set[int] = set()
    for correction in corrections:
        if correction.verdict is Verdict.ADDED and correction not in placed:
            same = [filler for filler in found if filler.kind is correction.kind]
            place = _place(correction, words, same, taken)
            placed[correction] = place
            taken.update(place or ())
    return placed


def _place(
    correction: Correction, words: Sequence[Word], same: Sequence[Filler], taken: set[int]
) -> _Words | None:
    """The same words near by, else a mark of its kind that was found there, else what is written there.

    An 'um' that was not written down never takes an ordinary word that the recogniser stretched over it.
    """
    marked = {place for filler in same for place in _words_of(filler)}
    candidates = _same_words(correction, words, marked)
    found_here = [filler for filler in same if _gap(correction, filler) < 0]
    candidates += [_words_of(each) for each in sorted(found_here, key=lambda f: _distance(correction, f))]
    if not is_filled_pause(correction.text):
        candidates += _words_there(correction, words, taken | marked)
    return next((each for each in candidates if taken.isdisjoint(each)), None)


def _same_words(correction: Correction, words: Sequence[Word], marked: set[int]) -> list[_Words]:
    """The runs of words that read as the corrected ones did, nearest first.

    A sound of hesitation is one like the next, and must overlap with the place. A found mark is found on
    its own account: it comes after the unmarked words, and must overlap or lie right beside the place,
    where other words may have moved further.
    """
    parts = correction.text.split()
    runs: list[tuple[bool, float, int]] = []
    for first in range(len(words) - len(parts) + 1 if parts else 0):
        run = range(first, first + len(parts))
        if [plain(words[place].text) for place in run] != parts:
            continue
        whole = _whole(words, run)
        gap, is_marked = _gap(correction, whole), not marked.isdisjoint(run)
        if is_filled_pause(correction.text):
            is_same = gap < 0
        elif is_marked:
            is_same = _is_beside(correction, words, run)
        else:
            is_same = gap < NEAR_SECONDS
        if is_same:
            runs.append((is_marked and gap >= 0, _distance(correction, whole), first))
    return [range(first, first + len(parts)) for _, _, first in sorted(runs)]


def _words_there(correction: Correction, words: Sequence[Word], taken: set[int]) -> list[_Words]:
    """The runs of free words that lie at the place of a correction, the longest first."""
    runs: list[_Words] = []
    for place, word in enumerate(words):
        if place in taken or not _covers_half(correction, word):
            continue
        if runs and runs[-1].stop == place:
            runs[-1] = range(runs[-1].start, place + 1)
        else:
            runs.append(range(place, place + 1))
    return sorted(runs, key=len, reverse=True)


def _with_own_words(
    words: Sequence[Word], unheard: Sequence[Correction], held: Sequence[_Words]
) -> tuple[list[Word], list[int], dict[Correction, tuple[int, int]]]:
    """The words with the person's own put in by time, each old word's new number, and the own words'.

    The words of a mark are ``held`` together: an own word that falls among them comes after them.
    """
    entries: list[tuple[float, int, Word, Correction | None]] = []
    latest = 0.0
    for word in words:
        latest = max(latest, word.start_seconds)  # the recognised words stay in their order
        entries.append((latest, 1, word, None))
    holds = [(entries[place[0]][0], entries[place[-1]][0]) for place in held]
    for correction in unheard:
        after = [last for first, last in holds if first < correction.start_seconds <= last]
        start, order = (max(after), 2) if after else (correction.start_seconds, 0)
        for word in _own_words(correction):
            begins = max(word.start_seconds, start)
            moved_word = Word(word.text, begins, max(word.end_seconds, begins))
            entries.append((start, order, moved_word, correction))
    entries.sort(key=lambda entry: entry[:2])
    shown = [word for _, _, word, _ in entries]
    for place in reversed(range(len(shown) - 1)):
        if entries[place][3] is not None:  # an own word begins no later than the word after it
            begins = min(shown[place].start_seconds, shown[place + 1].start_seconds)
            shown[place] = replace(shown[place], start_seconds=begins)
    moved: list[int] = []
    own: dict[Correction, tuple[int, int]] = {}
    for place, (_, _, _, made_by) in enumerate(entries):
        if made_by is None:
            moved.append(place)
        else:
            own[made_by] = (own.get(made_by, (place, place))[0], place)
    return shown, moved, own


def _own_words(correction: Correction) -> list[Word]:
    text = correction.text
    if not text or (correction.kind is FillerKind.FILLED_PAUSE and not is_filled_pause(text)):
        text = UNHEARD  # what was once written for it is not heard any more
    parts = text.split()
    start, length = correction.start_seconds, (correction.end_seconds - correction.start_seconds) / len(parts)
    return [
        Word(part, start + number * length, start + (number + 1) * length)
        for number, part in enumerate(parts)
    ]


def _mark(correction: Correction, words: Sequence[Word], first: int, last: int) -> Filler:
    """A mark by the person. It has the correction's own times, by which the correction is found again."""
    text = " ".join(plain(word.text) for word in words[first : last + 1])
    start, end = correction.start_seconds, correction.end_seconds
    return Filler(correction.kind, text, start, end, first, last, by_person=True)


def _moved(filler: Filler, moved: Sequence[int]) -> Filler:
    return replace(filler, first=moved[filler.first], last=moved[filler.last])


def _words_of(filler: Filler) -> _Words:
    return range(filler.first, filler.last + 1)


def _whole(words: Sequence[Word], run: _Words) -> Word:
    return Word("", words[run[0]].start_seconds, words[run[-1]].end_seconds)


def _is_beside(correction: Correction, words: Sequence[Word], run: _Words) -> bool:
    """Whether words overlap with a place, or lie so near that nothing else was said in between."""
    whole = _whole(words, run)
    gap = _gap(correction, whole)
    if gap < 0:
        return True
    others = [word for place, word in enumerate(words) if place not in run]
    if whole.start_seconds >= correction.end_seconds:
        is_across = any(correction.start_seconds < o.start_seconds < whole.start_seconds for o in others)
    else:
        is_across = any(whole.end_seconds < o.end_seconds < correction.end_seconds for o in others)
    return gap <= BESIDE_SECONDS and not is_across


def _gap(one: _Placed, other: _Placed) -> float:
    """Seconds from one place to the other; below zero where they overlap (or are the same)."""
    if (one.start_seconds, one.end_seconds) == (other.start_seconds, other.end_seconds):
        return -1.0
    return max(one.start_seconds, other.start_seconds) - min(one.end_seconds, other.end_seconds)


def _covers_half(one: _Placed, other: _Placed) -> bool:
    """Whether they share at least half of the shorter."""
    shorter = min(one.end_seconds - one.start_seconds, other.end_seconds - other.start_seconds)
    return _gap(one, other) <= -shorter / 2


def _distance(one: _Placed, other: _Placed) -> float:
    """Between the middles."""
    return abs(one.start_seconds + one.end_seconds - other.start_seconds - other.end_seconds) / 2
