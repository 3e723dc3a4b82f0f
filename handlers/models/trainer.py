"""The process that trains: it alone loads scikit-learn, and ends when the models are on disk.

Reads one JSON object from standard input (`Order`), writes each model into the folder, and says
nothing. What goes wrong is the last line of standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from bot.model.errors import AboveboardError
from bot.understanding.classifier.model_training import TooLittleError, train_model
from handlers.models import encoder_at
from handlers.models.model_files import write_model


class Lesson(msgspec.Struct):
    """One language to learn. `encoder` is the path of its encoder; empty for none."""

    language: str
    examples: dict[str, list[str]]
    not_this: dict[str, list[str]]
    encoder: str = ""


class Order(msgspec.Struct):
    folder: str
    lessons: list[Lesson]


def main() -> None:
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    encoders = {path: encoder_at(Path(path)) for path in {x.encoder for x in order.lessons} if path}
    for lesson in order.lessons:
        encoder = encoders.get(lesson.encoder)
        model = train_model(
            lesson.language,
            lesson.examples,
            encoder.embed if encoder else None,
            lesson.not_this,
            encoder.id if encoder else "",
            contextual=encoder is not None and encoder.contextual,
        )
        write_model(Path(order.folder), model)


if __name__ == "__main__":
    try:
        main()
    except (AboveboardError, TooLittleError, OSError) as error:
        sys.exit(str(error))
