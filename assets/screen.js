/* The big screen: draws what the clerk has it show, or one round's board. The token stands in the fragment of its
   address, is exchanged once for a cookie that no script reads, and is taken out of the address at once. */
(function () {
  "use strict";
  var board = window.board;
  var make = board.make;
  var say = board.say;
  var place = document.getElementById("screen");
  var SECONDS = 30;

  function head() {
    var bar = make("header", "screen-head");
    bar.appendChild(make("span", "screen-mark")).setAttribute("aria-hidden", "true");
    bar.appendChild(make("span", "screen-product"));
    bar.appendChild(board.data(make("span", "screen-meeting")));
    bar.appendChild(make("span", "screen-space"));
    bar.appendChild(make("span", "screen-simulated"));
    bar.appendChild(make("span", "screen-state"));
    bar.appendChild(make("span", "screen-clock"));
    return bar;
  }

  function titled(body) {
    var block = body.appendChild(make("div", "screen-title"));
    var words = block.appendChild(make("div", "screen-words"));
    words.appendChild(board.data(make("h1", "screen-h1")));
    words.appendChild(make("p", "screen-under"));
    return block;
  }

  function time(block) {
    var left = block.appendChild(make("div", "screen-time"));
    left.setAttribute("role", "timer");
    left.appendChild(make("span", "time-label"));
    left.appendChild(make("span", "time"));
  }

  function figures(body, shown) {
    var row = body.appendChild(make("div", "screen-figures"));
    shown.forEach(function (one) {
      var figure = row.appendChild(make("div", "screen-figure figure-" + one.name));
      figure.appendChild(make("span", "figure-label", one.label));
      figure.appendChild(make("span", "figure-value"));
    });
  }

  function meter(body, style) {
    var block = body.appendChild(make("div", "screen-meter " + style));
    var line = block.appendChild(make("div", "gauge-line"));
    line.appendChild(make("span", "gauge-label"));
    line.appendChild(make("span", "gauge-text"));
    block.appendChild(make("div", "gauge-track")).appendChild(make("div", "gauge-fill"));
    return block;
  }

  /* Each view: what is built once, for as long as the screen shows it. */
  var BUILD = {
    blank: function () {},
    title: function (body) {
      var block = body.appendChild(make("div", "screen-cover"));
      block.appendChild(board.data(make("p", "cover-congress")));
      block.appendChild(board.data(make("h1", "cover-meeting")));
      block.appendChild(make("p", "cover-product"));
    },
    check_in: function (body, shown) {
      var side = body.appendChild(make("div", "screen-check"));
      var left = side.appendChild(make("div", "check-left"));
      titled(left);
      figures(left, shown.figures.slice(0, 2));
      meter(left, "gauge-quorum").lastChild.appendChild(make("span", "gauge-mark"));
      left.appendChild(make("p", "screen-quorum"));
      var right = side.appendChild(make("div", "check-right"));
      right.appendChild(make("p", "code-label"));
      right.appendChild(make("p", "code-digits"));
      right.appendChild(make("img", "code-qr")).alt = "";
      right.appendChild(make("div", "code-track")).appendChild(make("div", "code-fill"));
      right.appendChild(make("p", "code-next"));
      right.appendChild(make("p", "code-how"));
    },
    round: function (body, shown) {
      var block = titled(body);
      time(block);
      block.appendChild(make("p", "screen-stands"));
      figures(body, shown.figures);
      meter(body, "gauge-turnout");
      body.appendChild(make("p", "screen-quorum"));
    },
    live: function (body, shown) {
      time(titled(body));
      figures(body, shown.figures);
      body.appendChild(make("p", "screen-live"));
      body.appendChild(make("div", "opts"));
    },
    result: function (body) {
      titled(body);
      body.appendChild(make("div", "opts"));
      body.appendChild(make("p", "screen-foot"));
    }
  };

  function kind(shown) {
    if (BUILD[shown.view]) { return shown.view; }
    return shown.result ? "live" : "round";
  }

  function find(style) { return place.querySelector("." + style); }

  function put(style, text) {
    var one = find(style);
    if (one) {
      say(one, text || "");
      one.hidden = !text;
    }
  }

  function sum(shown) {
    var parts = shown.figures.slice(0, 4).map(function (one) { return one.label + "\u2009" + one.value; });
    return parts.concat(shown.result.valid || []).join("｜");
  }

  function fill(shown) {
    var isResult = kind(shown) === "result";
    put("screen-meeting", shown.view === "title" ? "" : shown.meeting);
    put("screen-simulated", shown.simulated);
    put("screen-state", shown.state && kind(shown) !== "round" ? shown.state : "");
    put("screen-h1", isResult ? shown.finding : shown.title);
    put("screen-under", isResult ? shown.title + "｜" + shown.under : shown.under);
    put("screen-stands", shown.closes ? "" : shown.finding);
    put("screen-live", shown.live);
    put("cover-congress", shown.congress);
    put("cover-meeting", shown.meeting);
    (shown.figures || []).forEach(function (one) {
      put("figure-" + one.name + " .figure-value", one.value);
    });
    track("gauge-turnout", shown.turnout);
    track("gauge-quorum", shown.quorum);
    put("screen-quorum", shown.quorum ? shown.quorum.text : "");
    if (find("screen-quorum")) { find("screen-quorum").classList.toggle("reached", !!(shown.quorum && shown.quorum.reached)); }
    if (shown.quorum && find("gauge-mark")) {
      find("gauge-mark").style.left = board.width(shown.quorum.at);
      find("gauge-quorum .gauge-label").style.left = board.width(shown.quorum.at);
    }
    if (shown.result && find("opts")) { board.bars(find("opts"), shown.result); }
    put("screen-foot", isResult ? sum(shown) : "");
    if (find("check-right")) { code(shown.code); }
  }

  function track(style, given) {
    var block = find(style);
    if (!block) { return; }
    block.style.visibility = given ? "visible" : "hidden";
    if (given) {
      say(block.querySelector(".gauge-label"), given.label);
      say(block.querySelector(".gauge-text"), given.text.length > 8 ? "" : given.text);
      block.querySelector(".gauge-fill").style.width = board.width(given.share);
    }
  }

  function code(given) {
    find("check-right").hidden = !given;
    if (!given) { return; }
    put("code-digits", given.digits.slice(0, 3) + "\u2002" + given.digits.slice(3));
    if (find("code-qr").getAttribute("src") !== given.qr) { find("code-qr").src = given.qr; }
  }

  function Screen() { this.shown = null; this.drawn = null; }

  Screen.prototype.show = function (shown, poller) {
    var body = find("screen-body");
    this.shown = shown;
    if (this.drawn !== kind(shown)) {
      this.drawn = kind(shown);
      body.textContent = "";
      body.className = "screen-body view-" + this.drawn;
      place.setAttribute("data-view", shown.view);
      BUILD[this.drawn](body, shown);
      put("cover-product", poller.words.product);
      put("code-label", poller.words.check_in_code);
      put("code-how", poller.words.check_in_how);
    }
    place.setAttribute("data-view", shown.view);
    put("screen-product", poller.words.product);
    fill(shown);
    this.tick(poller);
  };

  Screen.prototype.tick = function (poller) {
    if (!poller.good) { return; }
    say(find("screen-clock"), board.clock(poller.now()));
    if (!this.shown) { return; }
    board.countdown(find("screen-time"), this.shown.closes, poller);
    if (this.shown.code && find("code-fill")) {
      var left = Math.max(0, Math.ceil((this.shown.code.until - poller.now()) / 1000));
      find("code-fill").style.width = board.width(Math.min(1, left / SECONDS));
      put("code-next", poller.words.check_in_next.replace("{n}", left));
    }
  };

  Screen.prototype.lost = function (text) { put("screen-lost", text); };

  /* Revoked, expired, or of another meeting: then nothing stays on the screen. */
  Screen.prototype.refused = function (poller) {
    var body = find("screen-body");
    this.shown = null;
    this.drawn = "ended";
    body.className = "screen-body view-title";
    body.textContent = "";
    body.appendChild(make("p", "screen-ended", poller.words.ended));
    place.setAttribute("data-view", "ended");
    ["screen-meeting", "screen-simulated", "screen-state"].forEach(function (style) { put(style, ""); });
  };

  function enter(token) {
    return window.fetch("/screen", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "same-origin",
      body: JSON.stringify({ token: token })
    });
  }

  function begin() {
    place.appendChild(head());
    place.appendChild(make("section", "screen-body"));
    place.appendChild(make("p", "screen-lost")).setAttribute("role", "status");
    find("screen-lost").hidden = true;
    var poller = new board.Poller(place, new Screen());
    var token = place.getAttribute("data-enters") === "yes" ? window.location.hash.slice(1) : "";
    if (!token) { poller.start(); return; }
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    (function again() {
      enter(token).then(function () { poller.start(); }, function () { window.setTimeout(again, 2000); });
    })();
  }

  begin();
})();
