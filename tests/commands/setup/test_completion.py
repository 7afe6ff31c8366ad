"""What the tab key offers, asked for as the scripts of the shells ask."""

import pytest


@pytest.fixture
def offered(tdkt, project):
    """What is offered in bash for the last of these words in the small project."""
    folder = project()

    def ask(*words, **env):
        typed = "\n".join(("tdkt", *words))
        env |= {"_TDKT_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words))}
        ended = tdkt(folder=folder, **env)
        assert (ended.code, ended.err) == (0, "")
        return ended.out.split()

    ask.folder = folder
    return ask


OFFERS = [
    (["un"], ["undone", "unmove", "unreceived", "uncancel", "units", "undo"]),
    (["done", "a/1"], ["a/1", "a/1#hop", "a/1#y-te"]),
    (["done", "a/2", "--on", "2023-02-01", "1#"], ["1#hop", "1#y-te"]),
    (["move", "b/3"], ["b/3"]),
    (["show", "a/5"], ["a/5"]),
    (["missing", "b/"], ["b/1", "b/2", "b/3"]),
    (["note", "a/4"], ["a/4"]),
    (["received", "a/2", "so"], ["so-y-te", "so-tai-chinh"]),
    (["received", "a/2", "so-y-te", "ban"], ["ban-td"]),
    (["list", "--unit", "cac"], ["cac-so", "cac-nganh"]),
    (["units", "s"], ["so-y-te", "so-tai-chinh"]),
    (["list", "--plan", ""], ["a", "b"]),
    (["list", "--state", "d"], ["due", "done_in_time", "done_late"]),
    (["list", "--kind", "w"], ["within", "waiting"]),
    (["list", "--role", "l"], ["lead"]),
    (["list", "--sort", ""], ["date", "plan", "unit", "title", "state"]),
    (["list", "--group-by", "s"], ["section", "state"]),
    (["list", "--lang", ""], ["vi", "en"]),
    (["due", "--format", "j"], ["json", "jsonl"]),
    *(
        ([command, "--format", ""], ["text", "json"])
        for command in ("doctor", "log", "missing", "read", "rule", "units", "workdays")
    ),
    (["diff", "--format", ""], ["text", "md", "json"]),
    (["rule", "TDKT60"], ["TDKT601", "TDKT602", "TDKT603", "TDKT604", "TDKT605", "TDKT606", "TDKT607"]),
    (["undone", "--dr"], ["--dry-run"]),
    (["done", "zzz"], []),
    (("add", ""), ["a", "b", "a/1", "a/2", "a/3", "a/4", "a/5", "b/1", "b/2", "b/3"]),
    (("add", "a/1"), ["a/1"]),
]


@pytest.mark.parametrize(("words", "offers"), OFFERS)
def test_what_is_offered(offered, words, offers):
    assert sorted(offered(*words)) == sorted(offers)


def test_what_cannot_be_read_is_not_offered(offered):
    (offered.folder / "plans/b.yaml").write_text("tasks: [")
    assert offered("done", "b/") == []
    assert offered("done", "a/2") == ["a/2"]


def test_titles_are_shown_beside(tdkt, project):
    ended = tdkt(folder=project(), _TDKT_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS="tdkt show a/1#h")
    assert ended.out == '_arguments \'*: :(("a/1#hop":"Họp Hội đồng"))\'\n'


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_a_shell(tdkt, shell):
    ended = tdkt("completion", shell)
    assert (ended.code, ended.err) == (0, "")
    assert "tdkt" in ended.out
    assert "_TDKT_COMPLETE" in ended.out


def test_an_unknown_shell(tdkt):
    assert tdkt("completion", "zhs") == (2, "", "tdkt: SHELL: không có “zhs”; có phải zsh?\n")


def test_of_many_plans_first_their_ids_are_offered(offered):
    text = (offered.folder / "plans/b.yaml").read_text("utf-8")
    for number in range(30):
        name = f"ke-hoach-{number}"
        (offered.folder / f"plans/{name}.yaml").write_text(text.replace("id: b", f"id: {name}", 1), "utf-8")
    assert offered("done", "ke-hoach-2")[:2] == ["ke-hoach-2/", "ke-hoach-20/"]
    assert offered("done", "ke-hoach-2/") == ["ke-hoach-2/1", "ke-hoach-2/2", "ke-hoach-2/3"]
