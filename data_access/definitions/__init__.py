"""``config/`` as typed, frozen models, or a complete list of what is wrong with it.

``models`` is what comes out. ``load`` reads the whole folder: ``yaml_source`` and ``document`` give values their lines,
``shapes`` holds a file against its model, ``contract`` and its neighbours turn an Open Data Contract into
columns and rules, ``sql`` and its neighbours hold expressions to what every engine answers alike, ``check_*``
resolve the names that one file uses and another defines, ``coverage`` warns of what no check looks at.
"""
