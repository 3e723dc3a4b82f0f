"""The `aboveboard` command. Each subcommand is a file of its own; this one gathers them.

An error that a person can mend is one clear line on standard error, and exit code 1; wrong usage
is exit code 2. With `--json`, standard output holds JSON and nothing else.
"""

from __future__ import annotations

import sys

import click

from bot.errors import AboveboardError
from handlers.cli.brand import check, init, test
from handlers.cli.doctor import doctor
from handlers.cli.evaluate import evaluate
from handlers.cli.explain import explain
from handlers.cli.figures import figures
from handlers.cli.judge import judge
from handlers.cli.learn import learn
from handlers.cli.mirror import mirror
from handlers.cli.pausing import pause, resume
from handlers.cli.record import record
from handlers.cli.replay import replay_
from handlers.cli.serve import serve
from handlers.cli.tryout import try_


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
