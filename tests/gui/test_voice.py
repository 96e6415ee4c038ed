import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pmvoice import children
from pmvoice.gui.sound import Sound
from pmvoice.gui.voice import Voice
from pmvoice.speech import VOICE_FAILED, Utterance
from tests.fakes import FakePlayer

ONE, TWO = "Tell me about a product.", "How do you measure success?"
LONG = 20_000  # milliseconds


@pytest.fixture
def player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture
def voice(qtbot: QtBot, tmp_path: Path, player: FakePlayer) -> Iterator[Voice]:
    voice = Voice(tmp_path, Sound(player), time_limit_seconds=5)
    yield voice
    voice.shut_down()


def test_a_text_is_spoken_to_its_end(qtbot: QtBot, voice: Voice, player: FakePlayer, tmp_path: Path) -> None:
    voice.speak(ONE)
    qtbot.waitUntil(lambda: bool(player.played), timeout=LONG)
    assert str(player.played[0][0]) == Utterance.of(ONE, tmp_path).path
    with qtbot.waitSignal(voice.ended):
        player.end()


def test_what_was_made_ahead_is_played_at_once(
    qtbot: QtBot, voice: Voice, player: FakePlayer, tmp_path: Path
) -> None:
    voice.prepare(TWO)
    qtbot.waitUntil(lambda: Utterance.of(TWO, tmp_path).is_made, timeout=LONG)
    assert player.played == []
    voice.speak(TWO)
    assert len(player.played) == 1


def test_the_last_text_asked_for_is_the_one_played(
    qtbot: QtBot, voice: Voice, player: FakePlayer, tmp_path: Path
) -> None:
    voice.speak(ONE)
    voice.speak(TWO)
    qtbot.waitUntil(lambda: bool(player.played), timeout=LONG)
    qtbot.waitUntil(lambda: Utterance.of(ONE, tmp_path).is_made, timeout=LONG)
    assert [str(path) for path, _ in player.played] == [Utterance.of(TWO, tmp_path).path]


def test_a_stopped_voice_neither_ends_nor_fails(qtbot: QtBot, voice: Voice, player: FakePlayer) -> None:
    voice.speak(ONE)
    qtbot.waitUntil(lambda: bool(player.played), timeout=LONG)
    with qtbot.assertNotEmitted(voice.ended, wait=100), qtbot.assertNotEmitted(voice.failed):
        voice.stop()
        player.end()
    assert player.stops == 1


def test_a_voice_that_fails_twice_is_said(
    qtbot: QtBot, voice: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = tmp_path / "tries"
    code = f"open({str(tries)!r}, 'a').write('x'); raise SystemExit(1)"
    monkeypatch.setattr(children, "command", lambda role: [sys.executable, "-c", code])
    with qtbot.waitSignal(voice.failed, timeout=LONG) as failed:
        voice.speak(ONE)
    assert failed.args == [VOICE_FAILED]
    assert tries.read_text() == "xx"


def test_a_voice_that_hangs_is_ended_and_said(
    qtbot: QtBot, tmp_path: Path, player: FakePlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        children, "command", lambda role: [sys.executable, "-c", "import time; time.sleep(60)"]
    )
    voice = Voice(tmp_path, Sound(player), time_limit_seconds=0.2)
    with qtbot.waitSignal(voice.failed, timeout=LONG):
        voice.speak(ONE)
    voice.shut_down()
