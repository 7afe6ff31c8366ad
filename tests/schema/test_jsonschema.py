"""The JSON Schemas: fresh, valid, described, and of one mind with the loader."""

import json
import re
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tdkt_cli.core.agenda import items
from tdkt_cli.core.record import record
from tdkt_cli.files.config import load_config
from tdkt_cli.files.loader import load_text
from tdkt_cli.files.workspace import read_workspace
from tdkt_cli.schema.jsonschema import SCHEMAS, schema, schema_text

ROOT = Path(__file__).parents[2]
EXAMPLES = Path(str(resources.files("tdkt_cli.rules") / "examples"))
BUNDLED = sorted((ROOT / "plans").rglob("*.yaml"))
GOOD = sorted((EXAMPLES / "good").glob("*.yaml"))
OF_FILES = ("plan", "units", "calendar", "config")
VIETNAMESE = re.compile("[à-ỹđ]", re.IGNORECASE)
PLAN = """\
tdkt: plan/1
id: vi-du
document:
  title: Kế hoạch
period: 2023
tasks:
  - id: PL1.3
    title: Họp
    deadlines:
      - {}
"""


@cache
def validator(name):
    return Draft202012Validator(schema(name))


def problems(name, data):
    return [error.message for error in validator(name).iter_errors(data)]


def kind(data):
    return data["tdkt"].partition("/")[0]


def test_the_schemas_beside_the_plans_are_these():
    assert sorted(file.name for file in (ROOT / "schemas").iterdir()) == sorted(
        f"{name}.schema.json" for name in SCHEMAS
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_fresh(name):
    stored = (ROOT / "schemas" / f"{name}.schema.json").read_bytes().decode()
    assert stored == schema_text(name), "run: make schemas"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid(name):
    made = schema(name)
    assert made["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(made)


@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: file.stem)
def test_a_bundled_file_validates(file, read_yaml):
    data = read_yaml(file.read_text("utf-8"))
    assert problems(kind(data), data) == []


def test_every_kind_is_bundled(read_yaml):
    assert {kind(read_yaml(file.read_text("utf-8"))) for file in BUNDLED} == {"plan", "units", "calendar"}


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_a_good_example_validates(file, read_yaml):
    data = read_yaml(file.read_text("utf-8"))
    assert problems(kind(data), data) == []


@pytest.mark.parametrize("rule", ["TDKT009", "TDKT010", "TDKT011", "TDKT012", "TDKT013", "TDKT015", "TDKT016"])
def test_a_bad_example_does_not_validate(rule, read_yaml):
    assert problems("plan", read_yaml((EXAMPLES / "bad" / f"{rule}.yaml").read_text("utf-8")))


GOOD_DEADLINES = [
    "before: 2023-02-20", "before: 2023-10", "before: 2024", "by: 2023-02-20", "by: 2023-02-20T17:00", "day: 2023-02-20",
    "within: 2023-Q2", "within: 2023-H1", "within: 2023-06", "within: 2023", "within: 2023-02-01/2023-10-31",
    "within: 2024-02/2024-10", "every: FREQ=MONTHLY;BYMONTHDAY=-1", "after: {event: a, days: -5, unit: working}",
    "ongoing: true", "ongoing: 2023", "ongoing: 2024-02/..", "ongoing: ../2024-Q2", "ongoing: 2024-02-01/2024-10", "waiting: a", "text: a", "by: 2023-02-20, done: 2023-02-18",
    "by: 2023-02-20, done: {date: 2023-02-18, document: a}", "by: 2023-02-20, publish: false",
    "by: 2023-02-20, moved: [{by: 2023-03-01, reason: a}]", "by: 2023-02-20, cancelled: 2023-02-01",
    "by: 2023-02-20, received: {Sở Y tế: 2023-02-18}", "by: 2023-02-20, quota: [{who: a, what: b, max: 2}]",
    "every: FREQ=DAILY, occurrences: {2023-01-31: {done: 2023-01-30}}", "by: 2023-02-20, text: a", "every: FREQ=DAILY, text: a",
    "by: 2023-02-20, approximate: true", "day: 2023-02-20, approximate: true", "within: 2023-02, approximate: true",
]  # fmt: skip


@pytest.mark.parametrize("keys", GOOD_DEADLINES)
def test_what_the_loader_takes_validates(keys, read_yaml):
    data = read_yaml(PLAN.format(f"{{{keys}}}"))
    assert problems("plan", data) == []
    assert load_text(PLAN.format(f"{{{keys}}}"), Path("a.yaml"), "a.yaml").findings == ()


@pytest.mark.parametrize(
    "keys",
    [
        "befor: 2023-02-20", "before: 20/02/2023", "by: 2023-2-20", "by: 20233-02-20", "by: 2023-02-20T5:00", "by: cuối tháng",
        "by: {date: 2023-02-20}", "by: ''", "within: 2023-Q5", "every: hằng tháng", "every: FREQ=HOURLY",
        "ongoing: false", "ongoing: ..", "ongoing: ../..", "ongoing: 2024/", "ongoing: /2024", "within: 2024-02/..", "within: ../2024", "after: {event: a}", "after: {event: a, days: hai}", "waiting: 1", "waiting: ", "who: a",
        "by: 2023-02-20, done: yes", "by: 2023-02-20, publish: yes", "by: 2023-02-20, moved: {by: 2023-03-01}",
        "by: 2023-02-20, moved: [{reason: a}]", "by: 2023-02-20, moved: [{by: 2023-03-01, day: 2023-03-01}]",
        "by: 2023-02-20, quota: [{who: a, what: b}]", "by: 2023-02-20, quota: [{who: a, what: b, max: 1, min: 1}]",
        "by: 2023-02-20, dossier: {items: []}", "every: FREQ=DAILY, bound: within",
        "by: 2023-02-20, before: 2023-02-24", "every: FREQ=DAILY, waiting: a", "by: 2023-02-20, before: 2023-02-24, text: a",
        "within: 2023, ongoing: true, day: 2023-02-20",
        "every: FREQ=DAILY, occurrences: {cuối tháng: {note: a}}",
        "within: 20233",
        "by: 2023-02-20, text: ''",
    ],
)  # fmt: skip
def test_what_the_loader_refuses_does_not_validate(keys, read_yaml):
    text = PLAN.format(f"{{{keys}}}")
    assert problems("plan", read_yaml(text))
    if keys != "who: a":  # a deadline without any words is for the rules
        assert load_text(text, Path("a.yaml"), "a.yaml").model is None


@pytest.mark.parametrize("name", OF_FILES)
def test_every_key_is_described_in_vietnamese(name):
    made = schema(name)

    def undescribed(node, path):
        if isinstance(node, dict):
            for key, value in node.get("properties", {}).items():
                shown = made["$defs"][value["$ref"].rpartition("/")[2]] | value if "$ref" in value else value
                if not VIETNAMESE.search(shown.get("description", "")):
                    yield f"{path}.{key}"
            if "properties" in node and not VIETNAMESE.search(node.get("description", "")):
                yield path
            for key, value in node.items():
                yield from undescribed(value, f"{path}.{key}")

    assert list(undescribed(made, name)) == []


@pytest.mark.parametrize("name", ["plan", "units", "calendar"])
def test_an_editor_names_each_part_in_vietnamese_and_types_no_defaults(name):
    made = schema(name)
    parts = [made, *(part for part in made.get("$defs", {}).values() if "properties" in part)]
    assert [part["title"] for part in parts if not part.get("title", "").islower()] == []
    assert '"default":' not in json.dumps(made)


@pytest.mark.parametrize(
    ("key", "many"), [("before", 1), ("by", 1), ("day", 1), ("within", 5), ("every", 5), ("ongoing", 6)]
)
def test_what_editors_offer_for_a_date_is_one(key, many, read_yaml):
    example = {"năm-tháng-ngày": "2023-05-20", "năm-tháng": "2023-05", "năm": "2023"}
    offers = validator("plan").schema["$defs"]["DeadlineModel"]["properties"][key]["defaultSnippets"]
    assert len(offers) == many
    for offer in offers:
        value = re.sub(r"\$\{\d[:|]([^}|,]+)[^}]*\}", lambda stop: example.get(stop[1], stop[1]), offer["body"])
        text = PLAN.format(f"{{{key}: '{value}'}}")
        assert problems("plan", read_yaml(text)) == [], value
        assert load_text(text, Path("a.yaml"), "a.yaml").findings == (), value


@pytest.mark.parametrize("name", OF_FILES)
def test_no_file_has_unknown_keys_or_null(name):
    made = schema(name)
    objects = [made, *made.get("$defs", {}).values()]
    assert [node.get("additionalProperties") for node in objects if "properties" in node] == [False] * len(objects)
    assert '"null"' not in json.dumps(made)


@pytest.fixture(scope="module")
def records():
    config = load_config(ROOT)
    workspace = read_workspace(config, [], ROOT)
    days = [date(2022, 12, 1), date(2023, 7, 3), date(2026, 1, 1)]
    return [record(item, workspace.office, day) for day in days for item in items(workspace.plans, workspace.office)]


def test_every_record_of_the_bundled_plans_validates(records):
    assert len(records) > 300
    assert [(one["ref"], message) for one in records for message in problems("record", one)] == []
    assert json.loads(json.dumps(records)) == records


def test_a_record_has_all_its_keys(records):
    made = validator("record").schema
    assert {tuple(one) for one in records} == {tuple(made["properties"])}
    assert made["required"] == list(made["properties"])


@pytest.mark.parametrize(
    "change",
    [{"state": "late"}, {"kind": "until"}, {"end": 20230220}, {"who": "a"}, {"line": None}, {"done": {"date": None}}],
)
def test_a_record_that_is_none_does_not_validate(change, records):
    assert problems("record", records[0] | change)
