"""Any text is read, or refused with its line; nothing else happens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.errors import BrandError
from handlers.brandfiles.documents.yaml_document import parse, read

REFUSED = [
    ("a: 1\nb: 2\na: 3", 3, "given twice", "line 1"),
    ("a: &x 1\nb: *x", 2, "alias", "Write the value out"),
    ("a: !!python/object/apply:os.system [echo]", 1, "tag", "Remove"),
    ("a: 1\n---\nb: 2", 2, "second document", "file of its own"),
    ("a: b\n c: [", 2, "not valid YAML", "quotes"),
    ("a:\n\t- b", 2, "not valid YAML", "indentation"),
    ("ok: 1\nbad: \x07", 2, "forbids", "Remove"),
    ("? [a, b]\n: c", 1, "key must be a word", "quotes"),
    ("a: " + "[" * 30 + "]" * 30, 1, "too deep", "brackets"),
]


@pytest.mark.parametrize(("text", "line", "problem", "mend"), REFUSED)
def test_what_is_refused_is_named_by_its_line(
    text: str, line: int, problem: str, mend: str
) -> None:
    with pytest.raises(BrandError) as caught:
        parse(text, "x.yaml")
    assert (caught.value.file, caught.value.line) == ("x.yaml", line)
    assert problem in caught.value.problem
    assert mend in caught.value.mend


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("on", "on"),
        ("off", "off"),
        ("no", "no"),
        ("yes", "yes"),
        ("true", True),
        ("~", None),
        ("", None),
        ("09:00", "09:00"),
        ("10:30", "10:30"),
        ("2026-10-01", "2026-10-01"),
        ("42", 42),
        ("-1.5", -1.5),
        ("007", "007"),
        ("1_000", "1_000"),
        ("'42'", "42"),
        ("9" * 40, "9" * 40),
    ],
)
def test_a_scalar_means_what_it_looks_like(written: str, meant: object) -> None:
    """A rule says `on: reply` and `status: off`; opening hours are no base-60 numbers."""
    assert parse(f"key: {written}", "x.yaml").value == {"key": meant}


def test_every_key_knows_its_line_and_every_value_its_column() -> None:
    document = parse("rules:\n  - id: a\n    when: |\n      x > 1\n  - id: b\n", "x.yaml")
    assert document.line("rules", 0, "when") == 3
    assert document.line("rules", 1) == 5
    assert document.line("rules", 1, "absent", "deeper") == 5
    assert (document.spot("rules", 0, "id").line, document.spot("rules", 0, "id").column) == (2, 9)
    assert document.spot("rules", 0, "when").block


def test_a_file_that_is_not_text_is_named(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "x.yaml").write_bytes(b"a: 1\nb: \xff\xfe")
    with pytest.raises(BrandError, match=r"x\.yaml:2: It is not UTF-8"):
        read(folder / "x.yaml", "x.yaml")
    with pytest.raises(BrandError, match="no such file"):
        read(folder / "y.yaml", "y.yaml")


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text, "x.yaml")
    except BrandError as error:
        assert error.line >= 0


@given(
    st.recursive(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.text("abcxyz", min_size=1), inner, max_size=3)
        ),
        max_leaves=10,
    )
)
def test_what_another_writer_quotes_comes_back(value: object) -> None:
    import yaml

    text = yaml.safe_dump({"v": value}, default_style='"', allow_unicode=True)
    assert parse(text, "x.yaml").value == {"v": value}
