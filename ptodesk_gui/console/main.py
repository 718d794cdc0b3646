"""The command ``ptodesk``. Each sub-command is imported when it is asked for, so that one does not wait for another's libraries."""

import sys
from collections.abc import Callable, Mapping
from typing import Final

import click

from ptodesk_gui import __version__

UNEXPECTED: Final = "Something unexpected went wrong ({kind}). The log has the place as {mark}: {path}"
NO_LOG: Final = "Something unexpected went wrong ({kind}), and the log could not be written."


def _plan() -> click.Command:
    from ptodesk_gui.console.plan_cmd import plan

    return plan


def _file() -> click.Command:
    from ptodesk_gui.console.file_cmd import file

    return file


def _outbox() -> click.Command:
    from ptodesk_gui.console.outbox_cmd import outbox

    return outbox


def _doctor() -> click.Command:
    from ptodesk_gui.console.doctor_cmd import doctor

    return doctor


def _login() -> click.Command:
    from ptodesk_gui.console.login_cmd import login

    return login


def _playbook() -> click.Command:
    from ptodesk_gui.console.playbook_cmd import playbook

    return playbook


def _practice() -> click.Command:
    from ptodesk_gui.console.practice_cmd import practice

    return practice


def _ledger() -> click.Command:
    from ptodesk_gui.console.ledger_cmd import ledger

    return ledger


COMMANDS: Final[Mapping[str, Callable[[], click.Command]]] = {
    "plan": _plan,
    "file": _file,
    "outbox": _outbox,
    "doctor": _doctor,
    "login": _login,
    "playbook": _playbook,
    "practice": _practice,
    "ledger": _ledger,
}


class LazyGroup(click.Group):
    """A group whose commands are imported one by one, when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order in which they are explained."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        load = COMMANDS.get(cmd_name)
        return None if load is None else load()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ptodesk")
def cli() -> None:
    """Calls about permission to operate (PTO): plan a case, file it, look after the outbox."""


def main() -> None:
    """Run the command and end the process with its exit code. Whatever goes wrong is a sentence, never a traceback."""
    try:
        cli.main(prog_name="ptodesk")
    except Exception as error:
        click.echo(_written_down(error), err=True)
        sys.exit(1)


def _written_down(error: Exception) -> str:
    """Put the kind of error and the places it passed into the log; the sentence that says where to look."""
    import logging
    import secrets

    from ptodesk_gui.workstation import logs, paths

    kind, mark = type(error).__name__, secrets.token_hex(3)
    try:
        path = paths.log_path("console")
    except OSError:
        return NO_LOG.format(kind=kind)
    handler = logs.start_log(path)
    try:
        logging.getLogger(__name__).error("%s: unexpected", mark, exc_info=error)
    finally:
        logs.stop_log(handler)
    return NO_LOG.format(kind=kind) if handler is None else UNEXPECTED.format(kind=kind, mark=mark, path=path)


if __name__ == "__main__":
    main()
