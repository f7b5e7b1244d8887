"""The only door to data. From the door inwards:

``portal`` opens an installation and gives each viewer their ``viewer_portal``, which records (``state``) what they ask.
``granted`` answers within their rights (``access``), asks (``answering``) and protects the figures
(``access.disclosure``); ``overview`` is all that they may ask about at a glance, ``background`` works it out ahead.
``answering`` condenses a table through ``warehouse`` and judges every slice by ``certainty``, which is pure.
``take_away`` makes files of a page's table, asked through the same rights.
``definitions`` reads ``config/``; ``questions`` are the shapes that cross the door; ``errors`` lie at the bottom.
``cli`` is the command line over the same door; ``demonstration`` makes the made-up warehouse.
"""
