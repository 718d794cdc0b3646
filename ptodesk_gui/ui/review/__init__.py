"""The review before filing and the receipt after it."""
