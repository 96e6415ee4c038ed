"""Who may import what (see CONTRIBUTING.md): no Qt outside the window, one owner for each library."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pmvoice"
WINDOW = ("gui/", "app.py", "start.py")
OWNERS = {
    "PySide6": WINDOW,
    "qtawesome": ("gui/",),
    "pmvoice.gui": WINDOW,
    "sounddevice": ("sound_devices.py",),
    "pyttsx3": ("speech.py",),
    "espeakng_loader": ("speech.py",),
    "faster_whisper": ("transcription/whisper.py", "transcription/detector.py"),
    "huggingface_hub": ("transcription/models.py",),
    "sqlite3": ("history_database.py",),
    "av": ("sound_files.py",),
}
PURE = ("analysis/", "interview.py", "transcript.py")
PURE_MAY_IMPORT = ("pmvoice.analysis", "pmvoice.transcript", "pmvoice.questions", "numpy")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules() -> list[str]:
    return sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("module", modules())
def test_a_library_is_imported_by_its_owner_alone(module: str) -> None:
    for name in imports(PACKAGE / module):
        for library, owners in OWNERS.items():
            if name == library or name.startswith(library + "."):
                assert module.startswith(owners), f"{module} imports {name}"


@pytest.mark.parametrize("module", [each for each in modules() if each.startswith(PURE)])
def test_the_numbers_need_nothing_but_our_own_data(module: str) -> None:
    import sys

    for name in imports(PACKAGE / module):
        top = name.split(".")[0]
        assert top in sys.stdlib_module_names or name.startswith(PURE_MAY_IMPORT), f"{module} imports {name}"


def test_pages_do_not_import_each_other() -> None:
    for module in modules():
        if module.endswith("_page.py"):
            assert not any(name.endswith("_page") for name in imports(PACKAGE / module)), module
