"""How long a call takes, as a clock shows it."""


def call_time(seconds: int | None) -> str:
    """3:07, 1:02:03; dashes while nothing runs."""
    if seconds is None:
        return "-:--"
    minutes, rest = divmod(max(seconds, 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
