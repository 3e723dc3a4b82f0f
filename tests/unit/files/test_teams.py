"""Teams in config.yaml: what they take must exist, and somebody in each must be able to decide."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handlers.brandfiles.brand_folder import UnusableBrandError
from handlers.brandfiles.loading import load_knowledge
from tests.shop import NOW, ROOT, knowledge


@pytest.mark.parametrize(
    ("right", "wrong", "problem", "mend"),
    [
        (
            "cancel-order,",
            "cancel-ordr,",
            "no intent “cancel-ordr”",
            "Did you mean “cancel-order”?",
        ),
        (
            "reasons: [safety,",
            "reasons: [safty,",
            "no reason to hand over “safty”",
            "Did you mean “safety”?",
        ),
    ],
)
def test_what_a_team_takes_must_exist(
    tmp_path: Path, right: str, wrong: str, problem: str, mend: str
) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    config = (ROOT / "config.yaml").read_text()
    assert right in config
    (tmp_path / "config.yaml").write_text(config.replace(right, wrong, 1))
    with pytest.raises(UnusableBrandError) as raised:
        load_knowledge(tmp_path, NOW)
    [error] = raised.value.problems
    assert problem in error.problem
    assert mend in error.mend
    assert error.line == config[: config.index(right)].count("\n") + 1


def test_the_shipped_teams_leave_nothing_to_nobody() -> None:
    """The last one takes whatever comes, so that every card has a team."""
    last = knowledge().brand.teams[-1]
    assert not (last.intents or last.reasons or last.languages or last.channels)
