"""The catalogues hold exactly what the code says, whole and with the same placeholders; English needs none."""

import gettext
import importlib.util
import re
import shutil
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tdkt_cli.core.messages import msg, msgs
from tdkt_cli.render.language import LANGUAGES, LOCALE, language
from tdkt_cli.rules import RULES

ROOT = Path(__file__).parents[1]


def tool(name):
    """A module of tools/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MESSAGES = tool("messages").collected()
CATALOGUE = LOCALE / "vi" / "LC_MESSAGES" / "tdkt.po"


@pytest.fixture(scope="module")
def vi():
    """Every entry of the Vietnamese catalogue but its header."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


def entries(catalogue):
    return [entry for entry in catalogue if entry.id]


def forms(value):
    """The texts of a message or translation: one, or one for each plural form."""
    return list(value) if isinstance(value, list | tuple) else [value]


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_exactly_the_messages_of_the_code(vi):
    assert [tuple(forms(entry.id)) for entry in entries(vi)] == [tuple(forms(message)) for message in MESSAGES]


def test_no_message_has_two_plurals():
    singulars = [forms(message)[0] for message in MESSAGES]
    assert sorted(singulars) == sorted(set(singulars))


def test_all_translated_and_nothing_fuzzy_or_obsolete(vi):
    assert [entry.id for entry in entries(vi) if not all(text.strip() for text in forms(entry.string))] == []
    assert [entry.id for entry in entries(vi) if entry.fuzzy] == []
    assert list(vi.obsolete) == []


def test_vietnamese_has_one_plural_form(vi):
    assert vi.num_plurals == 1
    assert [entry.id for entry in entries(vi) if len(forms(entry.string)) != 1] == []
    assert [entry.id for entry in entries(vi) if entry.pluralizable and "{n}" not in forms(entry.string)[0]] == []


def test_the_same_placeholders(vi):
    wrong = [
        (entry.id, text)
        for entry in entries(vi)
        for text in forms(entry.string)
        if placeholders(text) != set.union(*map(placeholders, forms(entry.id)))
    ]
    assert wrong == []


def test_every_rule_is_explained_in_vietnamese(vi):
    assert [id_ for id_, rule in RULES.items() if not (rule.explanation in vi and vi[rule.explanation].string)] == []
    shorter = [
        id_ for id_, rule in RULES.items() if ("\n" in rule.explanation) != ("\n" in vi[rule.explanation].string)
    ]
    assert shorter == []


ALIKE = {
    "{option}: {problem}",
    "{days} ({end})",
    "{who}: {number} {what}",
    "{first}; {second}",
    "{first}, {second}",
    "{unit}: {role}",
    "{name}: {old} -> {new}",
    "{name}: {value}",
    "{old} -> {new}",
    "{tasks}, {deadlines}",
    "{what}: {changes}",
    "{what}: {when}",
    "{where}: {names}",
}
COUNTED = re.compile(
    r"\{\w+\} (?:more |working )?(?:bodies|changes|characters|commits|copies|days|deadlines|errors|events|feeds|files|groups|hours|items|levels|"
    r"lines|members|months|notes|occurrences|plans|registers|tasks|things|times|units|versions|warnings|weeks|words|years)\b"
)
ENGLISH = {"the", "is", "are", "not", "this", "file", "days", "and", "or", "of", "with", "see", "write", "there", "which", "last"}  # fmt: skip


def test_what_is_the_same_in_both_languages_is_known(vi):
    assert {entry.id for entry in entries(vi) if entry.id == entry.string} <= ALIKE


def test_no_english_words_are_left(vi):
    left = {
        text: words for entry in entries(vi) for text in forms(entry.string) if (words := ENGLISH & set(text.split()))
    }
    assert left == {}


def test_the_compiled_catalogue_is_what_the_tool_builds(vi, tmp_path):
    target = tmp_path / "src" / "tdkt_cli" / "locale" / "vi" / "LC_MESSAGES"
    target.mkdir(parents=True)
    shutil.copy(CATALOGUE, target)
    assert tool("build_catalogues").compile_catalogues(tmp_path) == [target / "tdkt.mo"]
    said = []
    for file in (target / "tdkt.mo", CATALOGUE.with_suffix(".mo")):
        with file.open("rb") as compiled:
            catalogue = gettext.GNUTranslations(compiled)
        said.append(
            [
                catalogue.ngettext(*entry.id, 1) if entry.pluralizable else catalogue.gettext(entry.id)
                for entry in entries(vi)
            ]
        )
    assert said[0] == said[1] == [forms(entry.string)[0] for entry in entries(vi)]


def test_english_needs_no_catalogue():
    assert [path.name for path in LOCALE.iterdir() if path.is_dir()] == [code for code in LANGUAGES if code != "en"]
    english = language("en")
    assert english.say(msg("no errors")) == "no errors"
    assert [english.say(msgs("{n} file checked", "{n} files checked", n=n)) for n in (0, 1, 2)] == [
        "0 files checked",
        "1 file checked",
        "2 files checked",
    ]


def test_thousands_stand_apart():
    said = [language(code).say(msgs("{n} file checked", "{n} files checked", n=12_500)) for code in ("vi", "en")]
    assert said == ["đã kiểm tra 12.500 tệp", "12,500 files checked"]
    year = msg("“{typed}” is not a year: write, for example, 2023", typed=2023)
    assert "2023” is not a year" in language("en").say(year)


# What is never one: limits, and what is made of several.
MANY = {
    "“{n} years” will be {later} years",
    "“{text}”: month {month} of {year} has {last} days",
    "an anniversary of {n} years; {later} years are not celebrated",
    "at most {n} days",
    "at most {n} years",
    "nested deeper than {n} levels",
    "the rule is longer than {n} characters",
    "the title has {n} characters, but at most {most} are allowed; keep the whole text in content",
    "{n} deadlines made one",
}


def test_what_counts_has_a_form_for_one():
    counted = [forms(message)[0] for message in MESSAGES if isinstance(message, str)]
    assert {text for text in counted if COUNTED.search(text)} == MANY


def test_vietnamese_counts_without_plurals():
    vietnamese = language("vi")
    said = [vietnamese.say(msgs("{n} file checked", "{n} files checked", n=n)) for n in (0, 1, 2)]
    assert said == ["đã kiểm tra 0 tệp", "đã kiểm tra 1 tệp", "đã kiểm tra 2 tệp"]
