"""A rule that cannot be asked is an error at load, with its place, what is so, and the mend."""

from pathlib import Path

import pytest

from bot.model.errors import BrandError
from bot.policy.rulebook import Rulebook, compile_rulebook, find_unknown_places, rulebook_problems
from handlers.brandfiles.pack_files import load_packs, slow_patterns

GOOD = """\
pack: mine
rules:
  - id: one
    on: reply
    when: reply.length > 10
    then: hold
    because: It is long.
"""


def brand(tmp_path: Path, pack: str, cases: str = "") -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "pack.yaml").write_text(pack)
    if cases:
        (folder / "cases.yaml").write_text(cases)
    return tmp_path


def load_rulebook(folder: Path) -> Rulebook:
    """The rules of the pack, compiled and probed. Raises the first problem."""
    rulebook = compile_rulebook(load_packs(folder, ["mine"]))
    for problem in slow_patterns(rulebook):
        raise problem
    return rulebook


def refusal(tmp_path: Path, pack: str, cases: str = "") -> str:
    with pytest.raises(BrandError) as raised:
        load_rulebook(brand(tmp_path, pack, cases))
    return str(raised.value)


def test_a_good_pack_loads(tmp_path):
    (compiled,) = load_rulebook(brand(tmp_path, GOOD)).rules
    assert (compiled.rule.full_id, compiled.rule.title) == ("mine/one", "")


@pytest.mark.parametrize(
    ("was", "becomes", "line", "says"),
    [
        ("reply.length > 10", "reply.lenght > 10", 5, "Did you mean “reply.length”?"),
        ("reply.length > 10", 'reply.length > "10"', 5, "on a whole number and text"),
        ("reply.length > 10", "reply.length", 5, "says true or false"),
        ("reply.length > 10", "reply.length >", 5, "cannot be read here"),
        ("reply.length > 10", "reply.length.big()", 5, "no function called “big”"),
        ("reply.length > 10", "dyn(reply.length)", 5, "says true or false"),
        ("reply.length > 10", 'reply.text.matches("(?=a)")', 5, "cannot be used"),
        ("reply.length > 10", "reply.text.matches(asked.text)", 5, "written out in the rule"),
        ("when: reply.length > 10", 'find: ["a*"]', 5, "matches where there is nothing"),
        ("when: reply.length > 10", 'find: ["(a"]', 5, "missing )"),
        ("when: reply.length > 10", "title: x", 3, "“when” is missing"),
        ("then: hold", "then: handoff", 6, "Use one of: note, hold, block."),
        ("then: hold", "then: hald", 6, "must be one of"),
        ("It is long.", "It is {{ reply.lenght }} long.", 7, "Did you mean “reply.length”?"),
        ("It is long.", "It is {{ it.words }} long.", 7, "nothing called “it.words”"),
        ("It is long.", "It is {{ reply.length ", 7, "cannot be read"),
        ("because:", "becouse:", 7, "Did you mean “because”?"),
        ("    because:", "    each: reply.lnks\n    because:", 7, "Did you mean “reply.links”?"),
        ("    because:", "    approvers: 3\n    because:", 7, "neither 1 nor 2"),
        ("    because:", "    replaces: a/b\n    because:", 7, "without a note"),
        ("pack: mine", "pack: yours", 1, "its folder is “mine”"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_mend(tmp_path, was, becomes, line, says):
    said = refusal(tmp_path, GOOD.replace(was, becomes))
    assert said.startswith(f"policies/mine/pack.yaml:{line}: ")
    assert says in said


def test_the_caret_stands_under_the_misspelt_name(tmp_path):
    said = refusal(tmp_path, GOOD.replace("reply.length > 10", "1 < 2 && reply.lenght > 10"))
    _, source, caret = said.splitlines()
    assert source[caret.index("^") :].startswith("reply.lenght")


def test_in_a_block_the_line_is_that_of_the_mistake(tmp_path):
    block = "when: |\n      reply.length > 10 &&\n      reply.lenght > 12"
    assert "pack.yaml:7: " in refusal(tmp_path, GOOD.replace("when: reply.length > 10", block))


def test_all_mistakes_are_found_at_once(tmp_path):
    two = GOOD.replace("reply.length >", "reply.lenght >").replace("It is long", "It is {{ x }}")
    packs = load_packs(brand(tmp_path, two), ["mine"])
    assert len(rulebook_problems(packs)) == 2


def test_two_rules_of_one_name_are_refused(tmp_path):
    said = refusal(tmp_path, GOOD + GOOD.partition("rules:\n")[2])
    assert "another rule called “mine/one”" in said


def test_a_missing_pack_is_an_error(tmp_path):
    with pytest.raises(BrandError, match="no such file"):
        load_rulebook(tmp_path)


def test_patterns_that_are_slow_on_a_hostile_text_are_refused(tmp_path):
    slow = "(a.{0,60}){8}b.{0,60}c.{0,60}[é-ü]{40}$"
    said = refusal(tmp_path, GOOD.replace("when: reply.length > 10", f"find: ['{slow}']"))
    assert "too slow" in said


def test_patterns_too_large_to_hold_are_refused(tmp_path):
    one = refusal(tmp_path, GOOD.replace("when: reply.length > 10", r"find: ['\pL{1000}']"))
    assert "too large" in one


@pytest.mark.slow
def test_patterns_too_large_together_are_refused(tmp_path):
    many = ", ".join(f"'x.{{0,900}}y{n}'" for n in range(200))
    said = refusal(tmp_path, GOOD.replace("when: reply.length > 10", f"find: [{many}]"))
    assert "too large together" in said


def test_a_rule_for_a_channel_that_is_not_there(tmp_path):
    pack = GOOD + "    channels: [wbe]\n    modes: [dialogic]\n"
    rulebook = load_rulebook(brand(tmp_path, pack))
    (problem,) = find_unknown_places(rulebook, ["web"], ["dialogic"])
    assert "no “wbe” under channels" in str(problem)
    assert "Did you mean “web”?" in str(problem)


def test_a_replaced_rule_is_not_in_force(tmp_path):
    replacing = GOOD + (
        "  - id: two\n    on: reply\n    when: reply.length > 99\n    then: note\n"
        "    because: Longer.\n    replaces: mine/one\n    note: Ours may be longer.\n"
    )
    rulebook = load_rulebook(brand(tmp_path, replacing))
    assert [c.rule.id for c in rulebook.rules] == ["two"]
    assert rulebook.replaced == {"mine/one": "mine/two"}


@pytest.mark.parametrize(
    ("cases", "says"),
    [
        ("- rule: oen\n  catches: [{text: x}]\n", "Did you mean “one”?"),
        ("- rule: one\n  cathces: [{text: x}]\n", "Did you mean “catches”?"),
        ("- rule: one\n  catches: [{txt: x}]\n", "Did you mean “text”?"),
        ("- rule: one\n  catches: [7]\n", "must hold keys and values"),
        ("rule: one\n", "must be a list"),
    ],
)
def test_a_mistake_in_the_cases_is_named(tmp_path, cases, says):
    said = refusal(tmp_path, GOOD, cases)
    assert said.startswith("policies/mine/cases.yaml:")
    assert says in said


def test_the_hash_names_the_content(tmp_path):
    packs = load_packs(brand(tmp_path, GOOD), ["mine"])
    (tmp_path / "mine" / "pack.yaml").write_text("\n\n" + GOOD)
    moved = load_packs(tmp_path, ["mine"])
    (tmp_path / "mine" / "pack.yaml").write_text(GOOD.replace("10", "11"))
    changed = load_packs(tmp_path, ["mine"])
    same, other = compile_rulebook(packs).hash, compile_rulebook(changed).hash
    assert compile_rulebook(moved).hash == same
    assert other != same
