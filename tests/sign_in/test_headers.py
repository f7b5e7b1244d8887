"""The content security policy: Streamlit's one inline script by its hash, and no other."""

from __future__ import annotations

import base64
import hashlib

from pages.server.headers import content_security_policy, streamlit_index


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split(";")}


def test_the_inline_script_of_the_installed_streamlit_is_allowed_by_its_hash() -> None:
    index = streamlit_index()
    start = index.index("<script>") + len("<script>")
    script = index[start : index.index("</script>", start)]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in directives(content_security_policy(index))["script-src"]


def test_no_script_may_be_written_into_the_page_or_come_from_elsewhere() -> None:
    scripts = directives(content_security_policy(streamlit_index()))["script-src"]
    assert [source for source in scripts if not source.startswith("'sha256-")] == ["'self'", "blob:"]


def test_nothing_is_fetched_from_another_server() -> None:
    policy = directives(content_security_policy(streamlit_index()))
    sources = {source for values in policy.values() for source in values if not source.startswith("'sha256-")}
    assert sources == {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert [name for name, values in policy.items() if "'unsafe-inline'" in values] == ["style-src"]
    assert policy["frame-ancestors"] == policy["object-src"] == ["'none'"]


def test_a_changed_script_has_another_hash() -> None:
    index = streamlit_index()
    assert content_security_policy(index) != content_security_policy(index.replace("prerenderReady", "other"))
