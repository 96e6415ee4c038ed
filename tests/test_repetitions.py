import time

import pytest

from benchmarks.accuracy.labels import Half, Score, found_in, read_labels, score_repetitions
from pmvoice.analysis.fillers import FillerKind, find_fillers
from pmvoice.transcript import Word
from tests.fakes import transcript_of


def found(text: str) -> list[tuple[str, str, int]]:
    """Kind, text and first word of each filler, in order."""
    fillers = find_fillers(transcript_of(text).words)
    return [(filler.kind.value, filler.text, filler.first) for filler in fillers]


def repeated(text: str) -> list[str]:
    return [said for kind, said, _ in found(text) if kind == "repetition"]


@pytest.mark.parametrize(
    ("text", "repetitions"),
    [
        ("I, I started", ["i"]),
        ("So we we moved it", ["we"]),
        ("on the, on the password", ["on the"]),
        ("It needs words words words words", ["words words words"]),
        ("so so so we did it", ["so so"]),
        ("it's it's hard", ["it's"]),
        ("we we've done it", ["we"]),
        ("I. I had no idea.", ["i"]),
        ("th- the plan", ["th"]),
        ("It is impor- important.", ["impor"]),
        ("wh— what was it", ["wh"]),
        ("the prod, product", ["prod"]),
        ("the prod um product", ["prod"]),
        ("I, I had to choose", ["i"]),
        ("the, uh, the engineers", ["the"]),
        ("stuck on the, on the password field", ["on the"]),
        ("the tech lead and the, the account manager", ["the"]),
        ("We, um, we found", ["we"]),
        ("it, uh, it did", ["it"]),
        ("I, um, I think I, uh, I think we were", ["i", "i think i"]),
        ("more words words words words", ["words words words"]),
        ("I like I like I like beans", ["i like i like"]),
        ("if you, if you actually, if you have two", ["if you"]),
        ("a, a good", ["a"]),
        ("and, and then", ["and"]),
        ("in a, in a sort of", ["in a"]),
        ("she said that, that the deal was off", ["that"]),
        ("the prod- the product", ["the prod"]),
        ("it was a th- it was a huge risk", ["it was a th"]),
        ("I was- I wanted to", ["i was"]),
        ("and that was th-", ["th"]),
    ],
)
def test_the_words_that_are_superfluous_are_marked(text: str, repetitions: list[str]) -> None:
    assert repeated(text) == repetitions


@pytest.mark.parametrize(
    "text",
    [
        *("very very hard", "a long, long time", "No, no, that was", "so so many", "no no no"),
        *("we had had enough", "I know that that is so", "what it is is a habit", "what we do do is ask"),
        *("five five five", "twenty twenty", "2 2 2", "rated A A", "New York, New York"),
        *("again and again", "over and over and over", "step by step", "Focus, focus, focus."),
        *("I asked him. He left.", "to do it. It was late.", "I was there. There it was."),
        *("once we launched it, it broke", "if we do it, we do it well", "one rule, one rule that held"),
        *(
            "pre- and post-launch",
            "the data database",
            "we use the design designers love",
            "state-of-the-art",
        ),
        *("They all allow", "Both bothered me", "each other otherwise", "had less lessons", "help helpdesk"),
        *("rolled back backend changes", "the front frontend team", "break breakdown", "meta metadata"),
        *("our sales Salesforce data", "sent sentiment surveys", "our prior priorities", "the prod product"),
        *("custom customization", "share shareholders", "For sales, Salesforce was the best."),
        *("Whatever you do, do it well.", "It is not what it is, it is what it does."),
        *("The team that did that did well", "We ask, ask again, and then ask why."),
        *("I said that, that is, we agreed", "I want this and that and that is hard"),
        *("We grew from one to two to two hundred.", "Not the price, the price was fine."),
        *("Ship it, ship it fast.", "We do it for them, for them alone.", "What they do they do well."),
    ],
)
def test_what_is_meant_to_come_twice_is_not(text: str) -> None:
    assert repeated(text) == []


def test_fillers_between_keep_their_own_marks() -> None:
    assert found("the, uh, the engineers") == [("repetition", "the", 0), ("filled_pause", "uh", 1)]
    assert found("we, you know, we lost") == [("repetition", "we", 0), ("filler_phrase", "you know", 1)]
    assert found("I, um, I think I, uh, I think so") == [
        ("repetition", "i", 0),
        ("filled_pause", "um", 1),
        ("repetition", "i think i", 2),
        ("filled_pause", "uh", 5),
    ]


@pytest.mark.parametrize("labels", ["phrases", "repetitions"])
def test_no_word_belongs_to_two_fillers(labels: str) -> None:
    sentences = read_labels("phrases" if labels == "phrases" else "repetitions")
    fillers = find_fillers(transcript_of(" ".join(sentence.text for sentence in sentences)).words)
    marked = [place for filler in fillers for place in range(filler.first, filler.last + 1)]
    assert marked == sorted(set(marked))


def test_a_repetition_has_its_place_in_the_recording() -> None:
    (mark,) = find_fillers(transcript_of("on the, on the password", 0.5).words)
    assert (mark.kind, mark.first, mark.last) == (FillerKind.REPETITION, 0, 1)
    assert (mark.start_seconds, mark.end_seconds) == (0.0, 1.0)


@pytest.mark.parametrize("half", ["tune", "report"])
def test_repetitions_can_be_trusted(half: Half) -> None:
    score = score_repetitions(half)
    assert score.labelled >= 30
    assert (score.precision or 0) >= 0.9
    assert (score.recall or 0) >= 0.85


def test_labels_point_at_their_words() -> None:
    sentences = read_labels("repetitions")
    assert len(sentences) >= 120
    for sentence in sentences:
        words = transcript_of(sentence.text).words
        for text, first in sentence.fillers:
            assert words[first].text.casefold().startswith(text.split()[0]), sentence.text


def test_the_score_tells_a_wrong_mark_from_a_right_one() -> None:
    assert found_in("I, I see", FillerKind.REPETITION) == {("i", 0)}
    assert Score(right=1, found=2, labelled=4).precision == 0.5
    assert Score(right=1, found=2, labelled=4).recall == 0.25
    assert Score(right=0, found=0, labelled=0).precision is None


@pytest.mark.parametrize(
    "text", ["I I ", "like ", "focus, ", "th- ", "that was actually like, um, it it was "]
)
def test_the_work_grows_with_the_words_alone(text: str) -> None:
    short, long = (transcript_of(text * times).words for times in (500, 4000))
    assert _seconds(long) < 8 * 4 * _seconds(short)  # a quadratic search would take 64 times as long


def _seconds(words: tuple[Word, ...]) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        find_fillers(words)
        times.append(time.perf_counter() - began)
    return min(times)
