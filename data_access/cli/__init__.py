"""The command line: the same door as the pages, with text or JSON instead of pictures."""
