"""The portal on data that this project did not write (``shared_real``); each folder is one source."""
