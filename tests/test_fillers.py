from itertools import pairwise

import pytest

from benchmarks.accuracy.labels import OVERALL, Half, read_labels, score_phrases, table
from pmvoice.analysis.feedback import Feedback, analyse
from pmvoice.analysis.fillers import FillerKind, find_fillers, is_filled_pause
from pmvoice.analysis.hesitations import apart
from pmvoice.transcript import Word
from tests.fakes import transcript_of


def found(text: str) -> list[str]:
    return [filler.text for filler in find_fillers(transcript_of(text).words)]


@pytest.mark.parametrize(
    "word",
    [
        *("um", "Um,", "umm", "uh", "Uh...", "uhh", "uhm", "er", "erm", "hmm", "Hm.", "mm", "ah", "eh"),
        *("um-um", "um,um", "uh...um", "Um—", "uh-"),
    ],
)
def test_sounds_of_hesitation(word: str) -> None:
    assert is_filled_pause(word)


@pytest.mark.parametrize(
    "word",
    [
        *("umbrella", "her", "a", "I", "uhlan", "", "hum", "era", "ahead", "oh", "huh", "ER"),
        *("mmm-hmm", "Mm-hmm.", "mhm", "mm-mm", "uh-huh", "Uh-huh,"),
    ],
)
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
        ("It actually worked, literally.", ["literally"]),
        ("It was late, actually.", ["actually"]),
        ("And actually it worked.", ["actually"]),
        ("It was actually, um, late.", ["actually", "um"]),
        ("It was actually kind of late.", ["actually", "kind of"]),
        ("It was like actually late.", ["like", "actually"]),
        ("The metric that actually matters is retention", []),
        ("The API actually supports it", []),
        ("I actually built the first prototype myself", []),
        ("To be honest is important.", []),
        ("And to be honest I was late.", ["to be honest"]),
        ("If you know, you know.", []),
        ("Was it kind of you to help.", []),
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
        ("It is 2.5 mm wide.", []),
        ("He was kind. Of course he was.", []),
        ("Okay so, um, we shipped. Sure.", ["um"]),
        ("and you know they said no", ["you know"]),
        ("and you know the team was tired", ["you know"]),
        ("and you know the answer", []),
        ("Y'know, it was yknow fine", ["you know", "you know"]),
        ("It has failed, you know what I mean?", ["you know what i mean"]),
        ("he was like really upset", ["like"]),
        ("we had like 10 people", ["like"]),
        ("I like really fast tools.", []),
        ("like I said before", []),
        ("it was kind of like a game", ["kind of"]),
        ("it was kinda hard", ["kind of"]),
        ("What do users actually want?", []),
        ("Did it actually help?", []),
        ("They took it literally.", []),
        ("I told them honestly.", []),
        ("And honestly, I was glad.", ["honestly"]),
        ("You see, it was late.", []),
        ("Um, I, like, I, like, beans are fun.", ["um", "i like"]),
        ("I, like, I could not believe it.", ["i", "like"]),
        ("a wiki or something like that", ["or something like that"]),
        ("a wiki or something else", []),
        ("tests and stuff, and then", ["and stuff"]),
        ("It is simple, right? So we built it.", []),
        ("So, yeah, that was it.", ["so yeah"]),
        ("To be honest, I was late.", ["to be honest"]),
        ("I try to be honest with them.", []),
    ],
)
def test_phrases_count_only_where_they_could_be_left_out(text: str, fillers: list[str]) -> None:
    assert found(text) == fillers


def test_a_silence_sets_a_phrase_off_as_a_comma_does() -> None:
    words = [Word("the", 0.0, 0.2), Word("team", 0.2, 0.5), Word("you", 0.9, 1.0), Word("know", 1.0, 1.2)]
    words += [Word("was", 1.6, 1.8), Word("new", 1.8, 2.0)]
    assert [filler.text for filler in find_fillers(words)] == ["you know"]
    assert found("the team you know was new") == []


@pytest.mark.parametrize("half", ["tune", "report"])
def test_phrases_can_be_trusted(half: Half) -> None:
    scores = score_phrases(half)
    overall = scores[OVERALL]
    assert overall.labelled >= 80
    assert (overall.precision or 0) >= 0.9, table(scores)
    assert (overall.recall or 0) >= 0.85, table(scores)


def test_labels_of_phrases_are_half_hard_cases() -> None:
    sentences = read_labels("phrases")
    assert len(sentences) >= 240
    assert 0.4 < sum(not sentence.fillers for sentence in sentences) / len(sentences) < 0.6


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Um—I", ["Um—", "I"]),
        ("uh-the", ["uh-", "the"]),
        ("the-um", ["the-", "um"]),
        ("um,um", ["um,", "um"]),
        ("um...so", ["um...", "so"]),
        ("it's—it's", ["it's—", "it's"]),
        *(
            (word, [word])
            for word in ("uh-huh", "Mm-hmm", "uh-oh", "um-um", "end-to-end", "10,000", "U.S.", "Um,")
        ),
    ],
)
def test_words_written_together_are_taken_apart(text: str, pieces: list[str]) -> None:
    words = apart(Word(text, 2.0, 3.0))
    assert [word.text for word in words] == pieces
    assert (words[0].start_seconds, words[-1].end_seconds) == (2.0, 3.0)
    assert all(a.end_seconds == b.start_seconds for a, b in pairwise(words))


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
    """The sample answer has seven filled pauses, one 'you know' and one 'it, uh, it'."""
    assert sample_feedback.count(FillerKind.FILLED_PAUSE) == 7
    phrases = [f.text for f in sample_feedback.fillers if f.kind is FillerKind.FILLER_PHRASE]
    assert phrases == ["you know"]
    assert [f.text for f in sample_feedback.fillers if f.kind is FillerKind.REPETITION] == ["it"]
    speaking = sample_feedback.delivery.speaking_seconds
    assert sample_feedback.fillers_per_minute == pytest.approx(60 * 9 / speaking)
