"""Terms of the trade, heard and spelled as such: RICE, MoSCoW, Kano, NPS, CSAT, OKR, KPI, Jira, A/B test.

A sentence that has them leads Whisper to them (``TERMS_PROMPT``). Where a term sounds like an ordinary word
the neighbours decide: 'we used MoSCoW', 'a RICE score', but 'our office in Moscow' and 'we ate rice'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pmvoice.analysis.hesitations import plain
from pmvoice.transcript import Word

TERMS_PROMPT = "We, uh, put RICE scores, um, into Jira, with MoSCoW, Kano, a KPI, an OKR, NPS, CSAT."

_METHOD = "method|model|framework|approach|analysis|prioriti[sz]ation|technique|matrix"
_SCORED = f"{_METHOD}|score|scores|scored|scoring|ranking|formula"
_STUDY = f"{_METHOD}|survey|surveys|interview|interviews|questionnaire|study|categories"
_PLACE_BEFORE = "in|from|near|to|at|visit|visited|left"
_USED = "use|used|using|apply|applied|called"
_MEAL_BEFORE = "ate|eat|eating|cook|cooked|fried|brown|white|some|of"

# Words as they may be written down (without punctuation, in small letters), between those that must stand
# before and after; and the term's spelling. The first that fits counts.
_RULES = tuple(
    (re.compile(before), tuple(heard.split()), re.compile(after), term)
    for before, heard, after, term in (
        (_PLACE_BEFORE, "moscow", ".*", "Moscow"),
        (_USED, "moscow", ".*", "MoSCoW"),
        (".*", "moscow", _METHOD, "MoSCoW"),
        (_MEAL_BEFORE, "rice", f"(?!({_SCORED})$).*", "rice"),
        (".*", "rice", _SCORED, "RICE"),
        *((".*", heard, _STUDY, "Kano") for heard in ("cano", "kana", "conno", "carno", "kanno")),
        *((".*", heard, ".*", "CSAT") for heard in ("c sat", "c-sat", "see sat", "seesat", "csat")),
        *((".*", heard, ".*", "NPS") for heard in ("n p s", "nps")),
        *((".*", heard, ".*", "KPI") for heard in ("k p i", "kp i", "kpi")),
        *((".*", heard, ".*", "KPIs") for heard in ("k p is", "kp is", "kpis", "kpi's")),
        *((".*", heard, ".*", "OKR") for heard in ("o k r", "ok r", "okr")),
        *((".*", heard, ".*", "OKRs") for heard in ("o k rs", "ok rs", "okrs", "okr's")),
        *((".*", heard, "tests?|testing|tested", "A/B") for heard in ("a b", "ab", "a-b", "a/b")),
        (".*", "jira", ".*", "Jira"),
    )
)
_TERMS = {term for *_, term in _RULES} - {"rice", "Moscow"}
_SENTENCE_ENDS = {".", "?", "!", ";", ":"}
_FIRST_WORDS = {heard[0] for _, heard, _, _ in _RULES}


def is_term(text: str) -> bool:
    """Whether a word is one of the terms, spelled as one."""
    return text.strip(" .,;:!?") in _TERMS


def spelled_as_terms(words: Sequence[Word], before: str = "") -> list[Word]:
    """The words with the terms spelled as they are, and made one word each; ``before``: the word before."""
    return list(_spelled(words, [plain(word.text) for word in words], plain(before)))


def _spelled(words: Sequence[Word], keys: Sequence[str], before: str) -> Iterator[Word]:
    place = 0
    while place < len(words):
        here = keys[place - 1] if place else before
        length, term = _term_at(keys, place, here) if keys[place] in _FIRST_WORDS else (0, "")
        if any(word.text[-1:] in _SENTENCE_ENDS for word in words[place : place + length - 1]):
            length = 0  # 'Plan A. B tests failed.'
        if not length:
            yield words[place]
            place += 1
            continue
        last = words[place + length - 1]
        opening, ending = re.match(r"\W*", words[place].text), re.search(r"\W*$", last.text)
        text = (opening[0] if opening else "") + term + (ending[0] if ending else "")
        yield Word(text, words[place].start_seconds, last.end_seconds)
        place += length


def _term_at(keys: Sequence[str], place: int, before: str) -> tuple[int, str]:
    """How many words from this one on are a term, and its spelling; 0 where they are none."""
    for wanted_before, heard, wanted_after, term in _RULES:
        end = place + len(heard)
        after = keys[end] if end < len(keys) else ""
        if (
            tuple(keys[place:end]) == heard
            and wanted_before.fullmatch(before)
            and wanted_after.fullmatch(after)
        ):
            return len(heard), term
    return 0, ""
