"""A transcript's words with what the rules ask about them: plain forms, breaks, neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pmvoice.analysis.hesitations import is_filled_pause, plain
from pmvoice.analysis.word_classes import CONJUNCTIONS
from pmvoice.transcript import Word

BREAK_SECONDS = 0.25  # a silence this long between two words is a break, with a comma or without
_LONGEST_CLAUSE = 12  # words that are looked back on: keeps the work linear


class Context:
    """The words of one answer.

    A break is punctuation, a silence, a hesitation, or the beginning or end of all.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.texts = [word.text for word in words]
        self.plain = [plain(text) for text in self.texts]
        self.hesitates = [
            is_filled_pause(text) and not (place and self._is_measure(place))
            for place, text in enumerate(self.texts)
        ]
        self._signs = [text[-1:] if text[-1:] in ",.;:?!…-–—" else "" for text in self.texts]  # noqa: RUF001
        self._silent = [
            after.start_seconds - before.end_seconds >= BREAK_SECONDS for before, after in pairwise(words)
        ]

    def _is_measure(self, place: int) -> bool:
        """Whether 'mm' is millimetres: '5 mm', '2.5 mm'."""
        return self.plain[place] == "mm" and self.plain[place - 1].replace(".", "").replace(",", "").isdigit()

    def at(self, place: int) -> str:
        return self.plain[place] if 0 <= place < len(self.plain) else ""

    def sign_after(self, place: int) -> str:
        return self._signs[place] if 0 <= place < len(self._signs) else ""

    def breaks_after(self, place: int) -> bool:
        if place >= len(self.plain) - 1:
            return True
        return bool(self._signs[place]) or self.hesitates[place + 1] or self._silent[place]

    def breaks_before(self, place: int) -> bool:
        if place <= 0:
            return True
        return bool(self._signs[place - 1]) or self.hesitates[place - 1] or self._silent[place - 1]

    def ends_sentence(self, place: int) -> bool:
        if place >= len(self.plain) - 1:
            return True
        text = self.texts[place]
        return self._signs[place] in (".", "?", "!") and not text.endswith("..")

    def starts_sentence(self, place: int) -> bool:
        return place <= 0 or self.ends_sentence(place - 1)

    def opens_clause(self, place: int) -> bool:
        """Whether a clause begins here: after a break or a conjunction."""
        return self.breaks_before(place) or self.at(place - 1) in CONJUNCTIONS

    def before(self, place: int, steps: int = 1) -> str:
        """The word so many steps before this one, hesitations left out."""
        while steps and place > 0:
            place -= 1
            steps -= not self.hesitates[place]
        return "" if steps else self.plain[place]

    def clause_before(self, place: int) -> list[str]:
        """The words from the last break up to this one, a dozen at most."""
        start = place
        while not self.breaks_before(start) and place - start < _LONGEST_CLAUSE:
            start -= 1
        return self.plain[start:place]

    def sentence_before(self, place: int) -> list[str]:
        """The words of the sentence up to this one, a dozen at most."""
        start = place
        while not self.starts_sentence(start) and place - start < _LONGEST_CLAUSE:
            start -= 1
        return self.plain[start:place]
