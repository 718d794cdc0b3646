"""The procedure itself: facts in, advice and ticket steps out. No Qt, no network, no files, no clock."""
