from pathlib import Path

import pytest

from pmvoice.settings import Settings, load_settings, save_settings


def test_settings_survive(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    chosen = Settings(microphone="Headset", area="data", question_count=None)
    save_settings(path, chosen)
    assert load_settings(path) == (chosen, None)
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_defaults_where_there_is_no_file(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.json") == (Settings(), None)


@pytest.mark.parametrize("content", [b"{", b'{"question_count": "many"}', b'{"question_count": 0}', b"\x00"])
def test_damaged_settings_are_kept_aside_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    settings, message = load_settings(path)
    assert settings == Settings()
    assert message is not None
    assert "damaged" in message
    assert (tmp_path / "settings.json.damaged").read_bytes() == content
    assert load_settings(path) == (Settings(), None)
