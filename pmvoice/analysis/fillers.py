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
    REPETITION = "repetition"


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler: ``words[first : last + 1]`` of the transcript, and its place in the recording."""

    kind: FillerKind
    text: str
    start_seconds: float
    end_seconds: float
    first: int
    last: int
    by_person: bool = False  # marked by the person, not found by the rules


_FILLED_PAUSE = re.compile(r"(u+m+|u+h+|u+h+m+|e+r+m*|h+m+|m+h+m+|m{2,}|a+h+|e+h+)(-\1)*")
_AROUND_WORDS = " .,;:!?\"'()[]…-–—“”‘%"  # noqa: RUF001


def plain(text: str) -> str:
    """A word without its punctuation and in small letters: 'Um,' -> 'um'."""
    return text.replace("’", "'").strip(_AROUND_WORDS).casefold()  # noqa: RUF001


def is_filled_pause(text: str) -> bool:
    """Whether a word, as heard, is one of the sounds of hesitation ('ER' in capitals is not)."""
    core = text.strip(_AROUND_WORDS)
    return not (core.isupper() and len(core) > 1) and _FILLED_PAUSE.fullmatch(core.casefold()) is not None


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
    """The words with what the rules ask about: plain forms, hesitations, and where a break is.

    A break is punctuation, a hesitation, or the beginning or end of all.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.plain = [plain(word.text) for word in words]
        self.hesitates = [
            is_filled_pause(word.text) and not (place and self.plain[place - 1].isdigit())  # '5 mm'
            for place, word in enumerate(words)
        ]
        self._signs = [word.text[-1:] if word.text[-1:] in ",.;:?!…-–—" else "" for word in words]  # noqa: RUF001

    def at(self, place: int) -> str:
        return self.plain[place] if 0 <= place < len(self.plain) else ""

    def breaks_after(self, place: int) -> bool:
        return place >= len(self.plain) - 1 or bool(self._signs[place]) or self.hesitates[place + 1]

    def breaks_before(self, place: int) -> bool:
        return place <= 0 or bool(self._signs[place - 1]) or self.hesitates[place - 1]

    def ends_sentence(self, place: int) -> bool:
        return place >= len(self.plain) - 1 or self._signs[place] in (".", "?", "!")

    def before(self, place: int, steps: int = 1) -> str:
        """The word so many steps before this one, hesitations left out."""
        while steps and place > 0:
            place -= 1
            steps -= not self.hesitates[place]
        return "" if steps else self.plain[place]

    def clause_before(self, place: int) -> list[str]:
        """The words from the last break up to this one."""
        start = place
        while not self.breaks_before(start):
            start -= 1
        return self.plain[start:place]


_Rule = Callable[[_Context, int], bool]


def _filler_at(context: _Context, place: int) -> tuple[int, FillerKind | None]:
    """How many words from ``place`` on belong together, and the kind of filler that they are."""
    if context.hesitates[place]:
        return 1, FillerKind.FILLED_PAUSE
    for phrase, is_filler in _PHRASES:
        if all(context.at(place + n) == part for n, part in enumerate(phrase)) and is_filler(context, place):
            return len(phrase), FillerKind.FILLER_PHRASE
    return 1, None


def _always(context: _Context, place: int) -> bool:
    return True


def _set_off(context: _Context, place: int) -> bool:
    return context.breaks_before(place) and context.breaks_after(place)


def _you_know(context: _Context, place: int) -> bool:
    """Set off by a break after it; 'do you know', 'as you know,', 'people you know,' are about knowing."""
    if not context.breaks_after(place + 1):
        return False
    return context.breaks_before(place) or context.at(place - 1) not in _BEFORE_KNOWING


_BEFORE_KNOWING = {
    *("do", "did", "don't", "didn't", "if", "as", "let", "that", "what", "how", "when", "would", "should"),
    *("before", "unless", "once", "until", "because", "sure", "people", "who", "someone", "everyone"),
    *("everything", "anything", "all", "more", "well", "things", "already"),
}


def _i_mean(context: _Context, place: int) -> bool:
    """'I mean, ...' or 'I mean we ...' at the head of a clause; 'what I mean', 'I mean it.' mean it."""
    if context.breaks_after(place + 1):
        return context.breaks_before(place) or context.at(place - 1) not in {"what", "which", "how"}
    following = context.at(place + 2)
    if following in {"it", "this"} and context.breaks_after(place + 2):
        return False
    return context.breaks_before(place) and following not in {"to", "that", "by", "what", "well", "business"}


def _kind_of(context: _Context, place: int) -> bool:
    """'a kind of', 'what sort of', 'a better kind of', 'three kind of' name a sort of thing."""
    before, earlier = context.before(place), context.before(place, 2)
    return not (before in _BEFORE_A_SORT or before.isdigit() or earlier in _DETERMINERS)


_DETERMINERS = {
    *("a", "an", "the", "this", "that", "these", "those", "what", "which", "some", "any", "every", "each"),
    *("no", "another", "his", "her", "our", "their", "my", "your", "whatever", "one"),
}
_BEFORE_A_SORT = _DETERMINERS | {
    *("two", "three", "four", "five", "other", "same", "different", "certain", "new", "right", "wrong"),
    *("only", "all", "best", "first", "special", "similar", "particular", "specific", "many", "few"),
}


def _like(context: _Context, place: int) -> bool:
    """'like' between breaks, after a 'be' that quotes, or before a figure; not the verb, not 'such as'."""
    if context.ends_sentence(place):  # 'what it is like.'
        return False
    if context.breaks_after(place):
        asks = {"what", "how"} & set(context.clause_before(place))
        return context.breaks_before(place) or (context.at(place - 1) in _BEFORE_LIKE and not asks)
    before_figure = context.at(place - 1) in _BEFORE_FIGURES or context.breaks_before(place)
    return before_figure and _is_figure(context, place + 1)


def _is_figure(context: _Context, place: int) -> bool:
    word = context.at(place)
    if word in {"a", "an"}:
        return context.at(place + 1) in {"week", "month", "year", "day", "hour", "minute", "lot", "million"}
    return word.replace(",", "").replace(".", "").isdigit() or word in _NUMBERS


_BEFORE_LIKE = {
    *("am", "is", "was", "were", "be", "it's", "i'm", "he's", "she's", "we're", "they're", "that's", "just"),
    *("and", "but", "so", "with", "by", "in", "for", "of", "to", "the", "a", "or", "because"),
}
_BEFORE_FIGURES = {
    *("with", "by", "in", "for", "within", "after", "at", "over", "to", "from", "of", "only", "about"),
    *("was", "were", "is", "had", "have", "has", "took", "takes", "take", "spent", "got", "lost", "cost"),
}
_NUMBERS = {
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"),
    *("half", "thousand", "million"),
}


_PHRASES: tuple[tuple[tuple[str, ...], _Rule], ...] = (
    (("you", "know"), _you_know),
    (("i", "mean"), _i_mean),
    (("sort", "of"), _kind_of),
    (("kind", "of"), _kind_of),
    (("basically",), _always),
    (("actually",), _always),
    (("literally",), _always),
    (("honestly",), _set_off),
    (("like",), _like),
)
