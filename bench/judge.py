"""Judging one draft against FIGURES section 3: its stages, and the same rules asked in Jinja.

`python -m bench.judge`. CPU time, the best of five runs. 100 rules are made from the vocabulary, so
that they grow with it; the 500 patterns are phrases of the kind that authors list. Other engines'
figures are the recorded ones: what counts here is the ratio to Jinja within one run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count, cycle, islice
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.policy.case_input import read_reply_case
from bot.policy.facts.fact_context import FactContext
from bot.policy.judge import judge_reply
from bot.policy.pack import Pack, Rule
from bot.policy.rulebook import Rulebook, compile_rulebook
from bot.policy.subject import ReplySubject
from bot.policy.vocabulary import VOCABULARIES

DRAFT = (
    "Yes, you can still return the boots. You can return unworn items within 60 days of delivery. "
    "Returns from Germany and Austria are free with the label that is in the parcel. To return, "
    "choose the items under “My orders”, then use the label that is in the parcel. Trying on at "
    "home is fine; what was used outdoors counts as worn. Refunds go back to the way you paid "
    "within 7 days of the parcel's arrival."
)
PUBLISHED = {
    "returns.window": "You can return unworn items within 60 days of delivery.",
    "returns.label": "Returns from Germany and Austria are free with the label in the parcel.",
    "refunds.when": "Refunds go back to the way you paid within 7 days of the parcel's arrival.",
}
# by type: the same condition in CEL and in Jinja, false of the draft so that nothing is found
FORMS: Mapping[str, tuple[str, str]] = {
    "bool": ("{name} && reply.length > {big}", "{name} and reply.length > {big}"),
    "string": ('{name} == "value {n}"', '{name} == "value {n}"'),
    "int": ("{name} > {big}", "{name} > {big}"),
    "list(string)": ('"value {n}" in {name}', '"value {n}" in {name}'),
}
EACHES = ("reply.personal", "reply.commitments", "reply.links", "reply.markup")


def subject(ending: str = "") -> ReplySubject:
    given = {"text": DRAFT + ending, "published": PUBLISHED, "facts": list(PUBLISHED)}
    asked = {"asked": "Can I still return boots?", "hosts": ["brand.example"]}
    return read_reply_case({**given, **asked, "brand": "Trailhead"})


def drafts(total: int = 260) -> Iterator[ReplySubject]:
    """Drafts that differ, over and over: so that nothing remembers the text it has just read."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    endings = islice((f" {a}{b}{a}." for a in letters for b in letters), total)
    made = [subject(ending) for ending in endings]
    return cycle([replace(one, published=made[0].published) for one in made])


def conditions(total: int) -> list[tuple[str, str]]:
    """Conditions over the whole draft, each once in CEL and once in Jinja."""
    facts = [f for f in VOCABULARIES["reply"].facts.values() if not f.item and f.type in FORMS]
    made = []
    for fact, n in islice(zip(cycle(facts), count(), strict=False), total):
        slots = {"name": fact.name, "n": n, "big": 5_000 + n}
        cel, jinja = FORMS[fact.type]
        made.append((cel.format(**slots), jinja.format(**slots)))
    return made


def rule(n: int, **keys: Any) -> Rule:
    return Rule("bench", f"r{n:03}", "reply", "hold", "It is so.", **keys)


def patterns(total: int) -> tuple[str, ...]:
    words = (
        "hurry",
        "last chance",
        "cheaper",
        "your fault",
        "only today",
        "i feel",
        "best",
        "never",
    )
    return tuple(rf"\b{words[n % len(words)]}\W+(?:\w+\W+)?item{n}\b" for n in range(total))


def book(*rules: Rule) -> Rulebook:
    return compile_rulebook([Pack("bench", rules)])


def cpu(work: Callable[[], Any], rounds: int = 200) -> float:
    """Microseconds of CPU for one call."""
    work()
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for _ in range(rounds):
            work()
        best = min(best, (time.process_time() - began) / rounds)
    return best * 1e6


def judging(rulebook: Rulebook) -> float:
    """Microseconds of CPU to judge a draft that was not seen just before."""
    different = drafts()
    return cpu(lambda: judge_reply(rulebook, next(different)))


def naive_jinja(expressions: list[str], data: Mapping[str, Any]) -> Callable[[], list[bool]]:
    """The same rules as compiled Jinja expressions, one by one."""
    jinja = ImmutableSandboxedEnvironment()
    compiled = [jinja.compile_expression(expression) for expression in expressions]
    nested: dict[str, dict[str, Any]] = {}
    for name, value in data.items():
        above, _, last = name.partition(".")
        nested.setdefault(above, {})[last] = value
    return lambda: [bool(expression(**nested)) for expression in compiled]


def rows() -> list[tuple[str, float, str]]:
    """(what, microseconds, goal) of every stage."""
    draft = subject()
    asked = conditions(100)
    hundred = [rule(n, when=cel) for n, (cel, _) in enumerate(asked)]
    rulebook = book(*hundred)
    (group,) = rulebook.groups["reply"]
    sight = FactContext(rulebook.vocabularies["reply"], rulebook.pattern_sets["reply"], draft)
    data = sight.fact_values(group.needs)
    assert group.batch.evaluate_all(data) == [False] * 100

    found = [
        ("100 rules in CEL, as one list", cpu(lambda: group.batch.evaluate_all(data)), "22–30")
    ]
    jinja = naive_jinja([jinja for _, jinja in asked], data)
    assert jinja() == [False] * 100
    found.append(("100 rules in Jinja, one by one", cpu(jinja, 20), "recorded: 930"))

    finding = rule(500, find=patterns(500))
    matcher = book(finding).pattern_sets["reply"]
    found.append(("500 patterns", cpu(lambda: matcher.find_places(draft.reply.text)), "2"))

    lists = [e for e in EACHES if e in VOCABULARIES["reply"].list_facts]
    for n, each in enumerate(lists):
        alone = book(rule(n, each=each, when='it.words == ""'))
        found.append((f"one rule through {each}", judging(alone), ""))

    goers = [rule(600 + n, each=each, when='it.words == ""') for n, each in enumerate(lists)]
    everything = book(*hundred, finding, *goers)
    assert not judge_reply(everything, draft).findings, judge_reply(everything, draft)
    found.append(("one draft, all of it", judging(everything), "≤ 1,000"))
    return found


def main() -> None:
    print(f"Judging one draft of {len(DRAFT)} characters\n")
    print(f"{'stage':<40} {'µs CPU':>8}   goal")
    measured = rows()
    for what, micros, goal in measured:
        print(f"{what:<40} {micros:>8.1f}   {goal}")
    by_name = {what: micros for what, micros, _ in measured}
    ratio = by_name["100 rules in Jinja, one by one"] / by_name["100 rules in CEL, as one list"]
    nemo = 7_300 / by_name["one draft, all of it"]
    print(f"\nCEL is {ratio:.0f} times cheaper than the same rules in Jinja.")
    print(
        f"NeMo Guardrails' single regex rail (recorded: 7,300 µs) costs {nemo:.0f} times as much."
    )


if __name__ == "__main__":
    main()
