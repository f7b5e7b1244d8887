"""What surrounds the pages in the web server: start-up, the sign-in routes, headers. Read by ``app.py``.

These modules may not stand beside ``app.py`` as scripts, and nothing named ``pages`` may stand beside
``shell.py``: Streamlit would serve such files by itself, without the sign-in.
"""
