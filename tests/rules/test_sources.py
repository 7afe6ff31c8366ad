"""TDKT401 to TDKT405."""

import unicodedata

import pytest

NO_WORDS = "TDKT401 this date has no words: add text, or timing for the whole row"
ELSEWHERE = "TDKT402 these words are not in title, content, timing or a section heading"


def task(deadline, more=""):
    return f"""
    - id: PL1.3
      title: Họp Hội đồng đến ngày 20/02/2023
      {more}
      deadlines:
        - {deadline}
    """


def test_a_date_without_words(finds):
    finds(NO_WORDS, tasks=task("»by: 2023-02-20"))
    finds(NO_WORDS, NO_WORDS, tasks=task("»{id: a, by: 2023-02-20}\n        - »{id: b, waiting: lịch họp}"))


def test_words_for_the_row_or_the_deadline(no_finding):
    no_finding(tasks=task("within: 2023-Q1", "timing: Quý I"))
    no_finding(tasks=task("{by: 2023-02-20, text: đến ngày 20/02/2023}"))


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("đến ngày 20/02/2023", "by: 2023-02-20"),
        ("đến  ngày 20/02/2023", "by: 2023-02-20"),
        (unicodedata.normalize("NFD", "đến ngày 20/02/2023"), "by: 2023-02-20"),
        ("báo cáo trong quý I", "within: 2023-Q1"),
        ("Theo lịch của Hội đồng", "waiting: lịch của Hội đồng"),
        ("Quý I", "within: 2023-Q1"),
        ("Việc trong tháng 3/2023", "within: 2023-03"),
    ],
)
def test_words_from_title_content_timing_or_heading(words, date, no_finding):
    cells = "content: |\n        Họp,\n        báo cáo trong\n        quý I\n      timing: Theo lịch của Hội đồng\n      section: PL1.Q1"
    headings = "PL1: Phụ lục 1. Việc trong tháng 3/2023\nPL1.Q1: Quý I"
    no_finding(tasks=task(f'{{{date}, text: "{words}"}}', cells), sections=headings)


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("đến ngày 20/2/2023", "by: 2023-02-20"),
        ("Đến ngày 20/02/2023", "by: 2023-02-20"),
        ("Quý II", "within: 2023-Q2"),
        ("đến ngày 20/02/2023 Lịch", "by: 2023-02-20"),
    ],
)
def test_words_that_stand_nowhere(words, date, finds):
    headings = "PL1: Lịch họp\nPL2: Quý II"
    finds(ELSEWHERE, tasks=task(f"{{{date}, text: »{words}}}", "section: PL1"), sections=headings)


def test_words_in_a_block_are_pointed_to_at_its_beginning(finds):
    finds(ELSEWHERE, tasks=task("by: 2023-02-20\n          text: »|\n            đến\n            ngày 20/2/2023"))


@pytest.mark.parametrize("empty", ['""', "' '"])
def test_a_correction_without_reason(empty, finds):
    finds(
        "TDKT403 write why the date differs from the words",
        tasks=task(f"{{by: 2023-02-20, »correction: {empty}}}", "timing: 20/02/2022"),
    )


def test_a_correction_with_reason(no_finding):
    no_finding(tasks=task("{by: 2023-02-20, correction: ghi nhầm năm}", "timing: 20/02/2022"))


def plan(document):
    return f"""
        tdkt: plan/1
        id: vi-du
        »document: {{title: Kế hoạch{document}}}
        period: 2023
        tasks: []
        """


@pytest.mark.parametrize(
    ("document", "missing"),
    [
        ("", "number, issued"),
        (", number: 1/KH-UBND", "issued"),
        (", issued: 2022-12-09", "number"),
        (", draft: false", "number, issued"),
    ],
)
def test_a_document_without_number_or_date(document, missing, finds):
    finds(f"TDKT404 missing: {missing}; for a draft write draft: true", plan=plan(document))


@pytest.mark.parametrize("document", [", draft: true", ", number: 1/KH-UBND, issued: 2022-12-09"])
def test_a_draft_or_an_identified_document(document, no_finding):
    no_finding(plan=plan(document).replace("»", ""))


def test_what_is_to_be_decided_is_told_line_by_line(finds):
    finds(
        "TDKT405 to be decided: Hỏi lại",
        plan=plan(", draft: true, review: Hỏi lại").replace("»", "").replace("Hỏi", "»Hỏi"),
    )
    finds(
        "TDKT405 to be decided: Hỏi Sở",
        "TDKT405 to be decided: Xem lại ngày",
        "TDKT405 to be decided: Xem lại lời văn",
        tasks=task(
            "{by: 2023-02-20, text: đến ngày 20/02/2023, review: [»Xem lại ngày, »Xem lại lời văn]}", "review: »Hỏi Sở"
        ),
    )


def test_what_was_decided_is_gone(no_finding):
    no_finding(tasks=task("{by: 2023-02-20, text: đến ngày 20/02/2023, review: []}"))
