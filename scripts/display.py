"""Exit status 0 when a window can be opened here: an X or Wayland display that answers.

Asked before Qt starts, because Qt aborts the process when its display does not answer.
"""

import ctypes
import os
import sys


def x_display_answers() -> bool:
    """Whether the X server that DISPLAY names takes a connection."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    return bool(xcb.xcb_connection_has_error(xcb.xcb_connect(None, None)) == 0)


def wayland_display_answers() -> bool:
    """Whether the compositor that WAYLAND_DISPLAY names takes a connection."""
    if not os.environ.get("WAYLAND_DISPLAY"):
        return False
    try:
        wayland = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return False
    wayland.wl_display_connect.restype = ctypes.c_void_p
    return wayland.wl_display_connect(None) is not None


def main() -> int:
    """0: a window can be opened; 1: it cannot."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.startswith(("offscreen", "minimal")):
        return 1
    if platform.startswith("xcb"):
        return 0 if x_display_answers() else 1
    return 0 if x_display_answers() or wayland_display_answers() else 1


if __name__ == "__main__":
    sys.exit(main())
