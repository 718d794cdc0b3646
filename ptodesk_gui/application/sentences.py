"""What is said of an error: its own sentence where the program names it, else what kind it was."""

import logging

log = logging.getLogger(__name__)


class NoSiteError(Exception):
    """There is no site to queue a plan for."""

    def __str__(self) -> str:
        """What to do."""
        return "No site is set; open the settings (Ctrl+,) and type the site's address."


class OtherSiteError(Exception):
    """The call names tickets of a site that is not the one to file to: their keys may be others' there."""

    def __str__(self) -> str:
        """What to do."""
        return (
            "The tickets that this call names are of another site than the one in the settings. "
            "Let them go (Ctrl+F7, Ctrl+H) or choose them anew, then file it."
        )


class HeldError(Exception):
    """It is not known where IT wants calls to go; the text says why and what to do."""


class StoreClosedError(Exception):
    """The store could not be opened yet; the text says why and what to do."""

    def __str__(self) -> str:
        """The reason that was found, else that it is still being opened."""
        return super().__str__() or "The store is still being opened."


def sentence(error: Exception) -> str:
    """What to say of an error: its own sentence where it is one that this program names, else what kind it was."""
    if type(error).__module__.startswith("ptodesk_gui."):
        return str(error)
    log.error("unexpected %s", type(error).__name__, extra={"error": error})  # a report can be copied as well
    return f"Something unexpected went wrong ({type(error).__name__}); Ctrl+Shift+E shows a report to copy for IT."
