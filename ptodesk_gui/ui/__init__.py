"""Qt widgets that paint records and ask. No business decision is made here."""
