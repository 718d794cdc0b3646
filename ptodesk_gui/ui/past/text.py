"""Every visible sentence of the page of past calls."""

from typing import Final

TITLE: Final = "Past calls"
BACK: Final = "Back to the call"
FIND: Final = "&Find by name, address, email, ticket key or date"
EXAMPLE: Final = "doe littleton    PTO-12    3/14    yesterday"
FOUND: Final = "Calls that were found"
CHOSEN: Final = "The chosen call"
OPEN: Final = "Open in browser"
COPY_KEY: Final = "Copy key"
COPY_LINK: Final = "Copy link"
KEYS: Final = ("F2", "F3", "F4", "F6", "F7")  # copy the key of the first ticket, of the second, as on a receipt
OPENING: Final = "Ctrl+"  # with it they open the page
LINKING: Final = "Ctrl+Shift+"  # and with this they copy its address
BEGIN: Final = "New call from this one"
BEGIN_KEY: Final = "Ctrl+Return"
BEGIN_TIP: Final = "Takes over caller, address and installer. The call at hand is held."
NOTHING: Final = "No past call has all of these words."
NOTHING_YET: Final = "No call was filed on this computer yet."
LATEST: Final = "The latest calls, the newest first."
SOME: Final = "{count} found, the newest first."
MOST: Final = "The newest {count}; type more words to find others."
LOOKING: Final = "Looking ..."
