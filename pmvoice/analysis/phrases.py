"""Filler phrases (you know, I mean, like, sort of ...): words that could be left out.

Most have another use, in which they carry meaning ('what kind of', 'I would like', 'do you know'). The
rules look at the neighbours and their word classes, since Whisper often leaves out the commas around a
filler ('he was like really upset'), and count only what reads as filler: when in doubt they do not count,
for a candidate should be able to trust each mark. What counts follows the descriptions of discourse
markers in Schiffrin, Discourse Markers (1987), and Fox Tree, Discourse Markers across Speakers and
Settings (2010).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from pmvoice.analysis import to_listener
from pmvoice.analysis.context import Context
from pmvoice.analysis.like import is_filler_like
from pmvoice.analysis.word_classes import (
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    HAVE,
    NEGATIONS,
    OBJECTS,
    QUESTION_WORDS,
    STRONG_ADVERBS,
    SUBJECTS,
    is_number,
    is_past,
    words,
)

Rule = Callable[[Context, int, int], bool]
"""Whether the phrase from ``first`` to ``last`` is a filler there."""


class Phrase(NamedTuple):
    """A phrase as it is spoken, the usual spelling it is counted under, and when it counts."""

    parts: tuple[str, ...]
    name: str
    counts: Rule


def phrase_at(context: Context, place: int) -> Phrase | None:
    """The filler phrase that begins at this word."""
    for phrase in _BY_FIRST_WORD.get(context.plain[place], ()):
        last = place + len(phrase.parts) - 1
        if tuple(context.plain[place : last + 1]) != phrase.parts:
            continue
        whole = not any(context.sign_after(n) for n in range(place, last))  # not 'He was kind. Of course ...'
        if (whole or phrase.name == "so yeah") and phrase.counts(context, place, last):
            return phrase
    return None


def _always(context: Context, first: int, last: int) -> bool:
    return True


def _kind_of(context: Context, first: int, last: int) -> bool:
    """'a kind of', 'what sort of', 'a better kind of', 'three kind of' name a sort of thing."""
    before, earlier, after = context.before(first), context.before(first, 2), context.at(last + 1)
    if after in OBJECTS and (before in BE | {"very", "so", "too", "how", "really"} or earlier in BE):
        return False  # 'very kind of them', 'was it kind of you'
    if before in {"this", "that", "it", "which"} and is_past(after):
        return True  # 'that kind of changed how we plan'
    if before in _BEFORE_A_SORT or is_number(before):
        return False
    names_a_sort = earlier in DETERMINERS and before not in _VERB_LIKE and not is_past(before)
    return not names_a_sort or is_past(after) or after in STRONG_ADVERBS


_BEFORE_A_SORT = DETERMINERS - {"no"} | words(
    "no other same different certain new right wrong only all best first special similar particular "
    "specific many few several various"
)
_VERB_LIKE = (
    BE
    | HAVE
    | AUXILIARIES
    | CONJUNCTIONS
    | SUBJECTS
    | STRONG_ADVERBS
    | words("to feels feel looks seems seemed sounds get gets who just also still")
)


def _basically(context: Context, first: int, last: int) -> bool:
    """Not 'a basically sound plan', not 'not basically'; nor where the word itself is spoken of."""
    return context.breaks_before(first) or context.at(first - 1) not in {"a", "an", "not", "say", "word"}


def _actually(context: Context, first: int, last: int) -> bool:
    """At the head of a clause, set off at its end, or beside another filler.

    Elsewhere it may tell real from said or planned: 'what they actually do', 'I actually built it myself'.
    """
    if context.at(first - 1) == "but":
        return False
    if context.opens_clause(first):
        return True
    clause = context.clause_before(first)
    contrasts = any(word in _CONTRASTING or word.endswith("n't") for word in clause)
    return not contrasts and clause[0] not in AUXILIARIES and _is_beside_another(context, first, last)


def _is_beside_another(context: Context, first: int, last: int) -> bool:
    """Whether the next word, or the one before, is a filler too: 'it was actually, um, late'."""
    if context.hesitates[last + 1 : last + 2] == [True]:
        return True
    for place in (first - 2, first - 1, last + 1):
        if 0 <= place < len(context.plain) and context.plain[place] != "actually":
            phrase = phrase_at(context, place)
            if phrase and (place > last or place + len(phrase.parts) == first):
                return True
    return False


_CONTRASTING = QUESTION_WORDS - {"which"} | NEGATIONS


def _literally(context: Context, first: int, last: int) -> bool:
    """Not of manner: 'took it literally', 'translated literally', 'quite literally'."""
    if context.breaks_before(first):
        return True
    if context.breaks_after(last):
        return context.at(first - 1) in BE | SUBJECTS - {"it", "you"} | CONJUNCTIONS
    return context.at(first - 1) not in _BEFORE_MANNER


_BEFORE_MANNER = words(
    "quite too so as more very it them that translated taken read means meant mean means to"
)


def _honestly(context: Context, first: int, last: int) -> bool:
    """A remark on the sentence, at its head or beside its verb; not of manner ('answer honestly')."""
    if context.opens_clause(first):
        return True
    return not context.breaks_after(last) and context.at(first - 1) in (
        SUBJECTS | BE | HAVE | {"can", "could", "would", "will", "don't", "didn't"}
    )


def _ends_a_list(context: Context, first: int, last: int) -> bool:
    """'... and stuff.', '... or something and'; not 'or something else', 'or whatever they like'."""
    if "either" in context.sentence_before(first):
        return False
    return context.breaks_after(last) or context.at(last + 1) in _AFTER_A_LIST


_AFTER_A_LIST = words("and to but because so when before after where while")


def _so_yeah(context: Context, first: int, last: int) -> bool:
    return context.breaks_before(first) or not context.breaks_after(first)


def _to_be_honest(context: Context, first: int, last: int) -> bool:
    """A remark on the sentence; not 'I try to be honest with them'."""
    if context.at(last + 1) in {"with", "about", "in", "and", "enough"} and not context.breaks_after(last):
        return False
    if context.opens_clause(first):  # 'To be honest is important'
        return context.breaks_after(last) or context.at(last + 1) in SUBJECTS | DETERMINERS
    return context.ends_sentence(last) and context.at(first - 1) not in _BEFORE_BEING


_BEFORE_BEING = (
    OBJECTS
    | HAVE
    | words(
        "need needs needed want wants wanted try tries tried trying going people able important brave "
        "hard easy better learn learned learnt afraid promise promised how team"
    )
)


_PHRASES = tuple(
    Phrase(tuple(spoken.split()), name or spoken, rule)
    for spoken, name, rule in (
        ("you know what i mean", "", to_listener.you_know_what_i_mean),
        ("you know", "", to_listener.you_know),
        ("yknow", "you know", _always),
        ("y'know", "you know", _always),
        ("i mean", "", to_listener.i_mean),
        ("like", "", is_filler_like),
        ("sort of", "", _kind_of),
        ("sorta", "sort of", _kind_of),
        ("kind of", "", _kind_of),
        ("kinda", "kind of", _kind_of),
        ("basically", "", _basically),
        ("actually", "", _actually),
        ("literally", "", _literally),
        ("honestly", "", _honestly),
        ("or something like that", "", _always),
        ("or something", "", _ends_a_list),
        ("and stuff like that", "", _always),
        ("and stuff", "", _ends_a_list),
        ("or whatever", "", _ends_a_list),
        ("so yeah", "", _so_yeah),
        ("to be honest", "", _to_be_honest),
    )
)

_BY_FIRST_WORD: defaultdict[str, list[Phrase]] = defaultdict(list)
for _phrase in _PHRASES:
    _BY_FIRST_WORD[_phrase.parts[0]].append(_phrase)
