"""The console face of the program: the command ptodesk."""
