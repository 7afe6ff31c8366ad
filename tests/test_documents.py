"""Documents that show commands: each is run from an empty folder, and has to print what stands there."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ["hanoi-2024.md", "month.en.md", "month.md"]


@pytest.fixture(scope="module")
def consoles():
    spec = importlib.util.spec_from_file_location("tools_consoles", ROOT / "tools" / "consoles.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_shows_what_its_commands_print(consoles, name):
    document = (ROOT / "docs" / name).read_text("utf-8")
    assert consoles.same(consoles.rerun(document), document), f"python tools/consoles.py docs/{name}"
