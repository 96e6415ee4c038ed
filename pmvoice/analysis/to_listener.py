"""What is said to the listener in passing: 'you know', 'I mean'; or said in earnest."""

from __future__ import annotations

from pmvoice.analysis.context import Context
from pmvoice.analysis.word_classes import (
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    HAVE,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    STRONG_ADVERBS,
    SUBJECTS,
    SUBORDINATORS,
    is_number,
    words,
)


def you_know(context: Context, first: int, last: int) -> bool:
    """Not 'do you know', 'as you know', 'people you know in sales', 'you know the answer'."""
    before, after = context.at(first - 1), context.at(last + 1)
    broken_before = context.breaks_before(first)
    if not broken_before and (before in _BEFORE_KNOWING or context.at(first - 2) == "just"):
        # 'because you know every ...' is told from knowing by what follows
        return before == "because" and (context.breaks_after(last) or after in SUBJECTS or after == "every")
    said = context.sentence_before(first)
    if said[-2:] == ["you", "know"] and said[-3:-2] and said[-3] in _BEFORE_KNOWING:
        return False  # 'if you know, you know'
    if context.breaks_after(last):
        return True
    if not broken_before and before in BE | HAVE | ARTICLES | PREPOSITIONS:
        return True  # these cannot stand before a subject
    if after in SUBJECTS - {"you", "you're", "who"} or _goes_on(context, last + 1):
        return True
    if not context.opens_clause(first) or after in _AFTER_KNOWING:
        return False
    if before in CONJUNCTIONS and after in ARTICLES | POSSESSIVES:
        return context.at(last + 3) in BE | HAVE | AUXILIARIES  # 'and you know the team was tired'
    return after in STRONG_ADVERBS | SUBORDINATORS | PREPOSITIONS | _AFTER_YOU_KNOW or (
        is_number(after) and not context.starts_sentence(first)
    )


def _goes_on(context: Context, place: int) -> bool:
    """'..., and they': another clause follows."""
    return context.at(place) in CONJUNCTIONS and context.at(place + 1) in SUBJECTS


_BEFORE_KNOWING = (
    QUESTION_WORDS
    | SUBORDINATORS
    | words(
        "do did don't didn't let that would should will can because sure people someone everyone everybody "
        "anyone everything anything all more less well things already way customers colleagues somebody"
    )
)
_AFTER_KNOWING = words("about of when where whether if how to as")
_AFTER_YOU_KNOW = words(
    "sometimes usually often maybe some every like basically obviously eventually and but so"
)


def you_know_what_i_mean(context: Context, first: int, last: int) -> bool:
    return context.breaks_after(last) and context.at(first - 1) not in _BEFORE_KNOWING


def i_mean(context: Context, first: int, last: int) -> bool:
    """'I mean, ...' or 'I mean we ...' at the head of a clause; not 'what I mean', 'I mean it'."""
    before, after = context.at(first - 1), context.at(last + 1)
    defines = context.sentence_before(first)[:1] == ["by"] or "say" in context.sentence_before(first)
    if defines or not (context.opens_clause(first) or before in BE or before == "well"):
        return False
    if context.breaks_after(last):
        return True
    if after in {"it", "this", "well", "business"} and context.breaks_after(last + 1):
        return False
    if after == "that":
        return context.at(last + 2) in BE
    return after not in {"to", "by", "what"}
