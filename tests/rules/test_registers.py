"""TDKT303 to TDKT308, and TDKT018."""

import pytest


def register(bodies="", groups="", register_id="vi-du"):
    listed = "".join(f"\n{key}:{items.rstrip()}" for key, items in (("bodies", bodies), ("groups", groups)) if items)
    return f"tdkt: units/1\nid: {register_id}\nname: Danh bạ{listed}\n"


def two(first, second):
    return register(f"""
  - {{id: quan, name: Ba Đình{first}}}
  - {{id: »phuong, name: Phường Ba Đình, short: Ba Đình{second}}}
""")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("", ""),
        ("", ", valid_from: 2025-07-01"),
        (", valid_to: 2025-06-30", ""),
        (", valid_to: 2025-07-01", ", valid_from: 2025-07-01"),
        (", valid_from: 2025-07-01", ", valid_from: 2024-01-01, valid_to: 2025-12-31"),
    ],
)
def test_a_name_of_two_at_one_time(first, second, finds):
    finds("TDKT303 “Ba Đình” is a name of quan too", register=two(first, second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (", valid_to: 2025-06-30", ", valid_from: 2025-07-01"),
        (", valid_from: 2025-07-01", ", valid_to: 2025-06-30"),
        (", valid_from: 2020-01-01, valid_to: 2021-12-31", ", valid_from: 2023-01-01"),
    ],
)
def test_a_name_of_two_one_after_the_other(first, second, no_finding):
    no_finding(register=two(first, second).replace("»", ""))


def test_names_that_differ_only_in_typing_are_one(finds):
    finds(
        "TDKT303 “BAN  TĐKT – TP” is a name of a too",
        register=register("\n  - {id: a, name: Ban TĐKT - TP}\n  - {id: »b, name: BAN  TĐKT – TP}"),
    )


def test_each_doubled_name_is_named(finds):
    finds(
        "TDKT303 “Ban Thi đua” is a name of a too",
        "TDKT303 “Ban TĐKT” is a name of a too",
        "TDKT303 “Thường trực” is a name of b too",
        register=register("""
  - {id: a, name: Ban Thi đua, short: Ban TĐKT}
  - {id: b, name: Sở Nội vụ, aliases: [Thường trực]}
  - {id: »»»c, name: Ban TĐKT, short: Ban Thi đua, aliases: [Thường trực, thường trực]}
"""),
    )


def test_a_name_of_three(finds):
    finds(
        "TDKT303 “Ba Đình” is a name of a too",
        "TDKT303 “Ba Đình” is a name of a too",
        register=register("\n  - {id: a, name: Ba Đình}\n  - {id: »b, name: Ba Đình}\n  - {id: »c, name: Ba Đình}"),
    )


def test_a_body_may_repeat_its_own_name(no_finding):
    no_finding(register=register("\n  - {id: a, name: Sở Y tế, short: Sở Y tế, aliases: [sở y tế]}"))


def test_a_group_and_a_body_with_one_name(finds):
    finds(
        "TDKT303 “Sở Y tế” is a name of so-y-te too",
        register=register(
            "\n  - {id: so-y-te, name: Sở Y tế}", "\n  - {id: »nganh-y-te, name: Sở Y tế, members: [so-y-te]}"
        ),
    )


def test_ids_that_the_register_does_not_have(finds):
    finds(
        "TDKT304 there is no so-yte in the register; did you mean so-y-te?",
        "TDKT304 there is no ubnd-tp in the register; add it",
        "TDKT304 there is no phuong-hoan-kiem in the register; add it",
        register=register(
            """
  - {id: so-y-te, name: Sở Y tế, parent: »so-yte}
  - {id: quan, name: Quận Ba Đình, parent: »ubnd-tp, successors: [so-y-te, »phuong-hoan-kiem]}
"""
        ),
    )


def test_a_member_that_the_register_does_not_have(finds):
    finds(
        "TDKT304 there is no so-noi-vu in the register; add it",
        register=register("\n  - {id: abc, name: A}", "\n  - {id: nhom, name: Nhóm, members: [abc, »so-noi-vu]}"),
    )


def test_a_group_in_itself(finds):
    words = "TDKT305 the group {} is a member of itself"
    finds(words.format("a"), register=register(groups="\n  - {id: »a, name: A, members: [a]}"))
    finds(
        *map(words.format, "abc"),
        register=register(
            groups="""
  - {id: »a, name: A, members: [b]}
  - {id: »b, name: B, members: [c]}
  - {id: »c, name: C, members: [a]}
  - {id: d, name: D, members: [a]}
"""
        ),
    )


def test_groups_in_groups(no_finding):
    no_finding(
        register=register(
            "\n  - {id: abc, name: A}",
            "\n  - {id: b, name: B, members: [abc]}\n  - {id: c, name: C, members: [b, abc]}\n  - {id: d, name: D, members: [b, c]}",
        )
    )


def test_one_id_for_two(finds):
    words = "TDKT306 the id abc appears more than once in the register"
    finds(words, words, register=register("\n  - {id: »abc, name: A}", "\n  - {id: »abc, name: B}"))


def test_the_id_is_the_name_of_the_file(finds):
    finds(
        "TDKT307 the id is hanoi, the file is called vi-du; make them the same", register=register(register_id="»hanoi")
    )


@pytest.mark.parametrize("kind", ["bodies", "groups"])
def test_a_party_that_ends_before_it_begins(kind, finds, no_finding):
    days = "\n  - {{id: a, name: A, valid_from: 2025-07-01, valid_to: {}}}"
    finds(
        "TDKT308 the start, 2025-07-01, is after the end, 2025-06-30",
        register=register(**{kind: days.format("»2025-06-30")}),
    )
    no_finding(register=register(**{kind: days.format("2025-07-01")}))


def test_a_second_register_with_one_id(finds):
    words = "TDKT018 the register vi-du is also in plans/units/vi-du.yaml; only that one is used"
    beside = {f"xa/{folder}/vi-du.yaml": register(register_id="»vi-du") for folder in "ab"}
    finds(words, words, beside=beside)


def test_of_two_registers_with_one_id_the_first_is_used(finds):
    second = register("\n  - {id: so-y-te, name: Y tế}", register_id="»vi-du")
    finds(
        "TDKT018 the register vi-du is also in plans/units/vi-du.yaml; only that one is used",
        deadlines="- by: 2023-06-15",
        beside={"xa/vi-du.yaml": second},
    )


def test_registers_with_two_ids(no_finding):
    no_finding(beside={"units/xa.yaml": register(register_id="xa")})


def test_a_finding_in_a_register_can_be_suppressed(no_finding):
    no_finding(
        register=register(
            "\n  - {id: a, name: Ba Đình}\n  - {id: b, name: Ba Đình}  # tdkt: ignore[TDKT303] văn bản không phân biệt"
        )
    )
