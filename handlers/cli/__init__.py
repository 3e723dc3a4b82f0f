"""The `aboveboard` command. Each subcommand is a file of its own; this one says where they are.

A subcommand is imported when it is called: `--help` and a small command wait for no model library.
An error that a person can mend is one clear line on standard error, and exit code 1; wrong usage
is exit code 2. With `--json`, standard output holds JSON and nothing else.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

COMMANDS = {
    "check": (
        "check_command:check",
        "Read config, packs, facts, intents and templates; say everything that is wrong with them.",
    ),
    "doctor": (
        "doctor_command:doctor",
        "Look at everything that it needs, and say what is wrong and how to mend it.",
    ),
    "evaluate": (
        "evaluation.evaluate_command:evaluate",
        "Measure a check on your own labelled texts.",
    ),
    "explain": (
        "explain_command:explain",
        "Say why: ID is a card's id, or the address of an entry on the record.",
    ),
    "figures": (
        "figures_command:figures",
        "Count asks, reasons, hand-overs, what was resolved and what helped, by week and channel.",
    ),
    "init": (
        "check_command:init",
        "Begin a new brand in DIRECTORY: a copy of the sample brand, to make your own.",
    ),
    "judge": (
        "evaluation.judge_command:judge",
        "Judge every text of FILE (one JSON object a line: text, and optionally channel, audience, "
        "intent, asked, private, locale).",
    ),
    "learn": (
        "learn_command:learn",
        "Proposed examples: list, accept, decline.",
    ),
    "mirror": (
        "evaluation.mirror_command:mirror",
        "Let many people ask the same, and compare what each of them is promised.",
    ),
    "pause": (
        "pause_command:pause",
        "Stop all sending, or CHANNEL's.",
    ),
    "record": (
        "record_command:record",
        "The public record: verify, checkpoint, export.",
    ),
    "replay": (
        "evaluation.replay_command:replay_",
        "Which decisions would come out otherwise under candidate rules, and which rules never "
        "spoke.",
    ),
    "resume": (
        "pause_command:resume",
        "Send again, everywhere or on CHANNEL.",
    ),
    "serve": (
        "serve_command:serve",
        "Start the chat, the desk and the record; with Slack's tokens set, Slack too.",
    ),
    "test": (
        "check_command:test",
        "Run the cases of every rule: what it must catch, and what it must let pass.",
    ),
    "try": (
        "try_command:try_",
        "What would happen with MESSAGE, and why.",
    ),
}
"""Name -> (module below this one and the command in it, the first sentence of its help)."""


class CommandFamily(click.Group):
    """Imports the command that is called, and shows our own errors as one line, without a trace."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command = getattr(import_module(f"{__name__}.{module}"), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = formatter.width - 6 - max(map(len, COMMANDS))
        shown = [click.Command(name, help=COMMANDS[name][1]) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(str(c.name), c.get_short_help_str(width)) for c in shown])

    def invoke(self, ctx: click.Context) -> object:
        from bot.model.errors import AboveboardError

        try:
            return super().invoke(ctx)
        except AboveboardError as error:
            click.echo(f"aboveboard: {error}", err=True)
            sys.exit(1)


@click.group(cls=CommandFamily, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False),
    default=".",
    show_default=True,
    help="The folder with config.yaml, policies/ and templates/.",
)
@click.version_option(package_name="aboveboard")
@click.pass_context
def main(ctx: click.Context, root: str) -> None:
    """Drafts replies, asks whether every customer could hear them, and lets a person decide."""
    ctx.obj = root
