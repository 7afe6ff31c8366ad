import json
from pathlib import Path

import pytest

NAMES = ["plan", "units", "calendar", "config", "record", "difference", "step"]
SCHEMAS = Path(__file__).parents[3] / "schemas"


def test_the_names(tdkt):
    assert tdkt("schema") == (0, "\n".join([*NAMES, ""]), "")


@pytest.mark.parametrize("name", NAMES)
def test_one_schema_is_the_file_in_the_repository(tdkt, name):
    ended = tdkt("schema", name)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (SCHEMAS / f"{name}.schema.json").read_text("utf-8")
    assert "$schema" in json.loads(ended.out)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_written_beside_the_settings(tdkt, project, lang):
    folder = project()
    ended = tdkt("schema", "--write", "--lang", lang, folder=folder / "plans" / "units")
    said = {"vi": "đã ghi", "en": "written"}[lang]
    assert ended == (0, f"{said}: {folder / 'schemas'}\n", "")
    written = {file.name: file.read_bytes() for file in (folder / "schemas").iterdir()}
    assert written == {f"{name}.schema.json": tdkt("schema", name).out.encode() for name in NAMES}


def test_written_here_without_settings(tdkt, tmp_path):
    assert tdkt("schema", "--write", folder=tmp_path).code == 0
    assert (tmp_path / "schemas" / "plan.schema.json").is_file()


def test_a_schema_that_does_not_exist(tdkt):
    assert tdkt("schema", "plam") == (2, "", "tdkt: KIND: không có “plam”; có phải plan?\n")
    assert tdkt("schema", "zzz", "--lang", "en") == (
        2,
        "",
        "tdkt: KIND does not know “zzz”; it takes plan, units, calendar, config, record, difference, step\n",
    )
