"""How soon a phone shows the first chart, and what goes over the wire for it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

from tests.bench import report
from tests.bench.bed import Bed
from tests.bench.chromium import chromium
from tests.bench.ground import PATH
from tests.bench.server import Server

COLD, PLAIN = 4, 2
SLOWER, LATENCY, BYTES_A_SECOND = 4, 40, 10_000_000 / 8
PATIENCE = 60_000
# Left as a mark on the page: the policy of the page lets nothing be evaluated in it.
WATCH = """
(function () {
  function mark(name, found) {
    var seen = new MutationObserver(function () {
      if (!document.querySelector(found)) { return; }
      seen.disconnect();
      /* A frame's own callback runs before it is painted, a message that it sends right afterwards. */
      window.requestAnimationFrame(function () {
        var painted = new MessageChannel();
        painted.port1.onmessage = function () {
          document.documentElement.setAttribute(name, String(performance.now()));
        };
        painted.port2.postMessage(null);
      });
    });
    seen.observe(document, { childList: true, subtree: true });
  }
  mark("data-seen", ".only-narrow .drawing path");
  mark("data-usable", ".js-plotly-plot .main-svg .trace path");
})();
"""


@dataclass(frozen=True)
class Visit:
    """One visit: seconds until a chart is seen and until it can be pointed at, and bytes on the wire by file."""

    seen: float
    usable: float
    files: dict[str, int]

    @property
    def size(self) -> int:
        """Return all bytes."""
        return sum(self.files.values())


def measure(bed: Bed) -> None:
    """Print the first chart of the overview on a phone: cold, warm, and as Dash would serve it by itself.

    The drawing of the server is seen first; it is not there for Dash by itself, whose chart is plotly.js's.
    """
    report.title(f"phone: 10 Mbit/s, {LATENCY} ms, CPU {SLOWER} times slower; first chart of the overview")
    with chromium() as browser:
        with bed.server() as server:
            cold, warm = _visits(browser, server, COLD)
        with bed.server(plain=True) as server:
            plain, _ = _visits(browser, server, PLAIN)
    ours = report.figure("first visit: the server's drawing", [one.seen for one in cold], "s", most=3.5)
    report.figure("second visit: the server's drawing", [one.seen for one in warm], "s", most=1.2)
    usable = report.figure("first visit: plotly.js in its place", [one.usable for one in cold], "s")
    report.figure("second visit: plotly.js in its place", [one.usable for one in warm], "s")
    report.figure("first visit, on the wire", [one.size / 1000 for one in cold], "KB", most=700, digits=0)
    report.figure("second visit, on the wire", [one.size / 1000 for one in warm], "KB", digits=0)
    report.figure("as Dash by itself: all of plotly.js, uncompressed", [one.usable for one in plain], "s")
    report.figure("  on the wire", [one.size / 1000 for one in plain], "KB", digits=0)
    report.figure("  against the drawing", [one.usable / ours for one in plain], "times", least=3)
    report.figure("  against plotly.js in its place", [one.usable / usable for one in plain], "times")
    for label, visit in (("first", cold[0]), ("second", warm[0])):
        report.line(f"the {label} visit's wire by file, largest first:")
        for name, size in sorted(visit.files.items(), key=lambda item: -item[1]):
            if size:
                report.line(f"  {size / 1000:8.1f} KB  {name}")


def _visits(browser: Browser, server: Server, times: int) -> tuple[list[Visit], list[Visit]]:
    """Return first visits with an empty cache, and the second visits after them."""
    cold, warm = [], []
    for _ in range(times):
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True, has_touch=True
        )
        context.add_init_script(WATCH)
        cold.append(_visit(context, server))
        warm.append(_visit(context, server))
        context.close()
    return cold, warm


def _visit(context: BrowserContext, server: Server) -> Visit:
    page = context.new_page()
    wire = context.new_cdp_session(page)
    names: dict[str, str] = {}
    files: dict[str, int] = defaultdict(int)

    def named(told: dict[str, Any]) -> None:
        names[told["requestId"]] = urlsplit(told["request"]["url"]).path

    def loaded(told: dict[str, Any]) -> None:
        files[names.get(told["requestId"], "?")] += int(told["encodedDataLength"])

    wire.on("Network.requestWillBeSent", named)
    wire.on("Network.loadingFinished", loaded)
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(server.origin + PATH, wait_until="commit")
    mark = page.locator("html[data-usable]")
    mark.wait_for(state="attached", timeout=PATIENCE)
    seen, usable = (float(mark.get_attribute(f"data-{name}") or 0) / 1000 for name in ("seen", "usable"))
    # What the page goes on to load belongs to the visit too.
    page.wait_for_timeout(700)
    page.close()
    return Visit(seen, usable, dict(files))
