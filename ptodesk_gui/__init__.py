"""ptodesk: the live call about permission to operate (PTO), from the first question to linked Jira tickets."""

__version__ = "0.1.0"
