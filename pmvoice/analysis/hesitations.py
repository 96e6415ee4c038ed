"""The sounds of hesitation (um, uh, er, hmm, ah), and a word as it is compared with others."""

from __future__ import annotations

import re

from pmvoice.transcript import Word

_SOUND = r"(?:u+m+|u+h+|u+h+m+|e+r+m*|h+m+|m{2,}|a+h+|e+h+)"
_FILLED_PAUSE = re.compile(rf"{_SOUND}(?:[-–—,.…]+{_SOUND})*")  # noqa: RUF001
_ANSWER = re.compile(r"m+-?h+m+|h+m+-m+|m+-m+")  # 'mm-hmm' and 'mhm' are a yes, 'mm-mm' is a no
_AROUND_WORDS = " .,;:!?\"'()[]…-–—“”‘%"  # noqa: RUF001
_SEAM = re.compile(r"((?<=\w)(?:[-–—…]+|,|\.{2,}))(?=\w)")  # noqa: RUF001
_ALWAYS_A_SEAM = {"—", "…"}
_OTHER_HALVES = {"huh", "oh", "ha", "hum", "hm", "hmm", "mm", "mmm"}  # of 'uh-huh', 'uh-oh', 'ah-ha'


def plain(text: str) -> str:
    """A word without its punctuation and in small letters: 'Um,' -> 'um'."""
    return text.replace("’", "'").strip(_AROUND_WORDS).casefold()  # noqa: RUF001


def is_filled_pause(text: str) -> bool:
    """Whether a word, as heard, is one of the sounds of hesitation.

    'ER' in capitals is the emergency room; 'uh-huh' and 'mm-hmm' are answers.
    """
    core = text.strip(_AROUND_WORDS)
    if core.isupper() and len(core) > 1:
        return False
    sound = core.casefold()
    return _FILLED_PAUSE.fullmatch(sound) is not None and _ANSWER.fullmatch(sound) is None


def apart(word: Word) -> list[Word]:
    """Words that were written together without a space, as words of their own.

    'Um—I' -> 'Um—', 'I'; 'uh-the' -> 'uh-', 'the'; 'um,um' -> 'um,', 'um'; 'it's—it's' -> 'it's—', 'it's'.
    The time is shared out by letters. Any other word comes back as it is ('end-to-end', 'uh-huh', 'um-um').
    """
    first, *rest = _SEAM.split(word.text)
    pieces = [first]
    for sign, following in zip(rest[::2], rest[1::2], strict=True):
        beside = (plain(pieces[-1]), plain(following))
        hesitates = [is_filled_pause(pieces[-1]), is_filled_pause(following)]
        joins = sign == "-" and (all(hesitates) or _OTHER_HALVES & set(beside))
        if _ALWAYS_A_SEAM & set(sign) or (any(hesitates) and not joins):
            pieces[-1] += sign
            pieces.append(following)
        else:
            pieces[-1] += sign + following
    if len(pieces) == 1:
        return [word]
    return _timed(pieces, word)


def _timed(pieces: list[str], whole: Word) -> list[Word]:
    second_a_letter = (whole.end_seconds - whole.start_seconds) / sum(map(len, pieces))
    words, start = [], whole.start_seconds
    for piece in pieces:
        end = round(start + len(piece) * second_a_letter, 3)
        words.append(Word(piece, start, end))
        start = end
    words[-1] = Word(words[-1].text, words[-1].start_seconds, whole.end_seconds)
    return words
