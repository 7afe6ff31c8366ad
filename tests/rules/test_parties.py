"""TDKT301 and TDKT302."""

import unicodedata

import pytest


def task(executor, more="", deadline="by: 2023-02-20"):
    return f"""
    - id: PL1.3
      title: Trình khen thưởng
      timing: …
      executor: {executor}
      {more}
      deadlines:
        - {deadline}
    """


def unknown(name, near=None):
    return f"TDKT301 “{name}” is not in the register vi-du; " + (f"did you mean “{near}”?" if near else "add it there")


@pytest.mark.parametrize(
    "name",
    [
        "Sở Y tế",
        "sở y tế",
        "Sở  Y   tế",
        unicodedata.normalize("NFD", "Sở Y tế"),
        "Ban TĐKT Thành phố",
        "Ban Thi đua – Khen thưởng Thành phố",
        "Sở Nội vụ (Ban TĐKT Thành phố)",
        "Các quận, huyện, thị xã",
        "Các sở, ban, ngành; Sở Y tế",
    ],
)
def test_a_name_in_the_register(name, no_finding):
    no_finding(tasks=task(name))


@pytest.mark.parametrize(("name", "near"), [("Sở Ytế", "Sở Y tế"), ("So Y te", "Sở Y tế"), ("Hội Chữ thập đỏ", None)])
def test_a_name_that_is_not_in_the_register(name, near, finds):
    finds(unknown(name, near), tasks=task(f"»{name}"))


def test_one_unknown_name_of_several(finds):
    finds(unknown("Hội Chữ thập đỏ"), tasks=task("»Sở Y tế; Hội Chữ thập đỏ"))
    finds(unknown("Hội Chữ thập đỏ"), tasks=task("\n        - Sở Y tế\n        - »Hội Chữ thập đỏ"))


@pytest.mark.parametrize(
    ("typed", "split"),
    [
        ("Sở Y tế, Sở Nội vụ", "Sở Y tế; Sở Nội vụ"),
        ("Sở Y tế,Ban TĐKT Thành phố", "Sở Y tế; Ban TĐKT Thành phố"),
        ("sở y tế , Sở  Nội vụ", "sở y tế; Sở  Nội vụ"),
    ],
)
def test_several_names_between_commas(typed, split, finds):
    finds(f"TDKT301 separate several names with “;”: {split}", tasks=task(f"»{typed}"))


def test_commas_in_a_name_that_is_not_a_list(finds):
    finds(unknown("Ngân hàng, Hội Chữ thập đỏ"), tasks=task("»Ngân hàng, Hội Chữ thập đỏ"))


@pytest.mark.parametrize("role", ["lead", "coordinator", "advisor"])
def test_every_role_is_looked_up(role, finds):
    finds(unknown("Hội Chữ thập đỏ"), tasks=task("Sở Y tế", f"{role}: »Hội Chữ thập đỏ"))


def test_who_and_quota_are_looked_up(finds):
    finds(
        unknown("Hội Chữ thập đỏ"),
        unknown("Ngân hàng"),
        tasks=task(
            "Sở Y tế",
            deadline="""{by: 2023-02-20, who: »Hội Chữ thập đỏ, quota: [{who: Sở Y tế, what: tập thể, max: 1},
          {who: »Ngân hàng, what: tập thể, max: 1}]}""",
        ),
    )


@pytest.mark.parametrize(
    ("name", "issued"),
    [
        ("Quận Ba Đình", "2025-06-30"),
        ("Các quận, huyện, thị xã", "2025-06-30"),
        ("Phường Ba Đình", "2025-07-01"),
        ("Ban TĐKT Thành phố", "2025-07-01"),
    ],
)
def test_a_body_that_existed_when_the_plan_was_issued(name, issued, no_finding):
    no_finding(tasks=task(name, deadline="by: 2025-12-15"), issued=issued, period="2025")


@pytest.mark.parametrize(
    ("name", "issued"),
    [
        ("Phường Ba Đình", "2025-06-30"),
        ("Quận Ba Đình", "2025-07-01"),
        ("Các quận, huyện, thị xã", "2025-07-01"),
    ],
)
def test_a_body_that_did_not_exist_when_the_plan_was_issued(name, issued, finds):
    finds(
        f"TDKT302 according to the register, “{name}” did not exist on {issued}",
        tasks=task(f"»{name}", deadline="by: 2025-12-15"),
        issued=issued,
        period="2025",
    )


def test_without_an_issue_date_the_period_decides(finds):
    finds(
        "TDKT302 according to the register, “Quận Ba Đình” did not exist on 2025-07-01",
        plan="""
            tdkt: plan/1
            id: vi-du
            document: {title: Kế hoạch, draft: true}
            period: 2025-H2
            units: vi-du
            tasks:
              - {id: a, title: Họp, timing: Quý IV, executor: »Quận Ba Đình, deadlines: [{within: 2025-Q4}]}
            """,
    )


def test_one_name_for_the_old_and_the_new_body(no_finding):
    register = """
        tdkt: units/1
        id: vi-du
        name: Danh bạ
        bodies:
          - {id: quan-ba-dinh, name: Ba Đình, valid_to: 2025-06-30}
          - {id: phuong-ba-dinh, name: Ba Đình, valid_from: 2025-07-01}
        """
    for issued in "2025-06-30", "2025-07-01":
        no_finding(tasks=task("Ba Đình", deadline="by: 2025-12-15"), register=register, issued=issued, period="2025")


def test_without_a_register_no_name_is_looked_up(finds):
    finds(
        "TDKT108 there is no register khong-co; write units/khong-co.yaml beside the plan",
        plan="""
            tdkt: plan/1
            id: vi-du
            document: {title: Kế hoạch, draft: true}
            period: 2023
            units: »khong-co
            tasks:
              - {id: a, title: Họp, timing: Quý II, executor: Hội Chữ thập đỏ, deadlines: [{within: 2023-Q2}]}
            """,
    )
