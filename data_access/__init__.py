"""The only door to data. From the door inwards:

``portal`` opens an installation and gives each viewer their ``viewer_portal``, which resolves rights
(``access``), asks (``answering``), protects the figures (``access.disclosure``) and records it (``state``).
``answering`` condenses a table through ``warehouse`` and judges every slice by ``certainty``, which is pure.
``definitions`` reads ``config/``; ``questions`` are the shapes that cross the door; ``errors`` lie at the bottom.
``cli`` is the command line over the same door; ``demonstration`` makes the made-up warehouse.
"""
