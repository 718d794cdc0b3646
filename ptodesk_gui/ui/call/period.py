"""A grace period that has begun, painted on its track: the days that have passed, today, the due date, the days over."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from ptodesk_gui.sop.grace import GraceStatus
from ptodesk_gui.sop.view import GraceView
from ptodesk_gui.ui import theme
from ptodesk_gui.ui.call.timeline import EDGE
from ptodesk_gui.ui.widgets import painting

_TICK_DAYS: Final = 10
_GAP: Final = 10.0  # between two labels


@dataclass(frozen=True, slots=True)
class Period:
    """A grace period that has started, on the day it is looked at."""

    m2: date
    due: date
    day: int
    days: int
    past: bool

    @classmethod
    def of(cls, view: GraceView | None) -> "Period | None":
        """The period of a view; None while it has not started."""
        if view is None or view.m2 is None or view.due is None or view.day is None:
            return None
        return cls(view.m2, view.due, view.day, view.period_days, view.status == GraceStatus.PAST)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where days lie on the track. Day 0 is the M2 date."""

    left: float
    right: float
    last_day: int

    def x(self, day: int) -> float:
        """The place of a day."""
        return self.left + (self.right - self.left) * day / self.last_day


def scale_of(width: int, period: Period) -> Scale:
    """The days along a width: the whole period, and all of the days over."""
    over = period.day + max(2, period.day // 20) if period.day > period.days else 0
    return Scale(EDGE, width - EDGE, max(period.days, over, 1))


def paint_period(painter: QPainter, widget: QWidget, track: QRectF, view: GraceView) -> None:
    """The period of a view along the track; nothing when it has not begun."""
    period = Period.of(view)
    if period is not None:
        _paint(painter, track, theme.colours(widget.palette()), period, widget.width())


def _paint(painter: QPainter, track: QRectF, c: theme.Colours, period: Period, width: int) -> None:
    scale = scale_of(width, period)
    due_x, today_x = scale.x(period.days), scale.x(period.day)
    shape = QPainterPath()
    shape.addRoundedRect(track, 5, 5)
    painter.save()
    painter.setClipPath(shape)
    painting.fill_box(painter, track, c.accent_fill)
    passed = QRectF(track.left(), track.top(), min(today_x, due_x) - track.left(), track.height())
    painting.fill_box(painter, passed, c.accent)
    if period.past:
        over = QRectF(due_x, track.top(), today_x - due_x, track.height())
        painting.fill_box(painter, over, c.error_fill)
        _hatch(painter, over, c.error)
        painting.fill_box(painter, QRectF(today_x, track.top(), track.right() - today_x, track.height()), c.window)
    _ticks(painter, track, scale, period, c)
    painter.restore()
    painter.setPen(QPen(c.edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)
    colour = c.error if period.past else c.text
    _post(painter, track, due_x, colour)
    _today(painter, track, today_x, width, f"Today, day {period.day}", colour)
    _dates(painter, track, due_x, width, period, c)


def _hatch(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Slanted lines, so that the days over show without colour."""
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(colour, 2))
    x = box.left() - box.height()
    while x < box.right() + box.height():
        painter.drawLine(QPointF(x, box.bottom() + 1), QPointF(x + box.height(), box.top() - 1))
        x += 7
    painter.restore()


def _ticks(painter: QPainter, track: QRectF, scale: Scale, period: Period, c: theme.Colours) -> None:
    step = _TICK_DAYS * max(1, scale.last_day // 120)
    for day in range(step, scale.last_day, step):
        passed = day < min(period.day, period.days)
        painter.setPen(QPen(c.on_accent if passed else c.muted, 1))
        x = scale.x(day)
        painter.drawLine(QPointF(x, track.bottom() - 6), QPointF(x, track.bottom()))


def _post(painter: QPainter, track: QRectF, x: float, colour: QColor) -> None:
    """The due date's post."""
    painter.setPen(QPen(colour, 2.5))
    x = min(x, track.right() - 1)
    painter.drawLine(QPointF(x, track.top() - 4), QPointF(x, track.bottom() + 3))


def _today(painter: QPainter, track: QRectF, x: float, width: int, words: str, colour: QColor) -> None:
    """A pointer on today with its words above the track."""
    painter.setPen(QPen(colour, 2))
    painter.drawLine(QPointF(x, track.top() - 2), QPointF(x, track.bottom() + 1))
    top = track.top() - 2
    pointer = painting.line(QPointF(x - 5.5, top - 6), QPointF(x + 5.5, top - 6), QPointF(x, top + 2))
    painting.fill(painter, pointer, colour)
    painter.setPen(colour)
    advance = painter.fontMetrics().horizontalAdvance(words)
    left = max(0.0, min(x - advance / 2, width - advance - 1.0))
    painter.drawText(QPointF(left, top - 6 - painter.fontMetrics().descent()), words)


def _dates(painter: QPainter, track: QRectF, due_x: float, width: int, period: Period, c: theme.Colours) -> None:
    """The two dates under their ends, never over each other."""
    metrics = painter.fontMetrics()
    below = track.bottom() + 3 + metrics.ascent()
    start, due = f"M2 {_short(period.m2)}", f"Due {_short(period.due)}"
    painter.setPen(c.muted)
    painter.drawText(QPointF(track.left(), below), start)
    painter.setPen(c.text)
    advance = metrics.horizontalAdvance(due)
    left = max(track.left() + metrics.horizontalAdvance(start) + _GAP, due_x - advance / 2)
    painter.drawText(QPointF(min(left, width - advance - EDGE), below), due)


def _short(day: date) -> str:
    """3/5/26 (C15)."""
    return f"{day.month}/{day.day}/{day.year % 100:02d}"
