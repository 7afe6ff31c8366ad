from datetime import date

import pytest

EARLY, LATE = date(2023, 1, 1), date(2025, 7, 1)


@pytest.fixture
def register(make):
    return make.register(
        make.body("so-noi-vu", "Sở Nội vụ", aliases=("Cơ quan thường trực",)),
        make.body("ban-tdkt", "Ban Thi đua - Khen thưởng", short="Ban TĐKT", aliases=("Cơ quan thường trực",),
                  valid_to=date(2024, 12, 31), successors=("so-noi-vu",)),
        make.body("so-y-te", "Sở Y tế"),
        make.body("tt-y-te", "Trung tâm Y tế dự phòng", parent="so-y-te"),
        make.body("ba-dinh", "Quận Ba Đình", valid_to=date(2025, 6, 30), successors=("p-ba-dinh",)),
        make.body("dong-da", "Quận Đống Đa", valid_to=date(2025, 6, 30)),
        make.body("p-ba-dinh", "Phường Ba Đình", valid_from=date(2025, 7, 1)),
        make.group("quan", "ba-dinh", "dong-da", name="Các quận"),
        make.group("so", "so-y-te", "ban-tdkt", "so-noi-vu", name="Các sở"),
        make.group("tat-ca", "quan", "so", "p-ba-dinh", name="Các đơn vị thuộc Thành phố"),
        make.group("dn", name="Các doanh nghiệp"),
        make.group("khoi", "so-y-te", name="Khối thi đua", open=True),
        make.group("rong", "quan", "dn", name="Các quận, doanh nghiệp"),
        make.group("vong-1", "vong-2", "so-y-te", name="Vòng 1"),
        make.group("vong-2", "vong-1", "vong-2", "so-noi-vu", name="Vòng 2"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "on", "found"),
    [
        ("Sở Y tế", EARLY, "so-y-te"),
        ("SỞ  Y TẾ", EARLY, "so-y-te"),
        ("Ban TĐKT", EARLY, "ban-tdkt"),
        ("Ban Thi đua – Khen thưởng", EARLY, "ban-tdkt"),
        ("Ban TĐKT", LATE, "ban-tdkt"),  # nobody bears the name then, so who once bore it
        ("Quận Ba Đình", LATE, "ba-dinh"),
        ("Các quận", EARLY, "quan"),
        ("So Y te", EARLY, None),
        ("Sở", EARLY, None),
        ("", EARLY, None),
    ],
)
def test_whom_a_name_stands_for(register, name, on, found):
    party = register.resolve(name, on)
    assert (party and party.id) == found


@pytest.mark.parametrize(
    ("on", "found"), [(date(2024, 12, 31), "old"), (date(2025, 1, 1), "new"), (date(2022, 12, 31), "old")]
)
def test_of_two_bearers_of_a_name_the_one_valid_on_the_day_is_meant(make, on, found):
    register = make.register(
        make.body("old", "Sở Tài chính", valid_from=date(2023, 1, 1), valid_to=date(2024, 12, 31)),
        make.body("new", "Sở Tài chính", valid_from=date(2025, 1, 1)),
    )
    assert register.resolve("Sở Tài chính", on).id == found


@pytest.mark.parametrize(
    ("name", "on", "members"),
    [
        ("Sở Y tế", EARLY, ["so-y-te"]),
        ("Quận Ba Đình", LATE, []),
        ("Các quận", EARLY, ["ba-dinh", "dong-da"]),
        ("Các quận", date(2025, 6, 30), ["ba-dinh", "dong-da"]),
        ("Các quận", date(2025, 7, 1), []),
        ("Các sở", LATE, ["so-y-te", "so-noi-vu"]),  # a successor joins only where a group names it
        ("Các đơn vị thuộc Thành phố", EARLY, ["ba-dinh", "dong-da", "so-y-te", "ban-tdkt", "so-noi-vu"]),
        ("Các đơn vị thuộc Thành phố", LATE, ["so-y-te", "so-noi-vu", "p-ba-dinh"]),
        ("Vòng 1", EARLY, ["so-noi-vu", "so-y-te"]),  # a circle ends
        ("Vòng 2", EARLY, ["so-y-te", "so-noi-vu"]),
        ("Các doanh nghiệp", EARLY, None),
        ("Khối thi đua", EARLY, None),
        ("Các quận, doanh nghiệp", EARLY, None),  # open as soon as one group in it is
    ],
)
def test_the_members_of_a_class_on_a_day(register, name, on, members):
    found = register.members(register.resolve(name, EARLY), on)
    assert (None if found is None else [body.id for body in found]) == members


@pytest.mark.parametrize(
    ("on", "inner", "outer"),
    [
        (date(2022, 12, 31), [], ["b"]),
        (date(2023, 1, 1), ["a"], ["a", "b"]),
        (date(2023, 12, 31), ["a"], ["a", "b"]),
        (date(2024, 1, 1), [], ["b"]),
    ],
)
def test_a_group_has_members_only_while_it_is_valid(make, on, inner, outer):
    register = make.register(
        make.body("a"), make.body("b"),
        make.group("in", "a", valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31)), make.group("out", "in", "b"),
    )  # fmt: skip
    for group, members in ("in", inner), ("out", outer):
        assert [body.id for body in register.members(register.by_id[group], on)] == members


def test_an_open_group_that_is_no_longer_valid_opens_nothing(make):
    register = make.register(
        make.body("a"), make.group("dn", open=True, valid_to=date(2022, 12, 31)), make.group("g", "dn", "a")
    )
    assert [body.id for body in register.members(register.by_id["g"], EARLY)] == ["a"]
    assert register.members(register.by_id["g"], date(2022, 12, 31)) is None


def test_an_unknown_member_makes_a_group_open(make):
    register = make.register(make.body("a"), make.group("g", "a", "khong-co"), make.group("h", "g"))
    for group in "g", "h":
        assert register.members(register.by_id[group], EARLY) is None


def test_a_body_in_two_groups_is_one_member(make):
    register = make.register(
        make.body("a"), make.group("g", "a", "a"), make.group("h", "a"), make.group("both", "g", "h")
    )
    assert [body.id for body in register.members(register.by_id["both"], EARLY)] == ["a"]


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        (["ba-dinh"], {"ba-dinh", "quan", "tat-ca", "rong"}),
        (["tt-y-te"], {"tt-y-te"}),  # a part of a body is not the body
        (["so-noi-vu"], {"so-noi-vu", "so", "tat-ca", "vong-1", "vong-2"}),
        ([], set()),
    ],
)
def test_a_party_and_every_group_around_it(register, ids, found):
    assert register.with_groups(ids) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("so y te", ["so-y-te"]),
        ("SO-Y-TE", ["so-y-te"]),
        ("so-y-te", ["so-y-te"]),
        ("ban tdkt", ["ban-tdkt"]),
        ("ban thi dua – khen thuong", ["ban-tdkt"]),
        ("noi vu", ["so-noi-vu"]),  # a part of just one name
        ("du phong", ["tt-y-te"]),
        ("y te", []),  # a part of two
        ("ba dinh", []),
        ("co quan thuong truc", ["so-noi-vu", "ban-tdkt"]),  # a whole name of both
        ("cac quan", ["quan"]),
        ("vong-2", ["vong-2"]),
        ("xyz", []),
        ("", []),
        (" \t", []),
        ("\u0301", []),  # nothing but an accent
    ],
)
def test_search_as_typed_in_a_hurry(register, typed, found):
    assert [party.id for party in register.search(typed)] == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("y te", ["so-y-te", "tt-y-te"]),
        ("BA ĐÌNH", ["ba-dinh", "p-ba-dinh"]),
        ("tdkt", ["ban-tdkt"]),  # any of its names
        ("so", ["so-noi-vu", "so-y-te"]),
        ("cac quan", []),  # a group is no candidate
        ("tt-y-te", []),  # nor is an id a name
        ("so-y-te", ["so-y-te"]),  # unless it is the name with hyphens
        ("xyz", []),
        ("", []),
        ("  ", []),
    ],
)
def test_the_bodies_that_could_be_meant(register, typed, found):
    assert [body.id for body in register.candidates(typed)] == found


def test_a_whole_name_wins_over_a_part_of_others(make):
    register = make.register(make.body("a", "Sở Y tế"), make.body("b", "Thanh tra Sở Y tế"))
    assert [party.id for party in register.search("so y te")] == ["a"]


def test_the_days_on_which_a_body_exists(make):
    body = make.body("a", valid_from=date(2023, 1, 1), valid_to=date(2023, 12, 31))
    days = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [body.valid(day) for day in days] == [False, True, True, False]
