"""Only what leads where it says is linked: no trick of writing makes one host look like another."""

import pytest

from dashboard.rules.hosts import host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://www.linan.gov.cn/art/2022/7/14/art_1.html", "www.linan.gov.cn"),
        ("http://www.360elib.com:2027/detail.aspx?a=1", "www.360elib.com"),
        ("https://evil.example\\@gov.cn/", None),
        ("https://gov.cn@evil.example/", "evil.example"),
        ("https://evil.example\\.gov.cn", None),
        ("https://[gov.cn/", None),
        ("javascript:alert(1)", None),
        ("no-URL: 公报", None),
        ("https://gov.cn /x", None),
    ],
)
def test_the_host_is_what_a_browser_would_go_to(address: str, host: str | None) -> None:
    assert host_of(address) == host
