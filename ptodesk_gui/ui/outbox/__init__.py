"""What is waiting, why, and since when."""
