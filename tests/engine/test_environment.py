"""Environment files: what is wrong is told in one line that names the place and the nearest right thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.engine.environment import read
from conformance.errors import EnvironmentFileError

WHOLE = """
[staging]
vendor = "kuflow"
url = "https://api.example/v2024-06-14"

[staging.auth]
kind = "basic"
username = "${USER_ID}"
password = "${PASSWORD}"

[staging.fixtures]
robot_id = "r-1"
"""

OAUTH2 = "[a.auth]\nkind = 'oauth2-password'\nusername = 'u'\npassword = 'p'\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "env.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_target_is_read_with_variables_filled_in(tmp_path: Path) -> None:
    (target,) = read(written(tmp_path, WHOLE), {"USER_ID": "me", "PASSWORD": "hush-hush"})
    assert (target.name, target.vendor, target.profile, target.stage) == (
        "staging",
        "kuflow",
        "read-only",
        "production",
    )
    assert target.auth.username == "me"
    assert "hush-hush" in target.secrets()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\nurl = 'https://h/x'\nprofil = 'full'", "did you mean 'profile'"),
        ("[a]\nurl = 'h/x'", "no absolute http(s) URL"),
        ("[a]\nvendor = 'kuflow'", "[a.url]"),
        ("[a]\nurl = 'https://h/x'\n[a.auth]\nkind = 'basic'\nusername = 'me'", "needs password"),
        ("[a]\nurl = 'https://h/x'\n[a.auth]\nkind = 'bearer'\ntoken = '${NOWHERE}'", "${NOWHERE}, which is not set"),
        ("[a]\nurl = 'https://h/x'\n[a.auth]\nknd = 'none'", "did you mean 'kind'"),
        ("[a]\nurl = 'https://h/x'\nprofile = 'everything'", "[a.profile]"),
        ("[a]\nurl = 'https://h/x'\nprofile = 'ful'", "did you mean 'full'"),
        ("[a]\nulr = 'https://h/x'", "[a.ulr]: unknown key; did you mean 'url'"),
        (f"[a]\nurl = 'https://h/x'\n{OAUTH2}token_url = 'h/t'", "[a.auth]: token_url is no absolute http(s) URL"),
        ("[a]\nurl = 'https://h/x'\n[a.headers]\nx-a = 'pä'", "[a.headers]: the value of header 'x-a' has to be"),
        ("[a]\nurl = 'https://h/x'\n[a.headers]\nx-a = \"b\\nc\"", "printable ASCII"),
        ("[a]\nurl = 'https://h/x'\n[a.headers]\n'x a' = 'b'", "'x a' is no name of a header"),
        ("[a]\nurl = 'https://h/x'\n[a.auth]\nkind = 'bearer'\ntoken = 'tökén'", "[a.auth]: the value of header"),
        ("[a]\nurl = 'https://h/x'\n[a.auth]\nkind = 'api-key'\nheader = 'x-key'\ntoken = 'k '", "header 'x-key'"),
        ("[a]\nurl = 'https://h/x'\n[a.identities.main]\nkind = 'none'", "[a.identities]: 'main' is the identity that"),
        ("[a]\nurl = 'https://bob:s3cret@h/x'", "url of h carries credentials"),
        ("[a]\nurl = 'https://h:99999/x'", "url of h: Port out of range"),
        ("[a]\nurl = 'https://h:abc/x'", "url of h: Port could not be cast"),
        ("[a]\nurl = 'https://h/x?y=1'", "url of h is a base"),
        ("[a]\nurl = 'https://h/x y'", "url of h is a base"),
        ("[a]\nurl = 'https://h/x'\n[a.auth]\ntoken = 's3cret'", "kind 'none' takes no token"),
        ("[a]\nurl = 'https://h/x'\n[a.identities.b]\npassword = 's3cret'", "kind 'none' takes no password"),
        ("[a]\nurl = 'https://h/x'\n[a.budget]\nrequests = -1", "[a.budget.requests]: Input should be greater than"),
        ("[a]\nurl = 'https://h/x'\n[a.budget]\nrate = -1.0", "[a.budget.rate]: Input should be greater than 0"),
        ("[a]\nurl = 'https://h/x'\n[a.fixtures]\nx = 'y'\nday = 2024-01-01", "[a.fixtures]: 'day' is no JSON value"),
        ("[a]\nurl = 'https://h/x'\n[a.fixtures]\nn = {m = [nan]}", "[a.fixtures]: 'n' is no JSON value"),
        ("[a\nurl = 1", "line 1"),
        ("url = 'https://h/x'", "outside any table"),
        ("", "no target"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(EnvironmentFileError) as caught:
        read(written(tmp_path, text), {})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert caught.value.hint


def test_a_file_as_windows_writes_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "env.toml"
    path.write_bytes(b"\xef\xbb\xbf" + b"[a]\r\nvendor = 'kuflow'\r\nurl = 'https://h/x'\r\n")
    assert [target.url for target in read(path)] == ["https://h/x"]


def test_what_no_header_carries_may_be_anything(tmp_path: Path) -> None:
    text = """
    [a]
    url = "https://h/x"
    [a.auth]
    kind = "basic"
    username = "jürg"
    password = "schlüssel"
    [a.identities.other]
    kind = "api-key"
    query = "key"
    token = "schlüssel"
    """
    (target,) = read(written(tmp_path, text), {})
    assert (target.auth.password, target.identities["other"].token) == ("schlüssel", "schlüssel")


def test_a_value_that_cannot_be_sent_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFileError) as caught:
        read(written(tmp_path, "[a]\nurl = 'https://h/x'\n[a.auth]\nkind = 'bearer'\ntoken = 'tökén'"), {})
    assert "tökén" not in str(caught.value)


def test_a_missing_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFileError, match="conformance mock VENDOR --env-file"):
        read(tmp_path / "none.toml", {})


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://localhost/v1", True),
        ("http://[::1]:1/v1", True),
        ("https://api.example/v1", False),
        ("https://127.0.0.1.example/v1", False),
        ("https://localhost.example/v1", False),
    ],
)
def test_loopback_is_told_from_names_that_look_like_it(tmp_path: Path, url: str, loopback: bool) -> None:
    (target,) = read(written(tmp_path, f"[a]\nurl = '{url}'"), {})
    assert target.is_loopback is loopback
