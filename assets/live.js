/* Asks one small version number again and again while a live page is seen, and tells Dash when it changed.
   The topic stands in #live-topic (data-address, and data-etag where the page knows what it was drawn from);
   #live-state says in words whether the connection holds. Either may be absent or be replaced at any time. */
(function () {
  "use strict";
  /* With the jitter at most 1.8 s, so that a change stands on the page within 3 s. */
  var EVERY = 1500;
  var LONGEST = 30000;
  var PATIENCE = 10000;
  var address = null;
  var seen = null;
  var good = null;
  var delay = EVERY;
  var timer = null;
  var asking = false;

  function clock(moment) {
    function two(n) { return (n < 10 ? "0" : "") + n; }
    return two(moment.getHours()) + ":" + two(moment.getMinutes());
  }

  /* Text is set only when it differs, so that a screen reader hears a change once. */
  function say(stale) {
    var state = document.getElementById("live-state");
    if (!state) {
      return;
    }
    var text = state.getAttribute(stale ? "data-stale" : "data-live") || "";
    text = text.replace("{clock}", good ? clock(good) : "—");
    state.classList.toggle("stale", stale);
    if (text && state.textContent !== text) {
      state.textContent = text;
    }
  }

  function again() {
    window.clearTimeout(timer);
    if (!document.hidden) {
      timer = window.setTimeout(ask, delay * (0.8 + 0.4 * Math.random()));
    }
  }

  function follow() {
    var topic = document.getElementById("live-topic");
    var next = topic && topic.getAttribute("data-address");
    if (next !== address) {
      address = next || null;
      seen = (topic && topic.getAttribute("data-etag")) || null;
      good = address ? new Date() : null;
      delay = EVERY;
    }
    return address;
  }

  /* Before the layout is there set_props throws: the number then stays unseen and is asked for again. */
  function tell(etag) {
    if (seen !== null && etag !== seen) {
      window.dash_clientside.set_props("live", { data: etag });
    }
    seen = etag;
  }

  function ask() {
    var asked = follow();
    if (!asked || asking) {
      again();
      return;
    }
    var cut = new AbortController();
    var limit = window.setTimeout(function () { cut.abort(); }, PATIENCE);
    asking = true;
    window.fetch(asked, {
      headers: seen ? { "If-None-Match": seen } : {},
      credentials: "same-origin",
      cache: "no-store",
      signal: cut.signal
    }).then(function (answer) {
      if (answer.status !== 304 && !answer.ok) {
        throw new Error("live: " + answer.status);
      }
      good = new Date();
      delay = EVERY;
      say(false);
      var etag = answer.headers.get("ETag");
      if (asked === address && answer.status === 200 && etag) {
        try { tell(etag); } catch (early) { /* asked again in two seconds */ }
      }
    }).catch(function () {
      if (asked === address) {
        delay = Math.min(delay * 2, LONGEST);
        say(true);
      }
    }).then(function () {
      window.clearTimeout(limit);
      asking = false;
      again();
    });
  }

  document.addEventListener("visibilitychange", function () {
    window.clearTimeout(timer);
    if (!document.hidden) {
      delay = EVERY;
      ask();
    }
  });
  again();
})();
