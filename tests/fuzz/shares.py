"""How often a property is tried, as a share of the profile's number: slower ones less often (``HYPOTHESIS_PROFILE=fuzz``)."""

from hypothesis import settings
from hypothesis import strategies as st

SEEDS = st.integers(0, 2**32)  # what is changed, and how, follows from the seed alone


def share(part: float) -> settings:
    """The profile with so much of its number of examples."""
    return settings(max_examples=max(int(settings().max_examples * part), 10))
