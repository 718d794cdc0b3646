"""What the page of the agent's own figures says."""

from typing import Final

TITLE: Final = "Your own figures"
BACK: Final = "Back to the call"
SAVE: Final = "Save as CSV"
SAVE_KEY: Final = "Ctrl+S"
FILE: Final = "ptodesk-figures.csv"
KINDS: Final = "CSV (*.csv)"
STAYS: Final = (
    "They are measured without names or words of any call, and stay on this computer until you save them for somebody."
)
READING: Final = "Being read ..."
TABLE: Final = "Figures by day"
COLUMNS: Final = ("Day", "Calls", "On the line", "After it", "In the review", "Desk", "Corrections")
NOT_SEEN: Final = "-"
CHART: Final = "Time of a call by day"
LINE: Final = "On the line"
AFTER: Final = "After it"
