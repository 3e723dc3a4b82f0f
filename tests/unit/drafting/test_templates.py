"""A template is text with slots: it can say what is published, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drafting.facts_view import FactsView
from bot.drafting.reply_templates import (
    LONGEST_BODY,
    LONGEST_SOURCE,
    Templates,
    find_template_errors,
    tidy_paragraphs,
)
from bot.model.errors import BrandError, NoDraft
from tests.unit.drafting.samples import PUBLISHED, TEMPLATES, TODAY

EN = "templates/replies/return-item/en.md.j2"
DE = "templates/replies/return-item/de.md.j2"
NOTICE = "templates/notices/legal/en.txt.j2"

MORE_THAN_TEXT = [
    "{% if facts %}x{% endif %}",
    "{% set x = facts %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% macro m() %}x{% endmacro %}",
    "{% raw %}{{ x }}{% endraw %}{% for i in facts %}{% endfor %}",
    "{{ facts.returns.window | upper }}",
    "{{ facts.returns.window() }}",
    "{{ facts['returns'].window }}",
    "{{ facts.returns.window ~ 'x' }}",
    "{{ 2 ** 9 }}",
    "{{ ['x'] * 99 }}",
    "{{ 'x' }}",
    "{{ facts.returns.window is defined }}",
    "{{ facts.returns.window if facts else 1 }}",
]


@pytest.mark.parametrize("source", MORE_THAN_TEXT)
def test_nothing_but_slots_is_taken(source: str) -> None:
    assert find_template_errors(EN, f"fine\n{source}", PUBLISHED)[0].line == 2
    with pytest.raises(BrandError, match=f"^{EN}:2: "):
        Templates({EN: f"fine\n{source}"})


@pytest.mark.parametrize(
    ("path", "source", "said"),
    [
        (EN, "{{ facts.returns.windw }}", "did you mean returns.window?"),
        (EN, "{{ facts.returns }}", "“facts.returns” is not a fact."),
        (EN, "{{ facts }}", "“facts” is not a fact."),
        (EN, "{{ facts.returns.window.text }}", "is not a fact."),
        (EN, "{{ facts.returns.window.__class__ }}", "is not a fact."),
        (EN, "{{ name }}", "“name” is not known here."),
        (EN, "{{ facts.shops.hours.value }}", "shops.hours has no value in “en”."),
        (DE, "{{ facts.returns.label }}", "returns.label has no text in “de”."),
        (EN, "Within 30 days.", "A figure is written into it: “30”."),
        (EN, "a [link](x)", "It holds a link"),
        (NOTICE, "{{ facts.returns.window }}", "a notice has no such slot"),
        (NOTICE, "{{ name }}", "a notice has no such slot"),
        ("templates/replies/en.md.j2", "x", "No template is looked for here."),
        ("templates/replies/a/en.txt", "x", "No template is looked for here."),
        (EN, "x" * (LONGEST_SOURCE + 1), "longer than"),
    ],
)
def test_each_mistake_is_named(path: str, source: str, said: str) -> None:
    (problem,) = find_template_errors(path, source, PUBLISHED)
    assert said in str(problem)


def test_what_is_fine_is_fine() -> None:
    assert (
        find_template_errors(EN, "{# why #}You have {{ facts.returns.window.value }}.", PUBLISHED)
        == []
    )
    assert (
        find_template_errors(
            NOTICE, "Call 112. By {{ due }}, {{ brand }}: {{ record_url }}", PUBLISHED
        )
        == []
    )


def test_facts_come_out_as_they_are_published() -> None:
    """Nothing is escaped on the way: the channel escapes, once, for its own kind."""
    facts = FactsView(PUBLISHED, "en", TODAY)
    body = TEMPLATES.fill_reply("return-item", "en", facts)
    assert body == (
        "You can return unworn items within 60 days. Returns are free.\n\n"
        "- Our shops open at 10:00."
    )
    assert facts.used_facts() == ("returns.window", "returns.label", "shops.hours")


def test_what_is_too_long_for_a_channel_is_no_draft() -> None:
    sentence = "{{ facts.returns.window }}\n"
    templates = Templates({EN: sentence * (LONGEST_BODY // 40)})
    with pytest.raises(NoDraft, match="more than"):
        templates.fill_reply("return-item", "en", FactsView(PUBLISHED, "en", TODAY))


def test_a_slot_that_is_not_given_is_no_draft() -> None:
    with pytest.raises(NoDraft, match="due"):
        TEMPLATES.fill_notice("no-draft", "en", {})


def test_lines_are_joined_into_paragraphs() -> None:
    assert tidy_paragraphs(" a\nb \n\n\n\n- c\n  d\n- e\nf\n") == "a b\n\n- c d\n- e f"


def test_the_hash_names_the_sources() -> None:
    one = Templates({EN: "a", DE: "b"})
    assert one.hash == Templates({DE: "b", EN: "a"}).hash
    assert one.hash != Templates({EN: "b", DE: "a"}).hash


fragments = st.lists(
    st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", " facts", ".returns", ".window", ".value"])
    | st.sampled_from([" due ", "|", "(", ")", "[0]", " if ", "for x in", "'", "\n", "0", "~"])
    | st.text(max_size=4)
).map("".join)


@given(st.sampled_from([EN, DE, NOTICE]), fragments | st.text())
def test_any_source_is_checked_and_a_clean_one_can_be_used(path: str, source: str) -> None:
    """The check says all that is wrong: what it lets pass compiles, and fills or says why not."""
    if find_template_errors(path, source, PUBLISHED):
        return
    templates = Templates({path: source})
    try:
        if path == NOTICE:
            templates.fill_notice("legal", "en", {"due": "today", "record_url": "x", "brand": "B"})
        else:
            locale = "en" if path == EN else "de"
            templates.fill_reply("return-item", locale, FactsView(PUBLISHED, locale, TODAY))
    except NoDraft as error:
        assert "says nothing" in str(error) or "more than" in str(error)
