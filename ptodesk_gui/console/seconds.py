"""A number of seconds on the command line."""

import math

import click


class Seconds(click.FloatRange):
    """Seconds from 0 on; "nan" and "inf" are numbers to the computer and no time that anybody can wait."""

    name = "seconds"

    def __init__(self) -> None:
        super().__init__(0)

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The seconds; ends the command with exit 2 for what is none."""
        seconds = float(super().convert(value, param, ctx))
        if not math.isfinite(seconds):
            self.fail(f"{value!r} is no number of seconds.", param, ctx)
        return seconds
