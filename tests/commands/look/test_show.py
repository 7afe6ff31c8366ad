import pytest

WHOLE = """\
    tdkt: plan/1
    id: b
    document:
      number: 2/KH-UBND
      title: Kế hoạch B
      issued: 2022-12-01
    period: 2023
    units: u
    sections:
      I: Phần thứ nhất
    tasks:
      - id: "1"
        section: I
        title: Nộp báo cáo
        content: |-
          - Một
          - Hai
        lead: UBND Thành phố
        executor: Các sở
        coordinator: Ban Thi đua
        timing: trước 20/02/2023
        labels:
          - cờ
        note: việc hằng năm
        deadlines:
          - id: nop
            before: 2023-02-20
            what: Nộp
            text: trước ngày 20/02
            correction: in nhầm năm
            moved:
              - before: 2023-03-01
                date: 2023-02-10
                document: 311/UBND
                reason: nghỉ Tết
            received:
              Sở Y tế: 2023-02-15
            note: đã nhắc
            quota:
              - who: Sở Y tế
                what: tập thể
                max: 2
              - who: Sở Tài chính
                what: cá nhân
                exactly: 1
            dossier:
              to: Ban Thi đua
              copies: 2
              items:
                - Tờ trình
                - "- Báo cáo"
          - id: hop
            by: 2023-03-10T17:00
            who: Ban Thi đua
            cancelled: {date: 2023-02-12, document: 3/UBND, reason: đã họp}
          - id: xong
            after: {event: nhận đủ hồ sơ, days: 5, unit: working, occurred: 2023-02-13}
            done: {date: 2023-02-18, document: 9/BC, note: đủ}
"""
SHEET = """\
Nộp báo cáo

  mã                     b/1
  kế hoạch               2/KH-UBND · Kế hoạch B
  mục                    Phần thứ nhất
  chỉ đạo, chủ trì       UBND Thành phố
  đơn vị thực hiện       Các sở
  đơn vị phối hợp        Ban Thi đua
  nội dung               - Một
                         - Hai
  thời gian, nguyên văn  trước 20/02/2023
  nhãn                   cờ
  ghi chú                việc hằng năm
  tệp                    plans/b.yaml:12

Thời hạn b/1#nop
  việc                Nộp
  giao cho            Các sở
  thời hạn            trước 01/03/2023
  hạn đầu             trước 20/02/2023
  nguyên văn          trước ngày 20/02
  đính chính          in nhầm năm
  ngày cuối           thứ Ba 28/02/2023
  quá hạn từ          thứ Năm 02/03/2023
  tình trạng          Sắp hết hạn, còn 6 ngày
  đã chuyển           trước 01/03/2023; 311/UBND; 10/02/2023; nghỉ Tết
  đã nhận từ          Sở Y tế (15/02/2023)
  số đơn vị           2 đơn vị
  còn thiếu           Sở Tài chính
  chỉ tiêu            Sở Y tế: tối đa 2 tập thể
  chỉ tiêu            Sở Tài chính: 1 cá nhân
  gửi hồ sơ đến       Ban Thi đua
  số bộ               2
  hồ sơ               - Tờ trình
                      - Báo cáo
  ghi chú             đã nhắc

Thời hạn b/1#hop
  giao cho            Ban Thi đua
  thời hạn            chậm nhất 17:00 ngày 10/03/2023
  nguyên văn          trước 20/02/2023
  ngày cuối           thứ Sáu 10/03/2023
  quá hạn từ          thứ Bảy 11/03/2023
  tình trạng          Đã hủy
  hủy ngày            12/02/2023; 3/UBND; đã họp

Thời hạn b/1#xong
  giao cho            Các sở
  thời hạn            sau 5 ngày làm việc kể từ: nhận đủ hồ sơ (20/02/2023)
  nguyên văn          trước 20/02/2023
  ngày cuối           thứ Hai 20/02/2023
  quá hạn từ          thứ Ba 21/02/2023
  tình trạng          Đã hoàn thành (đúng hạn)
  hoàn thành ngày     18/02/2023; 9/BC; đủ
  số đơn vị           2 đơn vị
"""


def folded(text):
    """Every line with its runs of spaces made one: the width of the column of names is not what is tested."""
    return [" ".join(line.split()) for line in text.splitlines()]


@pytest.fixture
def show(tdkt, project):
    folder = project(**{"plans/b.yaml": WHOLE})
    return lambda *typed: tdkt("show", *typed, "--today", "2023-02-22", folder=folder)


def test_a_task_whole(show):
    ended = show("b/1")
    assert (ended.code, ended.err) == (0, "")
    assert folded(ended.out) == folded(SHEET)


def test_the_names_stand_in_a_column(show):
    lines = show("b/1").out.partition("Thời hạn")[0].splitlines()[2:]
    (column,) = {len(line) - len(line.lstrip()) for line in lines if line.strip() == "- Hai"}
    assert column > 10
    assert {line[column - 2 : column] for line in lines if line} == {"  "}


def test_in_english(show):
    lines = folded(show("b/1#hop", "--lang", "en").out)
    assert {"reference b/1", "binds Ban Thi đua", "when by 2023-03-10 17:00", "state cancelled"} <= set(lines)
    assert "last day Friday 2023-03-10" in lines


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("b/1", ["b/1#nop", "b/1#hop", "b/1#xong"]),
        ("b/1#hop", ["b/1#hop"]),
        ("a/1#hop", ["a/1#hop"]),
        ("3", ["a/3"]),
        ("1#nop", ["b/1#nop"]),
        ("B/1", ["b/1#nop", "b/1#hop", "b/1#xong"]),
        ("A/1#HOP", ["a/1#hop"]),
        ("1#Nop", ["b/1#nop"]),
    ],
)
def test_references(show, ref, found):
    assert [record["ref"] for record in show(ref, "--format", "json").records] == found


def test_an_occurrence_in_any_case(office):
    assert [record["ref"] for record in office("show", "B/1@2023-02-28", "--format", "json").records] == [
        "b/1@2023-02-28"
    ]


def test_occurrences(office):
    refs = ["b/1@2023-01-31", "b/1@2023-02-28", "b/1@2023-03-31"]
    assert [record["ref"] for record in office("show", "b/1", "--format", "json").records] == refs
    assert [record["ref"] for record in office("show", refs[1], "--format", "json").records] == [refs[1]]


@pytest.mark.parametrize(
    ("ref", "vi", "en"),
    [
        ("b/1#hopp", "không có b/1#hopp; có phải b/1#hop?", "there is no b/1#hopp; did you mean b/1#hop?"),
        ("1#nopp", "không có 1#nopp; có phải b/1#nop?", "there is no 1#nopp; did you mean b/1#nop?"),
        ("zzzzzz", "không có zzzzzz; xem mọi mã: tdkt list", "there is no zzzzzz; tdkt list shows every reference"),
        ("1", "1 có thể là: a/1, b/1", "1 is ambiguous: a/1, b/1"),
        (
            "b/1#hop@2023-01-01",
            "thời hạn b/1#hop không rơi vào 01/01/2023",
            "the deadline b/1#hop does not fall on 2023-01-01",
        ),
    ],
)
def test_references_that_do_not_resolve(show, ref, vi, en):
    assert show(ref) == (2, "", f"tdkt: {vi}\n")
    assert show(ref, "--lang", "en") == (2, "", f"tdkt: {en}\n")


@pytest.mark.parametrize(("lang", "words"), [("vi", "còn thiếu: REF"), ("en", "something is missing: REF")])
def test_a_reference_is_needed(tdkt, lang, words):
    assert tdkt("show", "--lang", lang) == (2, "", f"tdkt: {words}\n")


def test_the_bundled_session(tdkt):
    lines = folded(tdkt("show", "hanoi-2023/PL1.3#hop", "--today", "2023-02-01").out)
    for words in (
        "thời hạn trước 20/02/2023",
        "ngày cuối Chủ nhật 19/02/2023",
        "ngày làm việc cuối thứ Sáu 17/02/2023",
        "quá hạn từ thứ Ba 21/02/2023",
        "tình trạng Chưa hoàn thành (trong hạn), còn 18 ngày",
    ):
        assert words in lines


def test_what_an_editor_hid_in_a_task_is_not_shown(tdkt, project):
    folder = project(**{"plans/b.yaml": WHOLE.replace("Nộp báo cáo", '"Nộp\\u202e\\e[31m báo cáo"')})
    ended = tdkt("show", "b/1", folder=folder)
    assert ended.code == 3
    assert "\u202e" not in ended.err
    assert "\x1b" not in ended.err
    assert "plans/b.yaml:14:12: TDKT004 ở đây có ký tự ẩn U+202E" in ended.err


def test_a_plan_is_no_task(show):
    assert show("a") == (2, "", "tdkt: a là một kế hoạch; hãy nêu nhiệm vụ hoặc thời hạn trong đó, ví dụ a/1\n")
