"""`python -m handlers.brandfiles.documents.reference_page`: write the pages that are made from the
vocabulary.
"""

from __future__ import annotations

from pathlib import Path

from bot.policy.reference import build_pack_schema, write_vocabulary_page

PAGES = {"vocabulary.md": write_vocabulary_page, "pack.schema.json": build_pack_schema}


def write_reference(folder: Path) -> None:
    """Write policies/vocabulary.md and policies/pack.schema.json into `folder`."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    write_reference(Path("policies"))
