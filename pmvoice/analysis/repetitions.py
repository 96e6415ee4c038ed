"""Repetitions: words said again, and words cut off, as in 'on the, um, on the password' or 'th- the'.

The parts are those of Shriberg, Preliminaries to a Theory of Speech Disfluencies (1994): the reparandum
('on the'), the interregnum ('um') and the repair ('on the'). The mark is on the reparandum, the words that
are superfluous; fillers between keep their own marks. Words that are meant to come twice do not count
('very very', 'I know that that is', '... to do it. It was'): when in doubt, no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pmvoice.analysis import twice
from pmvoice.analysis.context import Context
from pmvoice.analysis.fragments import is_fragment
from pmvoice.analysis.word_classes import FUNCTION_WORDS, PRONOUNS

LONGEST_WORDS = 4
LONGEST_INTERREGNUM_WORDS = 4
_CUT_OFF = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?([-–—]+)[,.…]*")  # noqa: RUF001


def repetitions_among(context: Context, others: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last word of each reparandum; ``others`` are the words that are no filler of another kind."""
    slips: list[int] = []
    place = 0
    while place < len(others):
        length = _slip_length(context, others, place)
        slips += others[place : place + length]
        place += length or 1
    return _runs(slips)


def _slip_length(context: Context, others: Sequence[int], place: int) -> int:
    """How many words from this one on are said again right after (or cut off); 0 if they are not."""
    for length in range(LONGEST_WORDS, 0, -1):
        first, last = others[place : place + length], others[place + length : place + 2 * length]
        if len(first) == length and _is_slip(context, first, last):
            return length
    return 0


def _is_slip(context: Context, first: Sequence[int], again: Sequence[int]) -> bool:
    """Whether ``first`` is a reparandum and ``again`` its repair."""
    *body, last = first
    if len(again) < len(first):
        return not body and _is_cut_off(context, last, again)
    if again[0] - last - 1 > LONGEST_INTERREGNUM_WORDS:
        return False
    if any(context.plain[a] != context.plain[b] for a, b in zip(body, again, strict=False)):
        return False
    if any(context.ends_sentence(a) for a in body):
        return False
    if _is_cut_off(context, last, again[len(body) :]):
        return True
    said, repeated = context.plain[last], context.plain[again[-1]]
    if said == repeated or _is_contracted(said, repeated):
        return not twice.is_meant(context, first, again)
    return False


def _is_contracted(word: str, longer: str) -> bool:
    """'it it's', 'we we've'."""
    return word in PRONOUNS and longer.startswith(word + "'")


def _is_cut_off(context: Context, place: int, following: Sequence[int]) -> bool:
    """'th-', 'wh—', and 'prod, product'; not 'pre- and post-launch'."""
    word, after = context.plain[place], context.plain[following[0]] if following else ""
    sign = _CUT_OFF.fullmatch(context.texts[place])
    begins = len(after) > len(word) and after.startswith(word)
    if sign is None:
        hangs = context.breaks_after(place) or following[:1] != [place + 1]
        return begins and hangs and not context.ends_sentence(place) and is_fragment(word, after)
    if after in {"and", "or", "to"} and re.search(r"[aeiouy]", word):
        return False
    if sign[1] == "-" or sign[1] == "–":  # noqa: RUF001
        return True
    return begins or (len(word) <= 3 and word not in FUNCTION_WORDS)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring places as (first, last)."""
    first = 0
    for n, place in enumerate(places):
        if n + 1 == len(places) or places[n + 1] != place + 1:
            yield places[first], place
            first = n + 1
