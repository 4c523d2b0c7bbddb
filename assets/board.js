/* Polls the live board every 400 ms by conditional GET and hands what changed to whoever draws it. What was drawn
   last stays when the network is lost. The container (#board in a page, #screen on the big screen) says where to ask
   (data-address) and what to say by itself (data-words). */
(function () {
  "use strict";
  var EVERY = 400;
  var LONGEST = 5000;
  var PATIENCE = 5000;
  /* So many polls must fail before the network counts as lost: one that is late says nothing. */
  var LOST = 3;
  var HOUR = 3600000;

  function two(n) { return (n < 10 ? "0" : "") + n; }

  /* The time of day in Shanghai, which keeps eight hours before UTC all year. */
  function clock(moment) {
    var there = new Date(moment + 8 * HOUR);
    return two(there.getUTCHours()) + ":" + two(there.getUTCMinutes());
  }

  function span(milliseconds) {
    var seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    var hours = Math.floor(seconds / 3600);
    var rest = two(Math.floor(seconds / 60) % 60) + ":" + two(seconds % 60);
    return hours ? hours + ":" + rest : rest;
  }

  function make(tag, style, text) {
    var one = document.createElement(tag);
    if (style) { one.className = style; }
    if (text !== undefined && text !== null) { one.textContent = text; }
    return one;
  }

  /* A name in Chinese, which a page in another language must say. */
  function data(one) {
    if (document.documentElement.lang !== "zh-CN") { one.lang = "zh-CN"; }
    return one;
  }

  /* Text is set only when it differs, so that a screen reader hears a change once. */
  function say(one, text) {
    if (one && one.textContent !== text) { one.textContent = text; }
  }

  function Poller(container, draw) {
    this.container = container;
    this.address = container.getAttribute("data-address");
    this.words = JSON.parse(container.getAttribute("data-words") || "{}");
    this.draw = draw;
    this.etag = null;
    this.good = null;
    this.ahead = 0;
    this.missed = 0;
    this.timer = null;
    this.stopped = false;
  }

  /* The server's clock: that of a hall's computer may be minutes off. */
  Poller.prototype.now = function () { return Date.now() + this.ahead; };

  Poller.prototype.start = function () {
    var self = this;
    this.stopped = false;
    this.ask();
    this.seconds = window.setInterval(function () { self.tick(); }, 200);
  };

  Poller.prototype.stop = function () {
    this.stopped = true;
    window.clearTimeout(this.timer);
    window.clearInterval(this.seconds);
  };

  Poller.prototype.tick = function () {
    if (!document.contains(this.container)) { this.stop(); return; }
    this.draw.tick(this);
  };

  Poller.prototype.again = function () {
    var self = this;
    var wait = this.missed < LOST ? EVERY : Math.min(EVERY * this.missed, LONGEST);
    if (this.stopped) { return; }
    this.timer = window.setTimeout(function () { self.ask(); }, wait);
  };

  Poller.prototype.ask = function () {
    var self = this;
    var cut = new AbortController();
    var limit = window.setTimeout(function () { cut.abort(); }, PATIENCE);
    if (document.hidden || !document.contains(this.container)) {
      window.clearTimeout(limit);
      this.again();
      return;
    }
    window.fetch(this.address, {
      headers: this.etag ? { "If-None-Match": this.etag } : {},
      credentials: "same-origin",
      cache: "no-store",
      signal: cut.signal
    }).then(function (answer) {
      var told = Number(answer.headers.get("X-Clock"));
      if (answer.status === 404 || answer.status === 403) {
        self.etag = null;
        self.draw.refused(self);
        self.heard(told);
        return null;
      }
      if (answer.status !== 304 && !answer.ok) { throw new Error("board: " + answer.status); }
      self.heard(told);
      if (answer.status === 304) { return null; }
      return answer.json().then(function (board) {
        self.etag = answer.headers.get("ETag");
        self.draw.show(board, self);
      });
    }).catch(function () {
      self.missed += 1;
      if (self.missed >= LOST) { self.draw.lost(self.words.lost.replace("{clock}", self.good ? clock(self.good) : "—")); }
    }).then(function () {
      window.clearTimeout(limit);
      self.again();
    });
  };

  Poller.prototype.heard = function (told) {
    var ahead = told - Date.now();
    /* Not for every answer that took a little longer: the seconds shown would stumble. */
    if (told && Math.abs(ahead - this.ahead) > 400) { this.ahead = ahead; }
    this.good = this.now();
    this.missed = 0;
    this.draw.lost("");
  };

  /* Fills an element with the time left: amber and said under a minute, then that it is over. */
  function countdown(one, closes, poller) {
    var left = closes ? closes - poller.now() : 0;
    if (!one) { return; }
    one.hidden = !closes;
    if (!closes) { return; }
    one.classList.toggle("soon", left < 60000 && left > 0);
    one.classList.toggle("over", left <= 0);
    say(one.querySelector(".time-label"), left <= 0 ? "" : left < 60000 ? poller.words.soon : poller.words.left);
    say(one.querySelector(".time"), left <= 0 ? poller.words.over : span(left));
  }

  /* How wide the widest of some texts is in em, written bold in the font of the page; the gap that browsers leave
     between Han and digits is not measured. */
  function widest(texts) {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = "700 100px " + window.getComputedStyle(document.body).getPropertyValue("--han");
    return Math.max.apply(null, [0].concat(texts.map(function (text) {
      return pen.measureText(text).width / 100 + (/\d/.test(text) ? 0.3 : 0);
    })));
  }

  function span_of(share) { return (100 * share).toFixed(3) + "%"; }

  /* One option: number, name, its bar with the threshold across it, its counts, its result in a shape and a word. */
  function option(one, result) {
    var row = make("div", "opt opt-" + one.state);
    var track = row.appendChild(make("div", "opt-track"));
    row.insertBefore(make("span", "opt-number", one.number), track);
    row.insertBefore(data(make("span", "opt-name", one.name)), track);
    one.shares.forEach(function (_share, place) { track.appendChild(make("span", "opt-bar opt-bar-" + place)); });
    if (result.threshold !== null) {
      track.appendChild(make("span", "opt-limit")).style.left = span_of(result.threshold);
    }
    one.counts.forEach(function (count, place) {
      row.appendChild(make("span", "opt-count opt-count-" + place, count)).setAttribute("data-head", result.heads[place] || "");
    });
    var word = row.appendChild(make("span", "opt-word"));
    if (one.word) {
      word.appendChild(make("span", "opt-shape")).setAttribute("aria-hidden", "true");
      word.appendChild(make("span", "", one.word));
    }
    return row;
  }

  function fill(row, one) {
    row.querySelectorAll(".opt-bar").forEach(function (bar, place) { bar.style.width = span_of(one.shares[place]); });
    row.querySelectorAll(".opt-count").forEach(function (count, place) { say(count, one.counts[place]); });
  }

  /* Draws the bars of a result into an element, and lets them rise from nothing where they are new. */
  function bars(into, result) {
    var key = JSON.stringify(result.options.map(function (one) { return [one.number, one.state, one.word]; }));
    var head;
    if (into.getAttribute("data-key") !== key) {
      into.setAttribute("data-key", key);
      into.textContent = "";
      var names = widest(result.options.map(function (one) { return one.name; }));
      var words = widest(result.options.map(function (one) { return one.word || ""; }));
      into.className = "opts" + (result.split ? " opts-split" : "") +
        (result.options.length > 12 || names > (result.split ? 14 : 20) ? " opts-many" : "");
      into.style.setProperty("--name", Math.min(26, names) + 0.5);
      for (var column = 0; column < 3; column += 1) {
        into.style.setProperty("--count-" + column, Math.max(2.2, widest(result.heads.slice(column, column + 1))));
      }
      into.style.setProperty("--word", words ? Math.max(words + 1.4, widest([result.places_text || ""])) : 0);
      head = into.appendChild(make("div", "opt opt-head"));
      head.appendChild(make("span", "opt-number"));
      head.appendChild(make("span", "opt-name"));
      head.appendChild(make("div", "opt-track"));
      if (result.threshold !== null) {
        head.lastChild.appendChild(make("span", "opt-threshold", result.threshold_text)).style.left =
          span_of(result.threshold);
      }
      (result.heads.length ? result.heads : [""]).forEach(function (word) {
        head.appendChild(make("span", "opt-count", word));
      });
      head.appendChild(make("span", "opt-word"));
      result.options.forEach(function (one, place) {
        into.appendChild(option(one, result));
        if (result.places === place + 1) {
          into.appendChild(make("div", "opt-cut")).appendChild(make("span", "", result.places_text));
        }
      });
      /* Asked for its size, the browser has laid the bars out at nothing: what follows is a change, which it moves. */
      into.getBoundingClientRect();
    }
    var rows = into.querySelectorAll(".opt:not(.opt-head)");
    result.options.forEach(function (one, place) { fill(rows[place], one); });
  }

  window.board = {
    bars: bars, width: span_of,
    Poller: Poller, clock: clock, span: span, make: make, data: data, say: say, countdown: countdown
  };
})();
