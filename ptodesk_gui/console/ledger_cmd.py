"""``ptodesk ledger``: what the calls of this computer took, without a word of them: in a sentence, or as CSV for a lead."""

from datetime import date

import click

from ptodesk_gui.console import station as st


@click.command()
@click.option("--csv", "as_csv", is_flag=True, help="A line for each call, for a spreadsheet.")
@click.option("--practice", is_flag=True, help="The practice desk's calls.")
def ledger(as_csv: bool, practice: bool) -> None:
    """Show how long calls, reviews, wrap-ups and the desk took. Nothing of a call is in it but seconds and the day."""
    from ptodesk_gui.sop.ledger import csv_text, figures
    from ptodesk_gui.workstation.ledger_file import LedgerFile

    with st.logged():
        rows = LedgerFile(st.place_of(practice=practice).store_path.parent).rows()
    if as_csv:
        click.echo(csv_text(rows).replace("\r\n", "\n"), nl=False)
    else:
        click.echo(figures(rows, date.today()).summary)
