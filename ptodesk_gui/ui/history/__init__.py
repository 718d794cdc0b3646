"""Tickets that are there already: beside the call, to open, and what can be taken over from them."""
