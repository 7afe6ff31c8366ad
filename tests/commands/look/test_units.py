import pytest

PLAN = """\
    tdkt: plan/1
    id: b
    document: {title: Kế hoạch B}
    period: 2023
    units: u
    tasks:
      - {id: "1", title: Báo cáo, executor: Các sở, deadlines: [{by: 2023-03-01}]}
"""
KEYS = ["register", "id", "kind", "name", "short", "aliases", "valid_from", "valid_to", "parent", "successors", "groups", "members", "open", "note"]  # fmt: skip


def test_the_registers(office):
    ended = office("units")
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "u: Danh bạ thử (4 đơn vị, 2 nhóm)",
        "  ban-td        Ban Thi đua",
        "  so-tai-chinh  Sở Tài chính",
        "  so-y-te       Sở Y tế",
        "  ubnd          UBND Thành phố",
        "  cac-nganh     Các ngành  [nhóm chưa xác định đủ thành viên]",
        "  cac-so        Các sở  [nhóm 2 đơn vị]",
        "",
    ]


def test_in_english(office):
    lines = office("units", "--lang", "en").lines
    assert lines[0] == "u: Danh bạ thử (4 bodies, 2 groups)"
    assert lines[-3:-1] == ["  cac-nganh     Các ngành  [open group]", "  cac-so        Các sở  [group of 2 bodies]"]


@pytest.mark.parametrize("typed", ["so y te", "Sở Y tế", "so-y-te", "ngành y tế", "y te"])
def test_one_unit(office, typed):
    assert [" ".join(line.split()) for line in office("units", typed).lines] == [
        "Sở Y tế",
        "mã u/so-y-te",
        "còn được viết Ngành Y tế",
        "trực thuộc UBND Thành phố",
        "tồn tại từ 01/08/2008",
        "thuộc nhóm Các sở",
        "ghi chú thử",
        "",
    ]


ENDED = """\
    tdkt: units/1
    id: u
    name: Danh bạ thử
    bodies:
      - {id: so-y-te, name: Sở Y tế}
      - {id: so-tai-chinh, name: Sở Tài chính, valid_to: 2024-12-31}
    groups:
      - {id: cac-so, name: Các sở, valid_to: 2024-06-30, members: [so-y-te, so-tai-chinh]}
      - {id: khoi, name: Khối thi đua, members: [cac-so]}
"""


@pytest.mark.parametrize(
    ("today", "size"), [("2023-02-22", 2), ("2024-06-30", 2), ("2024-07-01", 2), ("2026-01-01", 2)]
)
def test_a_group_that_has_ended_has_the_size_it_had(tdkt, project, today, size):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": PLAN, "plans/units/u.yaml": ENDED})
    lines = tdkt("units", "--today", today, folder=folder).lines
    assert f"  cac-so        Các sở  [nhóm {size} đơn vị]" in lines


def test_groups_stand_one_a_line(tdkt, project):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": PLAN, "plans/units/u.yaml": ENDED})
    lines = tdkt("units", "so y te", "--today", "2023-02-22", folder=folder).lines
    assert [" ".join(line.split()) for line in lines[-3:]] == ["thuộc nhóm Các sở", "Khối thi đua", ""]


def test_words_need_no_quotes(office):
    assert office("units", "so", "y", "te") == office("units", "so y te")


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("cac so", ["Các sở", "mã u/cac-so", "thành viên Sở Y tế; Sở Tài chính", "số lượng nhóm 2 đơn vị", ""]),
        ("cac-nganh", ["Các ngành", "mã u/cac-nganh", "số lượng nhóm chưa xác định đủ thành viên", ""]),
        ("btđ", ["Ban Thi đua", "mã u/ban-td", "tên viết tắt BTĐ", ""]),
    ],
)
def test_groups_and_short_names(office, typed, lines):
    assert [" ".join(line.split()) for line in office("units", typed).lines] == lines


def test_as_json(office):
    records = office("units", "--format", "json").records
    assert [list(record) for record in records] == [KEYS] * 6
    (found,) = office("units", "so-y-te", "--format", "json").records
    assert found == {
        "register": "u", "id": "so-y-te", "kind": "body", "name": "Sở Y tế", "short": None, "aliases": ["Ngành Y tế"],
        "valid_from": "2008-08-01", "valid_to": None, "parent": "ubnd", "successors": [], "groups": ["cac-so"], "members": [],
        "open": False, "note": "thử",
    }  # fmt: skip
    opened = {record["id"]: (record["kind"], record["open"], record["members"]) for record in records}
    assert opened["cac-so"] == ("group", False, ["so-y-te", "so-tai-chinh"])
    assert opened["cac-nganh"] == ("group", True, [])


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        ("so y tee", "“so y tee” không có trong danh bạ nào; có phải “Sở Y tế”?", "“so y tee” is not in any register; did you mean “Sở Y tế”?"),
        ("zzz", "“zzz” không có trong danh bạ nào; xem danh sách: tdkt units", "“zzz” is not in any register; tdkt units lists them"),
        ("sở", "“sở” có thể là: Sở Y tế; Sở Tài chính", "“sở” is ambiguous: Sở Y tế; Sở Tài chính"),
    ],
)  # fmt: skip
def test_names_that_mean_no_unit(office, typed, vi, en):
    assert office("units", typed) == (2, "", f"tdkt: {vi}\n")
    assert office("units", typed, "--lang", "en") == (2, "", f"tdkt: {en}\n")


def test_a_format_that_does_not_exist(office):
    assert office("units", "--format", "csv") == (2, "", "tdkt: --format: không có “csv”; chỉ nhận text, json\n")


def test_the_bundled_registers(tdkt):
    ended = tdkt("units", "so y te")
    assert (ended.code, ended.lines[0]) == (0, "Sở Y tế")
    assert "hanoi/so-y-te" in ended.out
