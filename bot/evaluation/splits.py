"""Labelled messages, and the examples to learn from: what `aboveboard evaluate intents` reads.

CLINC150's JSON, or rows of text and intent with training rows beside them; `oos` marks a message
that is none of the intents. What is odd about the data is said in plain words
(`describe_oddities`), since a figure that flatters is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.understanding.sentences import normalize_text

OUT_OF_SCOPE = "oos"
_UNEVEN = 10  # times as many examples as the smallest intent has


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message, what it asks, and its language where the data names one."""

    text: str
    intent: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class LabelledSplit:
    """What is learned from, what thresholds are chosen on, what is judged.

    The name of each intent is among what is learned from, as a brand's titles are: of five
    examples it is the sixth.
    """

    train: Mapping[str, tuple[str, ...]]
    validation: tuple[LabelledMessage, ...]
    test: tuple[LabelledMessage, ...]


def read_clinc(data: Mapping[str, Sequence[Sequence[str]]]) -> LabelledSplit:
    """CLINC150's JSON. Its out-of-scope training messages are not learned from."""
    return LabelledSplit(
        train=group_by_intent(read_labelled(data["train"])),
        validation=read_labelled([*data["val"], *data.get("oos_val", ())]),
        test=read_labelled([*data["test"], *data.get("oos_test", ())]),
    )


def split_from_rows(test: Iterable[Sequence[str]], train: Iterable[Sequence[str]]) -> LabelledSplit:
    """Rows of (text, intent). Out-of-scope rows among the training rows are left out."""
    return LabelledSplit(
        train=group_by_intent(read_labelled(train)), validation=(), test=read_labelled(test)
    )


def read_labelled(rows: Iterable[Sequence[str]]) -> tuple[LabelledMessage, ...]:
    """Rows of (text, intent) or (text, intent, language)."""
    return tuple(LabelledMessage(*row) for row in rows)


def group_by_intent(rows: Iterable[LabelledMessage]) -> dict[str, tuple[str, ...]]:
    """Texts by intent, with the intent's own name as one of them."""
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row.intent != OUT_OF_SCOPE:
            groups.setdefault(row.intent, []).append(row.text)
    return {intent: (*texts, *_label_as_words(intent)) for intent, texts in groups.items()}


def describe_oddities(split: LabelledSplit) -> list[str]:
    """What makes the figures say less than they seem to, a sentence each."""
    return [*_oddities_of_test(split), *_oddities_of_examples(split.train)]


def _oddities_of_test(split: LabelledSplit) -> Iterable[str]:
    asked = [row.intent for row in split.test]
    if OUT_OF_SCOPE not in asked:
        yield (
            f"No row is marked {OUT_OF_SCOPE}, so nothing is said about messages that are none of "
            "the intents: oos_auroc, oos_aupr and oos_recall are null."
        )
    elif all(intent == OUT_OF_SCOPE for intent in asked):
        yield f"Every row is marked {OUT_OF_SCOPE}: nothing is said about the intents."
    unknown = sorted({*asked} - {*split.train, OUT_OF_SCOPE})
    if unknown:
        rows = sum(intent in unknown for intent in asked)
        yield (
            f"{rows} rows are labelled with intents that have no examples, and can only be read "
            f"wrong: {_write_some(unknown)}."
        )
    examples = {normalize_text(text) for texts in split.train.values() for text in texts}
    repeated = sum(normalize_text(row.text) in examples for row in split.test)
    if repeated:
        yield (
            f"{repeated} of {len(split.test)} texts are among the examples, word for word: the "
            "figures flatter. Take them out of one of the two."
        )


def _oddities_of_examples(train: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    counts = Counter(
        {intent: len(set(texts) - {*_label_as_words(intent)}) for intent, texts in train.items()}
    )
    lonely = sorted(intent for intent, count in counts.items() if count <= 1)
    if lonely:
        yield (
            f"{len(lonely)} intents have one example or none, and can't be checked against "
            f"themselves: {_write_some(lonely)}."
        )
    if counts and max(counts.values()) >= _UNEVEN * max(1, min(counts.values())):
        most, least = max(counts, key=counts.__getitem__), min(counts, key=counts.__getitem__)
        yield (
            f"Examples are uneven: {most} has {counts[most]}, {least} has {counts[least]}. An "
            "intent counts the same however many it has, but few examples say little."
        )
    told = Counter(
        normalize_text(text) for texts in train.values() for text in {*map(normalize_text, texts)}
    )
    twice = [text for text, count in told.items() if count > 1]
    if twice:
        yield f"{len(twice)} examples stand under more than one intent, like “{min(twice)}”."


def _write_some(names: Sequence[str], most: int = 5) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _label_as_words(label: str) -> tuple[str, ...]:
    """An intent's name as words (`card_arrival`: “card arrival”): an example like a brand's title.

    Nothing if there is no word in it."""
    words = label.replace("_", " ").replace("-", " ").replace(".", " ").split()
    return (" ".join(words).lower(),) if any(len(w) > 2 and w.isalpha() for w in words) else ()
