import pytest

from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import FillerKind, find_fillers, is_filled_pause
from tests.fakes import transcript_of


def found(text: str) -> list[str]:
    return [filler.text for filler in find_fillers(transcript_of(text).words)]


@pytest.mark.parametrize(
    "word", ["um", "Um,", "umm", "uh", "Uh...", "uhh", "er", "erm", "hmm", "Hm.", "mm", "ah", "um-um", "eh"]
)
def test_sounds_of_hesitation(word: str) -> None:
    assert is_filled_pause(word)


@pytest.mark.parametrize("word", ["umbrella", "her", "a", "I", "uhlan", "", "hum", "era", "ahead", "mmm-hmm"])
def test_words_are_no_hesitation(word: str) -> None:
    assert not is_filled_pause(word)


@pytest.mark.parametrize(
    ("text", "fillers"),
    [
        ("It was, you know, a lot of work.", ["you know"]),
        ("You know, they were fine.", ["you know"]),
        ("and you know, they were fine", ["you know"]),
        ("Do you know the answer?", []),
        ("As you know, we grew.", []),
        ("You know what the customer wants.", []),
        ("I mean, it was a Friday.", ["i mean"]),
        ("What I mean is that we shipped.", []),
        ("By that I mean that we tried.", []),
        ("It was kind of hard.", ["kind of"]),
        ("It was sort of, um, slow.", ["sort of", "um"]),
        ("one kind of customer", []),
        ("What kind of question is that?", []),
        ("exports, colours, that sort of thing", []),
        ("We basically stopped.", ["basically"]),
        ("It actually worked, literally.", ["actually", "literally"]),
        ("It's, like, hard to say.", ["like"]),
        ("with like ten days notice", ["like"]),
        ("one question for each of them, like, would a customer notice?", ["like"]),
        ("I like to think so.", []),
        ("I would like ten more engineers.", []),
        ("It looks like a toy.", []),
        ("We have customers like banks.", []),
        ("What do they like, really?", []),
        ("I know what it's like.", []),
        ("That's what the first year was like.", []),
        ("I asked what the onboarding is like, and they told me.", []),
        ("People like two things.", []),
        ("Customers like 10 integrations.", []),
        ("It seemed like ten years.", []),
        ("It was just like 2 years before.", []),
        ("We grew by like 20%.", ["like"]),
        ("It took like a month.", ["like"]),
        ("and I'm like, what", ["like"]),
        ("You know you have product-market fit when they pull.", []),
        ("You know when users are happy.", []),
        ("Talk to people you know, in sales.", []),
        ("Unless you know, ask.", []),
        ("I mean it.", []),
        ("I mean to change that.", []),
        ("By success I mean retention.", []),
        ("I mean it was a Friday.", ["i mean"]),
        ("I mean we had no choice.", ["i mean"]),
        ("a specific kind of buyer", []),
        ("a consultant kind of role", []),
        ("three kind of buyers", []),
        ("a, uh, kind of dashboard", ["uh"]),
        ("The ER team was fast.", []),
        ("It is 5 mm wide.", []),
        ("“Um,” I said", ["um"]),
        ("- um so", ["um"]),
        ("So we cut five of them.", []),
    ],
)
def test_phrases_count_only_where_they_could_be_left_out(text: str, fillers: list[str]) -> None:
    assert found(text) == fillers


def test_each_filler_has_its_place() -> None:
    (first, second) = find_fillers(transcript_of("So, um, it was, you know, fine", 0.5).words)
    assert (first.kind, first.first, first.last) == (FillerKind.FILLED_PAUSE, 1, 1)
    assert (first.start_seconds, first.end_seconds) == (0.5, 1.0)
    assert (second.kind, second.text, second.first, second.last) == (
        *(FillerKind.FILLER_PHRASE, "you know", 4, 5),
    )
    assert (second.start_seconds, second.end_seconds) == (2.0, 3.0)


def test_nothing_said_has_no_fillers() -> None:
    feedback = analyse(transcript_of(""))
    assert feedback.fillers == ()
    assert feedback.fillers_per_minute is None


def test_the_samples_fillers_are_heard(sample_feedback: Feedback) -> None:
    """The sample answer has seven filled pauses and one 'you know'."""
    assert sample_feedback.count(FillerKind.FILLED_PAUSE) == 7
    phrases = [f.text for f in sample_feedback.fillers if f.kind is FillerKind.FILLER_PHRASE]
    assert phrases == ["you know"]
    speaking = sample_feedback.delivery.speaking_seconds
    assert sample_feedback.fillers_per_minute == pytest.approx(60 * 8 / speaking)
