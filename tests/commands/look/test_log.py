"""tdkt log: which commits changed a task or deadline, and how; what cannot be read, what is not committed, what git does not have."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from tdkt_cli.commands.look import log

SCHEMA = Path(__file__).parents[3] / "schemas" / "step.schema.json"
ONE = """\
tdkt: plan/1
id: a
document:
  number: 1/KH-UBND
  title: Kế hoạch thi đua
  issued: 2022-12-01
period: 2023
tasks:
  - id: "1"
    title: Họp xét khen thưởng
    executor: Ban Thi đua
    deadlines:
      - id: hop
        before: 2023-02-20
        what: Họp Hội đồng
      - id: trinh
        by: 2023-02-01
        who: Sở Y tế
  - id: "2"
    title: Đăng ký danh hiệu
    deadlines:
      - by: 2023-03-15
"""


@pytest.fixture
def kept(repository):
    """A repository whose plan entered, had a date edited, a task renumbered, and a deadline moved and done."""
    plan = ONE
    repository.commit({"tdkt.toml": "", "plans/a.yaml": plan}, "Kế hoạch năm 2023")
    plan = plan.replace("2023-02-20", "2023-02-25")
    repository.commit({"plans/a.yaml": plan}, "Sửa ngày họp")
    repository.commit({"plans/a.yaml": plan.replace("Đăng ký danh hiệu", "Đăng ký thi đua")}, "Việc khác")
    plan = plan.replace('id: "1"\n', 'id: PL1.1\n    former_ids:\n      - "1"\n')
    repository.commit({"plans/a.yaml": f"# đầu tệp\n{plan}"}, "Đánh số lại")
    plan = plan.replace("        what: Họp Hội đồng\n", "        what: Họp Hội đồng\n        done: 2023-02-18\n")
    repository.commit({"plans/a.yaml": plan}, "Ghi kết quả")
    return repository


def subjects(ended):
    """The subjects of the commits listed."""
    return re.findall(r"^[0-9a-f]{8}  \S+ \S+  Nguyễn Văn A  (.*)$", ended.out, re.MULTILINE)


def test_the_history_of_a_task(tdkt, kept):
    ended = tdkt("log", "a/PL1.1", folder=kept.folder)
    names = kept("log", "--format=%H").split()
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        f"{names[0][:8]}  05/02/2023 07:00  Nguyễn Văn A  Ghi kết quả",
        "  ~ PL1.1  Họp xét khen thưởng",
        "    + #hop  đã hoàn thành: 18/02/2023",
        "",
        f"{names[1][:8]}  04/02/2023 07:00  Nguyễn Văn A  Đánh số lại",
        "  ~ PL1.1 (trước là 1)  Họp xét khen thưởng",
        "",
        f"{names[3][:8]}  02/02/2023 07:00  Nguyễn Văn A  Sửa ngày họp",
        "  ~ 1  Họp xét khen thưởng",
        "    ~ #hop  hạn họp Hội đồng: 20/02/2023 -> 25/02/2023 (muộn hơn 5 ngày), ràng buộc: Ban Thi đua; sửa ngay ngày đã ban hành",
        "",
        f"{names[4][:8]}  01/02/2023 07:00  Nguyễn Văn A  Kế hoạch năm 2023",
        "  + 1  Họp xét khen thưởng",
        "    + #hop  Họp Hội đồng: trước 20/02/2023, ràng buộc: Ban Thi đua",
        "    + #trinh  chậm nhất 01/02/2023, ràng buộc: Sở Y tế",
    ]


@pytest.mark.parametrize(
    ("ref", "expected"),
    [
        ("a/1", ["Ghi kết quả", "Đánh số lại", "Sửa ngày họp", "Kế hoạch năm 2023"]),
        ("PL1.1#hop", ["Ghi kết quả", "Đánh số lại", "Sửa ngày họp", "Kế hoạch năm 2023"]),
        ("PL1.1#trinh", ["Đánh số lại", "Kế hoạch năm 2023"]),
        ("2", ["Đánh số lại", "Việc khác", "Kế hoạch năm 2023"]),
    ],
)
def test_only_what_changed_it_is_listed(tdkt, kept, ref, expected):
    assert subjects(tdkt("log", ref, folder=kept.folder)) == expected


def test_what_is_not_committed_comes_first(tdkt, kept):
    path = kept.folder / "plans" / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("2023-02-01", "2023-02-02"), "utf-8")
    lines = tdkt("--lang", "en", "log", "PL1.1#trinh", folder=kept.folder).lines
    assert lines[:3] == [
        "not committed yet",
        "  ~ PL1.1  Họp xét khen thưởng",
        "    ~ #trinh  date: 2023-02-01 -> 2023-02-02 (1 day later), binds: Sở Y tế; edited where it was issued",
    ]


def test_a_deadline_split_and_renamed_is_followed(tdkt, repository):
    whole = ONE.partition("      - id: trinh")[0]
    other = ONE.replace("id: trinh", "id: gui")
    for number, text in enumerate((whole.replace("      - id: hop\n        before", "      - before"), ONE, other)):
        repository.commit({"tdkt.toml": "", "plans/a.yaml": text}, f"Lần {number}")
    assert subjects(tdkt("log", "1#gui", folder=repository.folder)) == ["Lần 2", "Lần 1", "Lần 0"]


def test_a_deadline_and_a_task_that_came_later_end_there(tdkt, repository):
    first = ONE.partition("      - id: trinh")[0]
    for number, text in enumerate((first, ONE.partition('  - id: "2"')[0], ONE, f"{ONE}# x\n")):
        repository.commit({"tdkt.toml": "", "plans/a.yaml": text}, f"Lần {number}")
    assert subjects(tdkt("log", "1#trinh", folder=repository.folder)) == ["Lần 1"]
    assert subjects(tdkt("log", "2", folder=repository.folder)) == ["Lần 2"]


def test_a_version_that_does_not_load_is_said(tdkt, repository):
    for number, text in enumerate((ONE, ONE.replace("before:", "trước:"), ONE.replace("2023-02-20", "2023-02-21"))):
        repository.commit({"tdkt.toml": "", "plans/a.yaml": text}, f"Lần {number}")
    ended = tdkt("log", "1", folder=repository.folder)
    assert (ended.code, subjects(ended)) == (3, ["Lần 2", "Lần 1", "Lần 0"])
    assert "  bản này không đọc được: plans/a.yaml:14:9: TDKT010 " in ended.out
    records = tdkt("log", "1", "--format", "json", folder=repository.folder).records
    assert [record["ref"] for record in records] == ["a/1", None, "a/1"]


def test_a_version_that_is_too_large_is_said(tdkt, repository):
    for number, more in enumerate(("", "#" * 4 * 2**20, "# hết\n")):
        repository.commit({"tdkt.toml": "", "plans/a.yaml": ONE + more}, f"Lần {number}")
    ended = tdkt("log", "1", folder=repository.folder)
    assert (ended.code, subjects(ended)) == (3, ["Lần 1", "Lần 0"])
    assert "  bản này không đọc được: plans/a.yaml:1:1: TDKT002 tệp lớn hơn 4 MB" in ended.out


def test_versions_older_than_the_task_are_not_read(tdkt, repository, monkeypatch):
    first = ONE.partition('  - id: "2"')[0]
    for number, text in enumerate((first, f"{first}# a\n", f"{first}# b\n", ONE)):
        repository.commit({"tdkt.toml": "", "plans/a.yaml": text}, f"Lần {number}")
    read = []
    load = log.load_bytes
    monkeypatch.setattr(log, "load_bytes", lambda data, *more: [read.append(data), load(data, *more)][1])
    assert subjects(tdkt("log", "2", folder=repository.folder)) == ["Lần 3"]
    assert read == [ONE.encode(), f"{first}# b\n".encode()]


def test_along_the_first_parents_and_through_another_name(tdkt, repository):
    repository.commit({"tdkt.toml": "", "plans/cu.yaml": ONE}, "Đầu")
    repository("switch", "--quiet", "--create", "nhanh")
    repository.commit({"plans/cu.yaml": ONE.replace("2023-02-20", "2023-02-21")}, "Trong nhánh")
    repository.commit({"plans/cu.yaml": ONE.replace("2023-02-20", "2023-02-22")}, "Trong nhánh nữa")
    repository("switch", "--quiet", "main")
    repository("merge", "--quiet", "--no-ff", "--message=Hợp nhất", "nhanh")
    repository("mv", "plans/cu.yaml", "plans/a.yaml")
    repository.commit(message="Đổi tên tệp")
    ended = tdkt("log", "1#hop", folder=repository.folder)
    assert re.findall(r"  (?:B|Nguyễn Văn A)  (.*)$", ended.out, re.MULTILINE) == ["Hợp nhất", "Đầu"]
    assert "20/02/2023 -> 22/02/2023" in ended.out


def test_json_is_as_its_schema_says(tdkt, kept):
    records = tdkt("log", "a/1", "--format", "json", folder=kept.folder).records
    for record in records:
        jsonschema.validate(record, json.loads(SCHEMA.read_text("utf-8")))
    first = records[-1]
    assert (
        first["commit"],
        first["date"],
        first["author"],
        first["subject"],
        first["ref"],
        first["task"]["change"],
    ) == (
        kept("log", "--format=%H").split()[-1],
        "2023-02-01T07:00:00+07:00",
        "Nguyễn Văn A",
        "Kế hoạch năm 2023",
        "a/1",
        "added",
    )


def test_the_zone_of_the_settings(tdkt, kept):
    kept.write({"tdkt.toml": 'timezone = "UTC"\n'})
    assert tdkt("log", "1#trinh", folder=kept.folder).lines[-3].split("  ")[1] == "01/02/2023 00:00"


def test_words_of_a_commit_that_would_deceive(tdkt, repository):
    repository.commit({"tdkt.toml": "", "plans/a.yaml": ONE}, "\x1b[2J\x01:100644 100644 a b M\u202e")
    repository.commit({"plans/a.yaml": ONE.replace("2023-02-20", "2023-02-21")}, ":bug: [/x]")
    assert subjects(tdkt("log", "1", folder=repository.folder)) == [":bug: [/x]", "^[[2J^A:100644 100644 a b M\\u202e"]


def test_a_shallow_clone_is_said(tdkt, kept, tmp_path):
    clone = tmp_path / "nong"
    kept("clone", "--quiet", "--depth=1", f"file://{kept.folder}", clone)
    ended = tdkt("log", "a/PL1.1", folder=clone)
    assert (ended.code, subjects(ended)) == (0, ["Ghi kết quả"])
    assert ended.err == "git chỉ có phần cuối của lịch sử; muốn có đủ thì gõ: git fetch --unshallow\n"


def test_without_a_history(tdkt, project, kept):
    ended = tdkt("log", "a/1", folder=project())
    assert ended == (2, "", "tdkt: git không có lịch sử của plans/a.yaml\n")
    assert tdkt("log", "a/9", folder=kept.folder).code == 2
    kept.write({"plans/b.yaml": ONE.replace("id: a\n", "id: b\n")})
    assert tdkt("log", "b/1", folder=kept.folder).err == "tdkt: git không có lịch sử của plans/b.yaml\n"
