"""`tdkt rule`: the rules of `tdkt check`, listed or explained."""

from importlib import resources
from typing import Annotated

import typer

from tdkt_cli.commands.shared import completions
from tdkt_cli.commands.shared.options import TextOrJson
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.session import print_json, print_lines
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import suggest, visible, width
from tdkt_cli.errors import OK, UsageError
from tdkt_cli.render.findings.text import SEVERITY_WORDS
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import wrapped
from tdkt_cli.rules import RULES, Rule
from tdkt_cli.rules.suppressions import is_suppressible, silencing

Id = Annotated[
    str, argument("[RULE]", "The id of a rule, such as TDKT203; without it, all are listed.", completions.rules)
]

EXAMPLES = (
    ("tdkt rule", msg("all rules, one per line")),
    ("tdkt rule TDKT203", msg("why this rule exists, with an example that breaks it and one that does not")),
)


def run(context: typer.Context, rule_id: Id = "", format_: TextOrJson = "text") -> int:
    """List the rules of tdkt check, or explain one."""
    language: Language = context.obj
    rules = [_find(rule_id)] if rule_id else [rule for _, rule in sorted(RULES.items())]
    if format_ == "json":
        print_json([_record(rule, language) for rule in rules])
    elif rule_id:
        print_lines([_explained(rules[0], language)])
    else:
        severities = [language.say(SEVERITY_WORDS[rule.severity]) for rule in rules]
        room = max(map(width, severities))
        for rule, word in zip(rules, severities, strict=True):
            title = _explanation(rule, language).partition("\n")[0].rstrip(".")
            print_lines([f"{rule.id}  {word}{' ' * (room - width(word))}  {title}"])
    return OK


def _find(typed: str) -> Rule:
    rule = RULES.get(typed.strip().upper())
    if rule is None:
        near = msg("there is no rule “{typed}”; did you mean {near}?")
        raise UsageError(suggest(typed, RULES, near, msg("there is no rule “{typed}”; tdkt rule lists them")))
    return rule


def _explanation(rule: Rule, language: Language) -> str:
    return language.say(Message(rule.explanation))


def _explained(rule: Rule, language: Language) -> str:
    title, *rest = _explanation(rule, language).split("\n\n")
    parts = [f"{rule.id} ({language.say(SEVERITY_WORDS[rule.severity])}): {title}"]
    parts += ["\n".join(wrapped(" ".join(paragraph.split()))) for paragraph in rest]
    if is_suppressible(rule.id):
        parts.append("\n".join(wrapped(language.say(silencing(rule.id)))))
    for heading, kind in ((msg("Found by this rule:"), "bad"), (msg("Right:"), "good")):
        example = _example(rule, kind)
        if example:
            parts += [language.say(heading), "\n".join(f"    {line}".rstrip() for line in example.splitlines())]
    return "\n\n".join(parts)


def _example(rule: Rule, kind: str) -> str | None:
    file = resources.files("tdkt_cli.rules") / "examples" / kind / f"{rule.id}.yaml"
    if not file.is_file():
        return None
    lines = file.read_bytes().decode("utf-8", "backslashreplace").splitlines()
    return "\n".join(map(visible, lines))


def _record(rule: Rule, language: Language) -> dict[str, str | None]:
    explanation = _explanation(rule, language)
    return {
        "id": rule.id,
        "severity": rule.severity.word,
        "of": rule.of,
        "title": explanation.partition("\n")[0].rstrip("."),
        "explanation": explanation,
        "bad": _example(rule, "bad"),
        "good": _example(rule, "good"),
    }
