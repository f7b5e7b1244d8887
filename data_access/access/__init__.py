"""Who is asking and what they may see.

``people`` (with ``person``, ``people_file``, ``passwords``, ``demonstration_people``) knows who there is; ``gate``
is the way in and out; ``viewer`` is who asks; ``grant`` is what their roles open, each decision with its reason;
``disclosure`` withholds what would tell of too few people.
"""
