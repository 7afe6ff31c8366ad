"""TDKT901 to TDKT903, and what a suppression silences. 30 April 2023 is a day off: TDKT203."""

import pytest

OFF = "TDKT203 the last day, 2023-04-30, is a day off; the last working day is 2023-04-28"
OUTSIDE = "TDKT202 2024-06-09 is outside the period of the plan, 2023-01-01 to 2023-12-31"
SUNDAY = "TDKT203 the last day, 2024-06-09, is a day off; the last working day is 2024-06-07"
NO_RULE = "TDKT903 name the rule in brackets: # tdkt: ignore[TDKT203] reason"
NO_REASON = "TDKT902 write the reason after the bracket"


def idle(rule):
    return f"TDKT901 nothing on this line breaks {rule}: delete the suppression"


def wrong(rule):
    return f"TDKT903 “{rule}” is not a rule that can be suppressed; tdkt rule lists them"


@pytest.mark.parametrize(
    "comment",
    [
        "# tdkt: ignore[TDKT203] đã báo các đơn vị",
        "#tdkt:ignore[ TDKT203 ]đã báo",
        "# hạn như văn bản # tdkt: ignore[TDKT203] đã báo",
    ],
)
def test_a_finding_is_suppressed(comment, no_finding):
    no_finding(deadlines=f"- by: 2023-04-30  {comment}")


def test_one_comment_for_two_rules(finds, no_finding):
    no_finding(deadlines="- by: 2024-06-09  # tdkt: ignore[TDKT202, TDKT203] việc của năm sau")
    finds(SUNDAY, deadlines="- by: »2024-06-09  # tdkt: ignore[TDKT202] việc của năm sau")
    finds(OUTSIDE, deadlines="- by: »2024-06-09  # tdkt: ignore[TDKT203] việc của năm sau")


def test_one_of_two_rules_is_idle(finds):
    finds(idle("TDKT202"), deadlines="- by: 2023-04-30  »# tdkt: ignore[TDKT202,TDKT203] đã báo")


def test_one_comment_for_several_findings_of_a_rule(no_finding):
    task = "{id: a, title: Họp, timing: Đến 30/4/2023, deadlines: [{id: b, by: 2023-04-30}, {id: c, by: 2023-04-30}]}"
    no_finding(tasks=f"- {task}  # tdkt: ignore[TDKT203] đã báo")


def test_a_comment_holds_for_its_own_line_only(finds):
    finds(idle("TDKT203"), OFF, deadlines="»# tdkt: ignore[TDKT203] đã báo\n- by: »2023-04-30")
    finds(OFF, idle("TDKT203"), deadlines="- by: »2023-04-30\n  »# tdkt: ignore[TDKT203] đã báo")


def test_the_words_in_a_block_of_text_are_text(finds, no_finding):
    no_finding(
        deadlines="- by: 2023-05-31\n  note: |\n    Ghi # tdkt: ignore[TDKT203] sau ngày\n    # tdkt: ignore[TDKT999]"
    )
    no_finding(deadlines="- by: 2023-05-31\n  note: >-\n    # tdkt: ignore[TDKT999]\n\n    hết")
    finds(
        wrong("TDKT999"),
        deadlines="- by: 2023-05-31\n  note: |\n    # tdkt: ignore[TDKT203]\n  »# tdkt: ignore[TDKT999] sau khối chữ\n  what: Họp",
    )


@pytest.mark.parametrize("quote", ["'", '"'])
def test_the_words_in_quotes_are_text(quote, no_finding):
    no_finding(deadlines=f"- by: 2023-05-31\n  note: {quote}Ghi # tdkt: ignore[TDKT999]{quote}")


def test_a_comment_beside_the_beginning_of_a_block_counts(no_finding):
    no_finding(
        tasks="""
            - id: a
              title: Họp
              timing: Đến 31/5/2023
              deadlines:
                - by: 2023-05-31
                  text: |  # tdkt: ignore[TDKT402] lời trong công văn 311/UBND
                    đến hết tháng 5
            """
    )


def test_a_suppression_that_suppresses_nothing(finds):
    finds(idle("TDKT203"), deadlines="- by: 2023-05-31  »# tdkt: ignore[TDKT203] đã báo")


def test_a_suppression_without_reason_still_suppresses(finds):
    finds(NO_REASON, deadlines="- by: 2023-04-30  »# tdkt: ignore[TDKT203]")
    finds(NO_REASON, deadlines="- by: 2023-04-30  »# tdkt: ignore[TDKT203]   ")


def test_an_idle_suppression_without_reason_is_two_findings(finds):
    finds(idle("TDKT203"), NO_REASON, deadlines="- by: 2023-05-31  »»# tdkt: ignore[TDKT203]")


@pytest.mark.parametrize("rule", ["TDKT999", "203", "tdkt203", "TDKT010", "TDKT901", "TDKT203 TDKT202"])
def test_a_rule_that_cannot_be_suppressed(rule, finds):
    finds(OFF, wrong(rule), deadlines=f"- by: »2023-04-30  »# tdkt: ignore[{rule}] đã báo")


@pytest.mark.parametrize("nothing", ["[]", "[ ]", "[,]", "", " [TDKT203]", "[TDKT203", ": TDKT203"])
def test_no_rule_at_all(nothing, finds):
    finds(OFF, NO_RULE, deadlines=f"- by: »2023-04-30  »# tdkt: ignore{nothing} đã báo")


def test_neither_rule_nor_reason(finds):
    finds(OFF, NO_REASON, NO_RULE, deadlines="- by: »2023-04-30  »»# tdkt: ignore")


@pytest.mark.parametrize(
    "words", ["# tdkt: ignored", "# tdkt: hạn như văn bản", "# tdkt", "# bỏ qua tdkt: ignore[TDKT203]"]
)
def test_other_comments_are_comments(words, finds):
    finds(OFF, deadlines=f"- by: »2023-04-30  {words}")


def test_an_id_named_twice_counts_once(finds, no_finding):
    no_finding(deadlines="- by: 2023-04-30  # tdkt: ignore[TDKT203, TDKT203] đã báo")
    finds(idle("TDKT203"), deadlines="- by: 2023-05-31  »# tdkt: ignore[TDKT203,TDKT203] đã báo")
    finds(wrong("TDKT999"), deadlines="- by: 2023-05-31  »# tdkt: ignore[TDKT999,TDKT999] đã báo")


@pytest.mark.parametrize("quote", ["'", '"'])
def test_the_words_in_a_text_and_a_comment_on_one_line(quote, finds, no_finding):
    text = f"{quote}Ghi # tdkt: ignore[TDKT999]{quote}"
    no_finding(deadlines=f"- {{by: 2023-04-30, note: {text}}}  # tdkt: ignore[TDKT203] đã báo")
    no_finding(deadlines=f"- {{note: {text}, what: {text}, by: 2023-04-30}}  # tdkt: ignore[TDKT203] đã báo")
    finds(idle("TDKT203"), deadlines=f"- {{by: 2023-05-31, note: {text}}}  »# tdkt: ignore[TDKT203] đã báo")


def test_of_several_comments_on_a_line_the_first_holds(finds):
    finds(SUNDAY, deadlines="- by: »2024-06-09  # tdkt: ignore[TDKT202] năm sau # tdkt: ignore[TDKT203] đã báo")


def test_a_file_with_crlf(finds, no_finding):
    no_finding(deadlines="- by: 2023-04-30  # tdkt: ignore[TDKT203] đã báo", newline="\r\n")
    finds(NO_REASON, deadlines="- by: 2023-04-30  »# tdkt: ignore[TDKT203]", newline="\r\n")
    finds(OFF, deadlines="- note: |\n    # tdkt: ignore[TDKT203] chữ\n  by: »2023-04-30", newline="\r\n")


def test_a_finding_in_crlf_shows_its_line_without_the_cr(tmp_path, finds, everything_found):
    finds(OFF, deadlines="- by: »2023-04-30", newline="\r\n")
    (found,) = everything_found()
    assert found.excerpt == "      - by: 2023-04-30"
    assert b"\r\n" in (tmp_path / "plans/vi-du.yaml").read_bytes()


def test_a_byte_order_mark_moves_no_column(tmp_path, finds, everything_found):
    finds(OFF, deadlines="- by: »2023-04-30")
    file = tmp_path / "plans/vi-du.yaml"
    before = everything_found()
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert everything_found() == before
