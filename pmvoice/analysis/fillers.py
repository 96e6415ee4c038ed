"""Fillers in what was said: filled pauses (um, uh, er, hmm, ah) and filler phrases (you know, like ...).

A filler phrase is words that could be left out. Many have another use, in which they carry meaning
('what kind of', 'I would like', 'do you know'); the rules below look at the neighbours and count only
what reads as filler. When in doubt they do not count: a candidate should be able to trust each mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from pmvoice.transcript import Word


class FillerKind(Enum):
    FILLED_PAUSE = "filled_pause"
    FILLER_PHRASE = "filler_phrase"


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler: ``words[first : last + 1]`` of the transcript, and its place in the recording."""

    kind: FillerKind
    text: str
    start_seconds: float
    end_seconds: float
    first: int
    last: int


_FILLED_PAUSE = re.compile(r"(u+m+|u+h+|u+h+m+|e+r+m*|h+m+|m+h+m+|m{2,}|a+h+|e+h+)(-\1)*")


def plain(text: str) -> str:
    """A word without its punctuation and in small letters: 'Um,' -> 'um'."""
    return text.casefold().replace("’", "'").strip(".,;:!?\"'()[]…-–—")  # noqa: RUF001


def is_filled_pause(text: str) -> bool:
    """Whether a word, as heard, is one of the sounds of hesitation."""
    return _FILLED_PAUSE.fullmatch(plain(text)) is not None


def find_fillers(words: Sequence[Word]) -> tuple[Filler, ...]:
    """All fillers in the order in which they were said; no word belongs to two."""
    context = _Context(words)
    fillers: list[Filler] = []
    place = 0
    while place < len(words):
        length, kind = _filler_at(context, place)
        if kind is not None:
            piece = words[place : place + length]
            text = " ".join(context.plain[place : place + length])
            last = place + length - 1
            fillers.append(Filler(kind, text, piece[0].start_seconds, piece[-1].end_seconds, place, last))
        place += length
    return tuple(fillers)


class _Context:
    """The words with what the rules ask about: plain forms, and where commas and stops are."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.plain = [plain(word.text) for word in words]
        self._ends = [word.text[-1:] in ",.;:?!…-–—" for word in words]  # noqa: RUF001

    def at(self, place: int) -> str:
        return self.plain[place] if 0 <= place < len(self.plain) else ""

    def breaks_after(self, place: int) -> bool:
        """Whether punctuation, or the end, follows the word; a hesitation beside it is one too."""
        return (
            not 0 <= place < len(self.plain) - 1 or self._ends[place] or is_filled_pause(self.at(place + 1))
        )

    def breaks_before(self, place: int) -> bool:
        return place <= 0 or self._ends[place - 1] or is_filled_pause(self.at(place - 1))


_Rule = Callable[[_Context, int], bool]


def _filler_at(context: _Context, place: int) -> tuple[int, FillerKind | None]:
    """How many words from ``place`` on belong together, and the kind of filler that they are."""
    if _FILLED_PAUSE.fullmatch(context.at(place)):
        return 1, FillerKind.FILLED_PAUSE
    for phrase, is_filler in _PHRASES:
        if all(context.at(place + n) == part for n, part in enumerate(phrase)) and is_filler(context, place):
            return len(phrase), FillerKind.FILLER_PHRASE
    return 1, None


def _always(context: _Context, place: int) -> bool:
    return True


def _you_know(context: _Context, place: int) -> bool:
    """'do you know', 'as you know', 'you know what/how/that ...' are about knowing."""
    if context.at(place - 1) in _BEFORE_KNOWING and not context.breaks_before(place):
        return False
    return context.breaks_after(place + 1) or context.at(place + 2) not in _WHAT_IS_KNOWN


_BEFORE_KNOWING = {
    *("do", "did", "don't", "didn't", "if", "as", "let", "that", "what", "how", "when", "would", "before"),
}
_WHAT_IS_KNOWN = {
    *("what", "how", "why", "who", "where", "which", "that", "about", "the", "your", "it", "this", "them"),
}


def _i_mean(context: _Context, place: int) -> bool:
    """'what I mean is', 'I mean that' explain."""
    if context.at(place - 1) in {"what", "which", "by", "how"} and not context.breaks_before(place):
        return False
    return context.breaks_after(place + 1) or context.at(place + 2) not in {"that", "by", "business"}


def _kind_of(context: _Context, place: int) -> bool:
    """'a kind of', 'what sort of', 'one kind of customer', 'different kinds of' name a sort of thing."""
    return context.breaks_before(place) or context.at(place - 1) not in _BEFORE_A_SORT


_BEFORE_A_SORT = {
    *("a", "an", "the", "this", "that", "these", "those", "what", "which", "some", "any", "one", "two"),
    *("every", "each", "no", "another", "other", "same", "different", "certain", "new", "right", "wrong"),
    *("only", "all", "his", "her", "our", "their", "my", "your", "whatever", "best", "first", "special"),
}


def _like(context: _Context, place: int) -> bool:
    """'like' between breaks, after a 'be' that quotes, or before a figure; not the verb, not 'such as'."""
    before, after = context.at(place - 1), context.at(place + 1)
    if context.breaks_before(place) and context.breaks_after(place):
        return True
    if context.breaks_after(place):  # 'it's like, hard'; but 'what they like, ...' is the verb
        return before in {"was", "is", "it's", "were", "be", "just", "and", "but", "so", "with", "that's"}
    return after in _NUMBERS and before not in _BEFORE_LIKING


_BEFORE_LIKING = {
    *("i", "we", "you", "they", "would", "i'd", "we'd", "you'd", "they'd", "not", "don't", "didn't"),
    *("look", "looks", "looked", "feel", "feels", "felt", "sound", "sounds", "things", "something", "more"),
}


_NUMBERS = {
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "thirty"),
    *("fifty", "hundred", "half", *(str(number) for number in range(2, 101))),
}


def _between_breaks(context: _Context, place: int) -> bool:
    return context.breaks_before(place) and context.breaks_after(place)


_PHRASES: tuple[tuple[tuple[str, ...], _Rule], ...] = (
    (("you", "know"), _you_know),
    (("i", "mean"), _i_mean),
    (("sort", "of"), _kind_of),
    (("kind", "of"), _kind_of),
    (("basically",), _always),
    (("actually",), _always),
    (("literally",), _always),
    (("honestly",), _between_breaks),
    (("like",), _like),
)
