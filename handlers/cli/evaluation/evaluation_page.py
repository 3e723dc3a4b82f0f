"""The page of `aboveboard evaluate intents --page`: one file, no script, no network.

The template says what every figure and plot means, to somebody who writes rules and intents, not
models. The file can be kept, sent, and read anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.cli.check_command import SHIPPED
from handlers.cli.evaluation.evaluate_intents import weakest
from handlers.cli.evaluation.plots import confusion_plot, reliability_plot, risk_plot
from handlers.pages import Masthead, Pages

_STYLE = SHIPPED / "handlers" / "pages" / "static" / "site.css"


def evaluation_page(figures: Mapping[str, Any], file: str, brand: str) -> str:
    """The page as one HTML text. `file` is the name of what was measured."""
    pages = Pages([SHIPPED / "templates" / "pages"], lambda: Masthead(brand, ""))
    return pages.render(
        "evaluation.html.j2",
        file=file,
        figures=figures,
        weakest=weakest(figures["intents"]),
        style=_STYLE.read_text("utf-8"),
        plots={
            "reliability": reliability_plot(figures["reliability"]),
            "risk": risk_plot(figures["risk"], _today(figures)),
            "confusion": confusion_plot(figures["matrix"]),
        },
    )


def _today(figures: Mapping[str, Any]) -> tuple[float, float] | None:
    """The share of all messages that is accepted as it stands, and the share of those wrong."""
    wrong = figures["wrong_of_accepted"]
    return None if wrong is None else (figures["accepted_of_all"], wrong)
