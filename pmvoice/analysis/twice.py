"""Words that are meant to come twice: for emphasis ('very very'), by grammar ('that that is'), by chance."""

from __future__ import annotations

from collections.abc import Sequence

from pmvoice.analysis.context import Context
from pmvoice.analysis.word_classes import (
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FUNCTION_WORDS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
    is_number,
    words,
)


def is_meant(context: Context, first: Sequence[int], again: Sequence[int]) -> bool:
    """Whether ``again`` repeats ``first`` on purpose; both are the places of the same words."""
    phrase = [context.plain[place] for place in first]
    if _is_set_phrase(context, first, again, phrase):
        return True
    if context.ends_sentence(first[-1]):
        stutters = phrase[-1] in _NEVER_LAST or (
            len(phrase) == 1 and context.starts_sentence(first[0]) and phrase[0] in FUNCTION_WORDS
        )
        return not stutters
    if again[0] - first[-1] > 1:  # there is a hesitation between
        return False
    if context.sign_after(first[-1]) in _COMMAS and not _hangs(context, first[0], again[-1], phrase):
        return True
    if len(phrase) > 1:
        return _is_taken_up(context, first, again, phrase) or _may_be_clauses(context, first[0], phrase)
    return _may_be_grammar(context, first[0], again[0], context.breaks_after(first[-1]))


def _is_set_phrase(context: Context, first: Sequence[int], again: Sequence[int], phrase: list[str]) -> bool:
    """'no, no', 'very very', 'five five', 'New York, New York', 'over and over and over', 'Focus, focus.'"""
    if len(set(phrase)) == 1 and phrase[0] in _EMPHATIC:
        return not (phrase[0] == "so" and _next_other(context, again[-1]) in SUBJECTS | DETERMINERS)
    if " ".join(phrase) in _SET_PHRASES or all(is_number(word) for word in phrase):
        return True
    names = all(context.texts[place][:1].isupper() for place in (*first, *again))
    if names and (phrase[0] not in FUNCTION_WORDS or phrase == ["a"]):
        return True  # 'A A' is spelled
    if len(phrase) == 2 and phrase[-1] == context.before(first[0]) and phrase[0] in _LINKING:
        return True  # 'over | and over | and over'
    if len(phrase) == 2 and phrase[0] == context.at(again[-1] + 1) and phrase[-1] in _LINKING:
        return True  # 'over and | over and | over'
    return phrase[-1] not in FUNCTION_WORDS and _is_exclaimed(context, first[0], again[-1])


def _next_other(context: Context, place: int) -> str:
    """The next word that is another one: of 'so so so we' it is 'we'."""
    following = place + 1
    while following < place + _MOST_EXCLAIMED and context.at(following) == context.plain[place]:
        following += 1
    return context.at(following)


def _is_exclaimed(context: Context, place: int, last: int) -> bool:
    """Whether the sentence has no other words: 'Focus, focus, focus.'"""
    said = set(context.plain[place : last + 1])
    for _ in range(_MOST_EXCLAIMED):
        if not context.ends_sentence(last) and context.at(last + 1) in said:
            last += 1
    return context.ends_sentence(last) and said.issuperset(context.sentence_before(place))


def _hangs(context: Context, place: int, last: int, phrase: list[str]) -> bool:
    """Whether nobody means to stop before the comma: 'on the, on the', not 'ship it, ship it fast'."""
    word = phrase[-1]
    if word in _NEVER_LAST:
        return True
    if len(phrase) == 1:
        if word == "that":  # 'I said that, that is, we agreed'
            return context.at(last + 1) in ARTICLES | POSSESSIVES | SUBJECTS
        return word in FUNCTION_WORDS - _MAY_BE_ALL
    if word in {"you", "it"}:
        return phrase[-2] in SUBORDINATORS | QUESTION_WORDS | AUXILIARIES | CONJUNCTIONS
    if word in {"of", "to", "like"}:
        return True
    return phrase[-2] in SUBJECTS and context.opens_clause(place)  # 'I had, I had'


def _may_be_clauses(context: Context, place: int, phrase: list[str]) -> bool:
    """'this and that | and that is', 'one to two | to two hundred', 'the team that did | that did well'."""
    if len(phrase) > 2:
        return False
    opening, word = phrase
    if opening in _LINKING and word not in {"then", "that's"}:
        return word in {"this", "that", "these", "those"} or is_number(word) or word not in FUNCTION_WORDS
    before = context.before(place)
    return opening == "that" and not context.opens_clause(place) and before not in FUNCTION_WORDS


def _is_taken_up(context: Context, first: Sequence[int], again: Sequence[int], phrase: list[str]) -> bool:
    """'one rule, one rule that ...', 'if we do it, we do it well', 'what they do they do well'."""
    if phrase[-1] in _NEVER_LAST:
        return False
    comma = context.breaks_after(first[-1])
    if comma and phrase[-1] not in FUNCTION_WORDS and context.at(again[-1] + 1) in _TAKING_UP:
        return True
    return context.before(first[0]) in SUBORDINATORS | QUESTION_WORDS


def _may_be_grammar(context: Context, place: int, again: int, comma: bool) -> bool:
    """Whether a clause may end with a word and the next begin with it: 'once we launched it, it broke'."""
    word, before = context.plain[place], context.before(place)
    if word in {"is", "was", "are", "were"}:
        asks = QUESTION_WORDS & set(context.sentence_before(place))
        return not comma and word == "is" or bool(asks) or context.at(again + 1) == "that"  # noqa: RUF021
    if word in _EITHER_SIDE or (word in _NOT_WITHOUT_COMMA and not comma):
        return not (context.breaks_before(place) or before in CONJUNCTIONS | SUBORDINATORS | {"that", "what"})
    if word == "that":
        return before in PREPOSITIONS
    return word == "to" and not comma and before not in _BEFORE_TO


_MOST_EXCLAIMED = 6
_COMMAS = frozenset(",;:")
_MAY_BE_ALL = words("do does did don't doesn't didn't one them him her not")
_EMPHATIC = words(
    "very really many much long far far too so no yes bye ha hey okay ok yeah right sure well wait stop now "
    "blah bla big old high hard great small tiny huge deep again hear out win hot good super"
)
_LINKING = CONJUNCTIONS | PREPOSITIONS
_SET_PHRASES = frozenset({"thank you", "i know", "come on", "i see", "after another"})
_NEVER_LAST = words(
    "i we they he she a an the and but because or my your our their his of if when who which with from "
    "i'm we're they're he's she's it's that's"
)
_TAKING_UP = words("that which who nobody no where we they")
_NOT_WITHOUT_COMMA = words("that had do did her in on up over through her has can will")
_EITHER_SIDE = words("it you this along there")
_BEFORE_TO = words(
    "want wanted wants have had has need needed needs going able try tried trying used got like ought"
)
