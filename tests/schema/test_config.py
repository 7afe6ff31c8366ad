"""tdkt.toml: what it may say, its defaults, and what is said of a bad one."""

import tomllib

import pytest

from tdkt_cli.core.text import UNSAFE
from tdkt_cli.files.config import DEFAULTS, find_root, load_config
from tdkt_cli.render.findings.text import finding_line, finding_text
from tdkt_cli.render.language import language
from tdkt_cli.schema.config import CheckConfig

VI, EN = language("vi"), language("en")
KEYS = "plans, timezone, lang, days, soon, before, check, publish"


@pytest.fixture
def config(tmp_path):
    """The settings of a tdkt.toml with this content."""

    def run(content):
        (tmp_path / "tdkt.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
        return load_config(tmp_path)

    return run


def test_the_defaults(config):
    expected = {
        "plans": "plans", "timezone": "Asia/Ho_Chi_Minh", "lang": "vi", "days": 14, "soon": 7, "before": "grace",
        "check": {"strict": False, "select": (), "ignore": (), "per_file_ignores": {}, "severity": {}, "rule_pages": ""},
        "publish": {
            "name": "", "url": "", "domain": "tdkt.invalid", "done": "mark", "span": False, "lead_days": (), "roles": (),
        },
    }  # fmt: skip
    assert config("").settings.model_dump() == DEFAULTS.model_dump() == expected


@pytest.mark.parametrize(
    ("content", "key", "value"),
    [
        ('plans = "kế hoạch"', "plans", "kế hoạch"),
        ('timezone = "UTC"', "timezone", "UTC"),
        ('lang = "en"', "lang", "en"),
        ("days = 0", "days", 0),
        ("days = 3660", "days", 3660),
        ("soon = 366", "soon", 366),
        ('before = "strict"', "before", "strict"),
        ('"soon" = 3 # a', "soon", 3),
        (b"\xef\xbb\xbfsoon = 3", "soon", 3),
        ("# a\r\nsoon = 3\r\n", "soon", 3),
    ],
)
def test_a_setting(content, key, value, config):
    read = config(content)
    assert read.findings == ()
    assert read.settings == DEFAULTS.model_copy(update={key: value})


@pytest.mark.parametrize("content", ["[check]\nstrict = true", "check.strict = true", "check = {strict = true}"])
def test_check_can_be_strict(content, config):
    assert config(content).settings.check.strict is True


def no_zone(name):
    return (
        "TDKT016",
        f"không có múi giờ “{name}”; viết chẳng hạn Asia/Ho_Chi_Minh",
        f"there is no time zone “{name}”; write for instance Asia/Ho_Chi_Minh",
    )


def no_key(key, near):
    return (
        "TDKT010",
        f"ở đây không có khóa “{key}”; có phải {near}?",
        f"there is no key “{key}” here; did you mean {near}?",
    )


def one_of(choices):
    return "TDKT016", f"ở đây phải là một trong: {choices}", f"this must be one of: {choices}"


MAPPING = (
    "TDKT012",
    "ở đây phải là các khóa kèm giá trị, mỗi dòng một khóa: “khóa: giá trị”",
    "this must have keys with values, one per line: “key: value”",
)
LIST = (
    "TDKT012",
    "ở đây phải là danh sách trong ngoặc vuông, ví dụ [7, 1]",
    "this must be a list in brackets, such as [7, 1]",
)
BAD = {
    "unknown role": ('[publish]\nroles = ["lead", "boss"]', "2:1", one_of("lead, executor, coordinator, advisor")),
    "roles, not a list": ('[publish]\nroles = "lead"', "2:1", LIST),
    "days, not a list": ('[publish]\nlead_days = "7"', "2:1", LIST),
    "a day that is none": ("[publish]\nlead_days = [7, -1]", "2:1", (
        "TDKT016", "số ngày nhắc trước là số nguyên từ 0 đến 366", "days before a deadline are whole numbers from 0 to 366",
    )),
    "zone": ('days = 3\ntimezone = "Asia/Hanoi"', "2:1", no_zone("Asia/Hanoi")),
    "no zone": ('timezone = ""', "1:1", no_zone("")),
    "zone out of its folder": ('timezone = "../../etc/passwd"', "1:1", no_zone("../../etc/passwd")),
    "folder of zones": ('timezone = "Asia"', "1:1", no_zone("Asia")),
    "long zone": (f'timezone = "{"a" * 300}"', "1:1", no_zone("a" * 300)),
    "unknown key": ("# a\n\n  dayz = 3", "3:3", no_key("dayz", "days")),
    "unknown key, nothing near": ("zzzz = 3", "1:1", (
        "TDKT010", f"ở đây không có khóa “zzzz”; các khóa là {KEYS}", f"there is no key “zzzz” here; the keys are {KEYS}",
    )),
    "unknown table": ("soon = 3\n[chek]\nstrict = true", "2:2", no_key("chek", "check")),
    "unknown key in a table": ("[check]\nstrickt = true", "2:1", no_key("strickt", "strict")),
    "number for text": ("plans = 5", "1:1", ("TDKT012", "ở đây phải là chữ", "this must be text")),
    "number for table": ("check = 3", "1:1", MAPPING),
    "none of the choices": ('before = "x"', "1:1", one_of("grace, strict")),
    "language": ('lang = "fr"', "1:1", one_of("vi, en")),
    "not UTF-8": (b'plans = "\xe9"', "1:10", (
        "TDKT003",
        "tệp không phải UTF-8 (byte 0xe9); lưu lại bằng mã “UTF-8” trong trình soạn thảo",
        "the file is not UTF-8 (byte 0xe9); save it as “UTF-8” in the editor",
    )),
    "hidden character": ('plans = "a\u202e"', "1:11", (
        "TDKT004",
        "ở đây có ký tự ẩn U+202E; xóa nó đi",
        "this is an invisible character, U+202E; delete it",
    )),
    "too large": (b"#" * (4 * 2**20 + 1), "1:1", (
        "TDKT002",
        "tệp nặng 4.0 MB, chỉ đọc tối đa 4 MB; tách kế hoạch ra",
        "the file has 4.0 MB, at most 4 MB are read; split the plan",
    )),
}  # fmt: skip


@pytest.mark.parametrize(("content", "place", "expected"), BAD.values(), ids=BAD)
def test_a_bad_one_is_a_finding_and_its_default_holds(content, place, expected, config, tmp_path):
    read = config(content)
    rule, vi, en = expected
    assert [finding_line(one, VI, colour=False) for one in read.findings] == [f"tdkt.toml:{place}: {rule} {vi}"]
    assert [finding_line(one, EN, colour=False) for one in read.findings] == [f"tdkt.toml:{place}: {rule} {en}"]
    kept = {key: 3 for key in ("days", "soon") if f"{key} = 3" in str(content) and rule != "TDKT005"}
    assert (read.settings, read.root) == (DEFAULTS.model_copy(update=kept), tmp_path)


# Where tomllib stops; its sentences differ between versions of Python.
NOT_TOML = {
    "no value": ("days = \n", "1:8"),
    "no value at the end": ("soon = 3\ndays =", "2:7"),
    "text without quotes": ("plans = x\n", "1:9"),
    "key twice": ("days = 3\ndays = 4\n", "2:9"),
    "table twice": ("[check]\n[check]\n", "2:7"),
    "quotes open": ('plans = "x\n', "1:11"),
    "quotes open at the end": ("plans = 'x", "1:11"),
    "backslash": ('plans = "\\x"\n', "1:12"),
    "no statement": ("!\n", "1:1"),
    "two in a line": ("days = 3 soon = 4\n", "1:10"),
    "key with accents": ("ngày = 3\n", "1:3"),
    "no key": ("a. = 3\n", "1:4"),
    "bracket open": ("[publish]\nlead_days = [7\n", "2:15"),
    "brace open": ("check = {strict = true\n", "1:23"),
    "table open": ("[check\n", "1:7"),
    "no date": ("days = 2023-02-30\n", "1:8"),
}


@pytest.mark.parametrize(("content", "place"), NOT_TOML.values(), ids=NOT_TOML)
def test_what_is_not_toml_is_a_finding_in_the_words_of_tomllib(content, place, config):
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(content)
    sentence = str(raised.value).rpartition(" (at ")[0]
    read = config(content)
    shown = [finding_line(one, said, colour=False) for said in (VI, EN) for one in read.findings]
    assert shown == [
        f"tdkt.toml:{place}: TDKT005 không phải TOML: {sentence}",
        f"tdkt.toml:{place}: TDKT005 this is not TOML: {sentence}",
    ]
    assert read.settings == DEFAULTS


def test_every_problem_is_found(config):
    found = config('days = -1\nlang = "fr"\nsooon = 3\n[check]\nstrickt = 1\n').findings
    assert [(one.rule, one.span.line) for one in found] == [
        ("TDKT016", 2), ("TDKT016", 1), ("TDKT010", 5), ("TDKT010", 3),
    ]  # fmt: skip


def test_excerpt_and_caret(config):
    (found,) = config('soon = 3\n  dayz = "\\u001b" # ngày').findings
    assert finding_text(found, VI, colour=False) == (
        'tdkt.toml:2:3: TDKT010 ở đây không có khóa “dayz”; có phải days?\n  2 | dayz = "\\u001b" # ngày\n    | ^^^^'
    )


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ('days = "14"', "TDKT012"), ("days = 1.5", "TDKT012"), ("days = true", "TDKT012"), ("days = -1", "TDKT016"),
        ("days = 3661", "TDKT016"), ("soon = 367", "TDKT016"),
    ],
)  # fmt: skip
def test_a_number_that_does_not_fit_is_refused(content, rule, config):
    (found,) = config(content).findings
    assert (found.rule, found.span.line, found.span.column) == (rule, 1, 1)
    assert "Input should be" not in VI.say(found.message)  # pydantic's words


@pytest.mark.parametrize("value", ["1", "0", '"yes"', '"off"', '"true"', "1.0"])
def test_strict_is_true_or_false(value, config):
    read = config(f"soon = 3\n[check]\nstrict = {value}")
    assert [finding_line(one, VI, colour=False) for one in read.findings] == [
        "tdkt.toml:3:1: TDKT012 ở đây phải là true hoặc false"
    ]
    assert [finding_line(one, EN, colour=False) for one in read.findings] == [
        "tdkt.toml:3:1: TDKT012 this must be true or false"
    ]
    assert read.settings == DEFAULTS.model_copy(update={"soon": 3})


def test_a_mistake_leaves_the_other_keys_in_force(config):
    read = config('plans = "kh"\nlang = "fr"\nsoon = 3\ndayz = 1\nbefore = 5\n[check]\nstrict = true\n')
    kept = {"plans": "kh", "soon": 3, "check": CheckConfig(strict=True)}
    assert read.settings == DEFAULTS.model_copy(update=kept)
    assert sorted((one.rule, one.span.line) for one in read.findings) == [
        ("TDKT010", 4),
        ("TDKT016", 2),
        ("TDKT016", 5),
    ]


def test_a_mistake_in_a_table_leaves_its_other_keys_in_force(config):
    assert config("[check]\nstrict = true\nstrickt = 1\n").settings.check.strict is True


@pytest.mark.parametrize(
    "content",
    [
        "soon = 1\n'days' = -1",
        "soon = 1\ncheck.strickt = true",
        "days = 3\n[check]\ndays = 3",
        "soon = 1\ncheck = {a = 1}",
        "soon = 1\n[ check ]\n  strickt = 1",
        "soon = 1\n[check.a]",
        *(text for text in ("soon = 1\n[x.y]", "soon = 1\n[[check]]", 'soon = 1\n"a b" = 3')),
    ],
)
def test_a_finding_stands_on_the_line_of_its_key(content, config):
    (found,) = config(content).findings
    assert found.span.line == len(content.splitlines())


ABSURD = {"levels": "days = " + "[" * 100_000, "tables": "a = " + "{a = " * 100_000, "digits": "days = " + "9" * 5000}


@pytest.mark.parametrize("content", ABSURD.values(), ids=ABSURD)
def test_whatever_it_holds_nothing_is_raised(content, config):
    read = config(content)
    assert [(one.rule, one.span.line, one.span.column) for one in read.findings] == [("TDKT005", 1, 1)]
    assert finding_line(read.findings[0], VI, colour=False) == "tdkt.toml:1:1: TDKT005 không đọc được TOML này"
    assert finding_line(read.findings[0], EN, colour=False) == "tdkt.toml:1:1: TDKT005 this is not valid TOML"
    assert read.settings == DEFAULTS


@pytest.mark.parametrize(
    "value",
    [
        "/kh",
        "..",
        "../kh",
        "kh/../kh",
        "kh\\u0000",
        "kh\\u202e",
        "kh\\u001b",
        "\\u200bkh",
        "a\\nb",
    ],
)
def test_the_folder_of_plans_lies_below_and_shows(value, config):
    read = config(f'soon = 3\nplans = "{value}"')
    assert [finding_line(one, VI, colour=False) for one in read.findings] == [
        "tdkt.toml:2:1: TDKT016 thư mục kế hoạch nằm dưới tdkt.toml: viết chẳng hạn plans"
    ]
    assert [finding_line(one, EN, colour=False) for one in read.findings] == [
        "tdkt.toml:2:1: TDKT016 the plans folder must be inside the folder of tdkt.toml: write, for example, plans"
    ]
    assert read.settings == DEFAULTS.model_copy(update={"soon": 3})


@pytest.mark.parametrize("key", ["timezone", '"a\\u202e"', "lang", "before"])
def test_hidden_characters_as_escapes_are_spelled_out(key, config):
    (found,) = config(f'{key} = "a\\u202e\\u001b"').findings
    assert not UNSAFE.search(finding_text(found, VI, colour=False))


def test_the_nearest_folder_upward(tmp_path):
    (tmp_path / "a/b/c").mkdir(parents=True)
    (tmp_path / "tdkt.toml").write_text("soon = 1\n", "utf-8")
    (tmp_path / "a/b/tdkt.toml").write_text("soon = 2\n", "utf-8")
    (tmp_path / "a/tdkt.toml").mkdir()  # a folder of that name is none
    roots = {name: find_root(tmp_path / name) for name in ("", "a", "a/b", "a/b/c")}
    assert roots == {"": tmp_path, "a": tmp_path, "a/b": tmp_path / "a/b", "a/b/c": tmp_path / "a/b"}
    assert load_config(tmp_path / "a/b/c").settings.soon == 2
    assert load_config(tmp_path / "a").plans == tmp_path / "plans"


def test_a_finding_names_the_file_in_full_from_below(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "tdkt.toml").write_text("dayz = 1\n", "utf-8")
    assert load_config(tmp_path / "a").findings[0].file == str(tmp_path / "tdkt.toml")
