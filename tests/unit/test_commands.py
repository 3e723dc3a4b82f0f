"""The command line: what its help says is what its commands are, and what it doesn't need it
doesn't load."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import requires

import click
import pytest

from handlers.cli import COMMANDS, main

MODELS = ("numpy", "onnxruntime", "scipy", "sklearn", "tokenizers")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_says_of_each_command_what_the_command_says_of_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name
    said = click.Command(name, help=COMMANDS[name][1])
    assert said.get_short_help_str(500) == command.get_short_help_str(500)


def test_a_command_that_does_not_exist_is_wrong_usage() -> None:
    assert main.get_command(click.Context(main), "cheque") is None


def loaded(*arguments: str) -> set[str]:
    """The top-level modules that a process has loaded when the command is done."""
    code = (
        "import sys\nfrom handlers.cli import main\n"
        f"main({list(arguments)!r}, standalone_mode=False)\n"
    )
    report = "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    code = f"import atexit, sys\natexit.register(lambda: {report})\n{code}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_help_loads_nothing_but_what_shows_it() -> None:
    assert loaded("--help") & {*MODELS, "aiohttp", "babel", "msgspec", "re2", "yaml"} == set()
    assert any(need.startswith("click") for need in requires("aboveboard") or ())


@pytest.mark.slow
def test_check_reads_the_brand_without_models_pages_or_channels() -> None:
    """What reads and sends messages is loaded by those who do."""
    unused = {*MODELS, "py3langid", "aiohttp", "slack_bolt", "slack_sdk", "phonenumbers"}
    assert loaded("check") & unused == set()
