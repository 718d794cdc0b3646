"""Practice callers beside the call, and the comparison afterwards. In practice mode only."""

from ptodesk_gui.ui.training.comparison_page import ComparisonPage
from ptodesk_gui.ui.training.panel import TrainingPanel

__all__ = ["ComparisonPage", "TrainingPanel"]
