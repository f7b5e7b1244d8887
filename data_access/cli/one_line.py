"""What a command says to a terminal, whatever it was given."""

from __future__ import annotations


def one_line(message: str) -> str:
    """The message on one line, with nothing in it that a terminal would act on."""
    whole = " ".join(message.split()).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in whole)
