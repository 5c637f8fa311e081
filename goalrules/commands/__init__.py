"""The commands: each reads what it is given, asks for a result, and writes it."""
