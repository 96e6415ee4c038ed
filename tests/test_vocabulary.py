import pytest

from pmvoice.transcription.vocabulary import is_term, spelled_as_terms
from tests.fakes import transcript_of


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("a simple rice score, reach", "a simple RICE score, reach"),
        ("we ate rice and chicken", "we ate rice and chicken"),
        ("We ate RICE that night", "We ate rice that night"),
        ("I used Moscow, so sales knew", "I used MoSCoW, so sales knew"),
        ("the office in MoSCoW even", "the office in Moscow even"),
        ("chicken with rice and beans", "chicken with rice and beans"),
        ("we use rice for packing", "we use rice for packing"),
        ("We worked with Moscow on it", "We worked with Moscow on it"),
        ("Plan A. B tests failed.", "Plan A. B tests failed."),
        ('the "jira" board', 'the "Jira" board'),
        ("a conno survey told us", "a Kano survey told us"),
        ("but C sat after calls", "but CSAT after calls"),
        ("the KP, I looked at", "the KPI looked at"),
        ("every K P I.", "every KPI."),
        ("our OKR's, um, and", "our OKRs, um, and"),
        ("ran an A-B test", "ran an A/B test"),
        ("an AB test, and", "an A/B test, and"),
        ("a b in the grade", "a b in the grade"),
        ("the JIRA board", "the Jira board"),
        ("I saw that. Okay, are we done?", "I saw that. Okay, are we done?"),
    ],
)
def test_terms_are_spelled_as_such_and_ordinary_words_are_left(heard: str, meant: str) -> None:
    words = spelled_as_terms(transcript_of(heard).words)
    assert " ".join(word.text for word in words) == meant


def test_a_term_of_several_words_has_their_time() -> None:
    words = transcript_of("a C sat score").words
    spelled = spelled_as_terms(words)
    assert [word.text for word in spelled] == ["a", "CSAT", "score"]
    assert (spelled[1].start_seconds, spelled[1].end_seconds) == (
        words[1].start_seconds,
        words[2].end_seconds,
    )


def test_terms_are_known_with_their_signs() -> None:
    assert is_term("RICE,")
    assert is_term("MoSCoW")
    assert not is_term("rice")
    assert not is_term("Moscow")
