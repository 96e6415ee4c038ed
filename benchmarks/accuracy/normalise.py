"""Words in one form, so that only what was heard differently counts as an error.

Lower case, no punctuation, hyphens as spaces, numbers as digits, one spelling for British and American.
Contractions stay as they are, and no word is ever left out: 'um' remains 'um'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINAL_UNITS = (
    *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth"),
)
_CARDINALS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_ORDINALS = {word: value for value, word in enumerate(_ORDINAL_UNITS)} | {
    word[:-1] + "ieth": 10 * value for value, word in enumerate(_TENS, 2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}

_PHRASES = {
    "yknow": "you know",
    "y'know": "you know",
    "ya'know": "you know",
    "okay": "ok",
    "alright": "all right",
    "anymore": "any more",
    "dropoff": "drop off",
    "tradeoff": "trade off",
}
# Stems, because the endings are the same on both sides of the Atlantic: colour, colours, coloured.
_SPELLINGS = (
    ("colour", "color"), ("favour", "favor"), ("behaviour", "behavior"), ("honour", "honor"),
    ("labour", "labor"), ("neighbour", "neighbor"), ("rumour", "rumor"), ("flavour", "flavor"),
    ("harbour", "harbor"), ("endeavour", "endeavor"), ("centre", "center"), ("theatre", "theater"),
    ("programme", "program"), ("grey", "gray"), ("judgement", "judgment"), ("cancell", "cancel"),
    ("travell", "travel"), ("labell", "label"), ("modell", "model"), ("fulfill", "fulfil"),
    ("catalogue", "catalog"), ("dialogue", "dialog"), ("defence", "defense"), ("licence", "license"),
    ("practis", "practic"), ("sceptic", "skeptic"), ("analys", "analyz"), ("organis", "organiz"),
    ("realis", "realiz"), ("recognis", "recogniz"), ("prioritis", "prioritiz"), ("optimis", "optimiz"),
    ("apologis", "apologiz"), ("emphasis", "emphasiz"), ("summaris", "summariz"), ("utilis", "utiliz"),
    ("customis", "customiz"), ("minimis", "minimiz"), ("maximis", "maximiz"), ("specialis", "specializ"),
    ("generalis", "generaliz"), ("finalis", "finaliz"), ("criticis", "criticiz"),
    ("standardis", "standardiz"),
)  # fmt: skip
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Token:
    """A word in its one form, made of ``words[first : last + 1]`` as they were written."""

    text: str
    first: int
    last: int


def normalise(words: Sequence[str]) -> list[Token]:
    """The words in their one form. 'sixty four percent' and '64%' both give '64', 'percent'."""
    pieces = [Token(text, place, place) for place, word in enumerate(words) for text in _pieces(word) if text]
    return [Token(_spelled(token.text), token.first, token.last) for token in _with_numbers(pieces)]


def normalised(text: str) -> str:
    """A text in its one form."""
    return " ".join(token.text for token in normalise(text.split()))


def _pieces(word: str) -> list[str]:
    """A written word as bare words: '64%' -> '64', 'percent'; 'Twenty-six,' -> 'twenty', 'six'."""
    word = word.translate(_APOSTROPHES).lower()
    word = re.sub(r"(?<=\d),(?=\d{3})", "", word).replace("%", " percent ")
    word = re.sub(r"[$€£](\d[\d.]*)", r"\1 ", word)
    word = re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.' ]|_", " ", word)
    bare = [piece.strip("'") for piece in word.split()]
    return [part for piece in bare for part in _PHRASES.get(piece, piece).split()]


def _with_numbers(pieces: Sequence[Token]) -> list[Token]:
    """Number words as digits: 'twenty', 'six' -> '26'; 'thirtieth' -> '30th'; 'per', 'cent' -> 'percent'."""
    tokens: list[Token] = []
    place = 0
    while place < len(pieces):
        text, length = _number_at([piece.text for piece in pieces[place : place + 8]])
        tokens.append(Token(text, pieces[place].first, pieces[place + length - 1].last))
        place += length
    return tokens


def _number_at(texts: Sequence[str]) -> tuple[str, int]:
    """What the first of these words begins, in its one form, and of how many words it is."""
    if list(texts[:2]) == ["per", "cent"]:
        return "percent", 2
    total, current, used = 0, 0, 0
    room = 1000  # what may still follow must be smaller: 'twenty', 'six', but not 'six', 'five'
    for text in texts:
        if text in _SCALES and used:
            if _SCALES[text] == 100:
                current, room = current * 100, 100
            else:
                total, current, room = total + current * _SCALES[text], 0, 1000
        elif text in _CARDINALS and 0 <= _CARDINALS[text] < room and (used == 0 or _CARDINALS[text]):
            current += _CARDINALS[text]
            room = 10 if _CARDINALS[text] >= 20 else 0
        elif text in _ORDINALS and _ORDINALS[text] < room:
            return _ordinal(total + current + _ORDINALS[text]), used + 1
        else:
            break
        used += 1
    return (str(total + current), used) if used else (texts[0], 1)


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if number % 100 in (11, 12, 13) else endings.get(number % 10, 'th')}"


def _spelled(text: str) -> str:
    for british, american in _SPELLINGS:
        if text.startswith(british):
            return american + text[len(british) :]
    return text
