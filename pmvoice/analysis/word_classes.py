"""The closed classes of English words that the rules for phrases and repetitions ask about."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SUBJECTS = words(
    "i we they he she you it there nobody everybody everyone someone somebody who "
    "i'm we're they're he's she's you're it's that's there's i've we've they've you've i'd we'd they'd he'd "
    "i'll we'll they'll he'll she'll it'll you'll"
)
OBJECTS = words("me us them him her you it")
BE = words(
    "am is was were be been being are isn't wasn't weren't aren't "
    "i'm we're they're he's she's you're it's that's there's"
)
HAVE = words("have has had having i've we've they've you've")
ARTICLES = words("a an the")
POSSESSIVES = words("my your his her its our their")
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | words("this that these those what which some any every each no another whatever one")
)
CONJUNCTIONS = words("and but so because or then cause 'cause yet plus")
SUBORDINATORS = words("if when whether where while once unless until before after since though although as")
QUESTION_WORDS = words("what how who whom which why where when whether if whatever whoever however")
PREPOSITIONS = words(
    "with by in for within after at over from of about on into through during until between than per onto "
    "under around without against to"
)
AUXILIARIES = words(
    "do does did don't doesn't didn't would wouldn't could should can can't will won't may might must"
)
NEGATIONS = words("not never nobody nothing no none hardly neither nor")
STRONG_ADVERBS = words(
    "really super totally completely so very pretty literally actually maybe probably basically immediately "
    "never always suddenly absolutely extremely incredibly way too quite fully entirely just kind sort "
    "already constantly honestly not finally almost nearly"
)
NUMBERS = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred half thousand "
    "million billion couple dozen"
)
PRONOUNS = words("i we they he she you it that there who this what")
INTERJECTIONS = words(
    "okay ok no yeah yes oh what wow let's why how wait well hey please hmm sure great look"
)

FUNCTION_WORDS = frozenset().union(
    *(ARTICLES, AUXILIARIES, BE, CONJUNCTIONS, DETERMINERS, HAVE, OBJECTS, POSSESSIVES, PREPOSITIONS),
    *(PRONOUNS, QUESTION_WORDS, SUBJECTS, SUBORDINATORS, words("just also not")),
)


def is_number(word: str) -> bool:
    return word in NUMBERS or word.replace(",", "").replace(".", "").removeprefix("$").isdigit()


def is_past(word: str) -> bool:
    """Whether a word reads as a verb in the past: by its ending, or as one of the frequent strong ones."""
    return len(word) > 3 and word.endswith("ed") or word in _STRONG_PASTS  # noqa: RUF021


_STRONG_PASTS = words(
    "made felt went got became was were led threw broke fell hurt came took told said knew thought grew ran "
    "lost found left had gave built sent kept held met paid set put brought did drove"
)
