"""The word 'like': a filler, or a verb, a preposition, a conjunction.

The fillers are those of D'Arcy, Like and Language Ideology (2007): the marker before a clause ('and then
like the whole thing'), the particle before a phrase ('a, like, huge backlog'), the one before a figure
('like ten days'), and the one that quotes ('and I was like, okay').
"""

from __future__ import annotations

from pmvoice.analysis.context import Context
from pmvoice.analysis.word_classes import (
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    INTERJECTIONS,
    OBJECTS,
    POSSESSIVES,
    PREPOSITIONS,
    STRONG_ADVERBS,
    SUBJECTS,
    is_number,
    is_past,
    words,
)


def is_filler_like(context: Context, first: int, last: int) -> bool:
    before, after = context.at(first - 1), context.at(first + 1)
    if context.ends_sentence(first) or after in {"said", "that"}:
        return False  # 'what it is like.', 'like that'
    if before == "of" and context.at(first - 2) in {"kind", "sort"}:
        return False  # 'kind of like a funnel'
    if context.at(first + 2) in _SAYING and after in SUBJECTS:
        return False  # 'like I said'
    if _is_said_again(context, first):
        return False
    if context.breaks_before(first):
        return context.breaks_after(first) or _before_clause(context, first + 1)
    if context.breaks_after(first):
        asks = {"what", "how"} & set(context.clause_before(first))
        return before in _BEFORE_A_BREAK and not asks
    return _between_words(context, first)


def _is_said_again(context: Context, first: int) -> bool:
    """The verb, in a slip: 'I, like, I, like, beans'."""
    before = context.at(first - 1)
    again = before == context.at(first + 1) and context.at(first + 2) == "like"
    return before in SUBJECTS and (
        again or (context.at(first - 3), context.at(first - 2)) == (before, "like")
    )


def _before_clause(context: Context, place: int) -> bool:
    """After a break: 'like nobody had', 'like really', 'like 20 of them'; not 'like banks'."""
    word = context.at(place)
    return word in SUBJECTS | STRONG_ADVERBS | CONJUNCTIONS | {"if", "when"} or _is_figure(context, place)


def _between_words(context: Context, first: int) -> bool:
    """Without any break, by the word classes on both sides."""
    before, after = context.at(first - 1), context.at(first + 1)
    if before in BE:
        return _after_be(context, first)
    if after in _CLEAR_PASTS and before not in _AS_IF:
        return True  # the verb has no verb after it
    if before in CONJUNCTIONS:
        is_verb = before in {"and", "but", "or"} and after in ARTICLES | POSSESSIVES | OBJECTS - {"you"} | {
            "to"
        }
        return not is_verb
    if before in ARTICLES | POSSESSIVES | {"this"}:
        return after not in _AFTER_A_NOUN_LIKE
    if before in PREPOSITIONS - {"to"} or before in _WITH_AN_OBJECT:
        return True
    if before in _FIGURED:
        return _is_figure(context, first + 1) or after in {"maybe", "probably"}
    if before in {"he", "she", "everybody", "everyone"}:
        return context.at(first - 2) not in AUXILIARIES  # 'she likes' would be the verb
    if before == "just":
        return is_past(after) or after in STRONG_ADVERBS
    if before == "to":
        return after in STRONG_ADVERBS
    return before in {"we", "they", "you"} and after in _SELDOM_AFTER_A_VERB


def _after_be(context: Context, first: int) -> bool:
    """'was like really upset', 'was like two months', 'I was like okay'; not 'it was like a game'."""
    before, after = context.at(first - 1), context.at(first + 1)
    subject = before if "'" in before else context.before(first, 2)
    if subject in {"there", "there's"}:
        return True
    if subject in _PEOPLE and after in SUBJECTS | INTERJECTIONS:
        return True
    asks = {"what", "how"} & set(context.clause_before(first))
    return not asks and (after in STRONG_ADVERBS or _is_figure(context, first + 1))


def _is_figure(context: Context, place: int) -> bool:
    word, following = context.at(place), context.at(place + 1)
    if word in {"a", "an"}:
        return following in _MEASURES
    if word == "the":
        return following in _ORDINALS
    return is_number(word) and following != "of"


_CLEAR_PASTS = words("went was were had said told thought knew felt got became took came gave ran did tried")
_AS_IF = words("felt feel feels looked looks look seemed seems sounds sounded something things")
_SAYING = words("said say says mentioned told explained")
_BEFORE_A_BREAK = BE | CONJUNCTIONS | PREPOSITIONS | ARTICLES | {"just"} | words("had have this")
_AFTER_A_NOUN_LIKE = words("button count feature minded")
_WITH_AN_OBJECT = words("had have has took take takes spent spend got lost cost only about gave paid")
_FIGURED = words("think guess say said says needs need wait waited made sold hired asked lasted")
_SELDOM_AFTER_A_VERB = words("completely totally literally immediately suddenly never just finally already")
_PEOPLE = words(
    "i he she they we you who people everyone everybody i'm he's she's they're we're you're who's customers"
)
_MEASURES = words(
    "week month year day hour minute lot million whole huge big hundred thousand quarter couple few"
)
_ORDINALS = words("first second third fourth fifth last")
