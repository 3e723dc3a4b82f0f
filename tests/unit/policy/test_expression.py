"""An expression gives true or false, or says that it can't; nothing truthy in between."""

import pytest

from bot.policy.cel.expression import RuleLanguage, Unjudged

LANGUAGE = RuleLanguage({"a.n": "int", "a.s": "string", "a.l": "list(string)", "a.d": "double"})


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("a.n == 3", True),
        ("a.n > 3", False),
        ('"x" in a.l && a.s.matches("(?i)^HEL+O$")', True),
        ("a.l.exists(each, each.startsWith(a.s))", False),
        ("a.d < 0.5 ? a.n == 3 : a.n == 4", True),
        ('a.s.lowerAscii() == "hello"', True),
    ],
)
def test_what_it_says(source, answer):
    data = {"a.n": 3, "a.s": "Hello", "a.l": ["x"], "a.d": 0.25}
    assert LANGUAGE.compile_expression(source).is_true_of(data) is answer


@pytest.mark.parametrize(
    ("source", "data", "why"),
    [
        ("a.n / 0 == 1", {"a.n": 3}, "divide by zero"),
        ('a.l[7] == ""', {"a.l": ["x"]}, "Index"),
        ("a.n == 3", {}, "a.n"),
        ("a.n > 3", {"a.n": None}, "Expected INT"),
    ],
)
def test_an_error_is_no_answer(source, data, why):
    with pytest.raises(Unjudged, match=why):
        LANGUAGE.compile_expression(source).is_true_of(data)


def test_it_knows_what_it_mentions():
    compiled = LANGUAGE.compile_expression(
        'a.l.exists(n, n.matches("b+")) || a.s.matches("c") // a.n'
    )
    assert compiled.mentions == {"a.l", "a.s"}
    assert compiled.patterns == ("b+", "c")


def test_it_knows_the_conditions_it_joins():
    parts = LANGUAGE.compile_expression(
        '!(a.n > 1 && a.s == "x") || a.l.exists(e, e == "" && a.n > 1)'
    ).parts
    data = {"a.n": 3, "a.s": "x", "a.l": ["y"]}
    assert [(part.number, part.evaluate(data)) for part in parts] == [
        (1, True),
        (2, True),
        (3, False),
    ]


def test_many_are_asked_at_once():
    many = [LANGUAGE.compile_expression(f"a.n > {n} // always") for n in range(5)]
    assert LANGUAGE.compile_batch(many).evaluate_all({"a.n": 3}) == [True, True, True, False, False]


def test_one_that_fails_spoils_the_batch_and_nothing_passes():
    many = [LANGUAGE.compile_expression("a.n > 0"), LANGUAGE.compile_expression("a.n / 0 == 1")]
    assert LANGUAGE.compile_batch(many).evaluate_all({"a.n": 3}) is None
