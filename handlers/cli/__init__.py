"""The `aboveboard` command. Each subcommand is a file of its own; this one gathers them.

An error that a person can mend is one clear line on standard error, and exit code 1; wrong usage
is exit code 2. With `--json`, standard output holds JSON and nothing else.
"""

from __future__ import annotations

import sys

import click

from bot.model.errors import AboveboardError
from handlers.cli.check_command import check, init, test
from handlers.cli.doctor_command import doctor
from handlers.cli.evaluation.evaluate_command import evaluate
from handlers.cli.evaluation.judge_command import judge
from handlers.cli.evaluation.mirror_command import mirror
from handlers.cli.evaluation.replay_command import replay_
from handlers.cli.explain_command import explain
from handlers.cli.figures_command import figures
from handlers.cli.learn_command import learn
from handlers.cli.pause_command import pause, resume
from handlers.cli.record_command import record
from handlers.cli.serve_command import serve
from handlers.cli.try_command import try_


class _Family(click.Group):
    """Our own errors as one line, without a trace."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except AboveboardError as error:
            click.echo(f"aboveboard: {error}", err=True)
            sys.exit(1)


@click.group(cls=_Family, context_settings={"help_option_names": ["-h", "--help"]})
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


COMMANDS = (
    serve,
    pause,
    resume,
    try_,
    judge,
    check,
    test,
    mirror,
    replay_,
    learn,
    explain,
    figures,
    record,
    init,
    doctor,
    evaluate,
)
for command in COMMANDS:
    main.add_command(command)
