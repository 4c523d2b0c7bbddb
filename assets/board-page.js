/* Draws the live board of a page (#board) from what assets/board.js polls: figures, time, turnout, delegations, votes. */
(function () {
  "use strict";
  var LOOKS = 300;
  var followed = null;

  function Page(container) {
    this.container = container;
    this.shown = null;
  }

  Page.prototype.find = function (style) { return this.container.querySelector("." + style); };

  Page.prototype.put = function (style, text) {
    var one = this.find(style);
    if (one) {
      window.board.say(one, text || "");
      one.hidden = !text;
    }
  };

  Page.prototype.figures = function (figures) {
    var board = window.board;
    var row = this.find("board-figures");
    if (row.childElementCount !== figures.length) {
      row.textContent = "";
      figures.forEach(function (one) {
        var pair = row.appendChild(board.make("div", "figure-" + one.name));
        pair.appendChild(board.make("dt", "", one.label));
        pair.appendChild(board.make("dd", ""));
      });
    }
    figures.forEach(function (one, place) { board.say(row.children[place].lastChild, one.value); });
  };

  Page.prototype.delegations = function (rows) {
    var board = window.board;
    var table = this.find("board-delegations");
    if (!table) { return; }
    var body = table.tBodies[0];
    if (body.rows.length !== rows.length) {
      body.textContent = "";
      rows.forEach(function (one) {
        var row = body.appendChild(board.make("tr"));
        var name = row.appendChild(board.make("th", "", one.name || one.none));
        name.scope = "row";
        if (one.name) { board.data(name); }
        ["number", "number", "number", "number turnout"].forEach(function (style) { row.appendChild(board.make("td", style)); });
        row.lastChild.appendChild(board.make("span", "turnout-track")).appendChild(board.make("span", "turnout-fill"));
        row.lastChild.appendChild(board.make("span", "turnout-text"));
      });
    }
    rows.forEach(function (one, place) {
      var cells = body.rows[place].cells;
      [one.entitled, one.present, one.voted].forEach(function (text, cell) { board.say(cells[cell + 1], text); });
      cells[3].classList.toggle("untold", one.share === null);
      cells[4].firstChild.hidden = one.share === null;
      cells[4].querySelector(".turnout-fill").style.width = board.width(one.share || 0);
      board.say(cells[4].lastChild, one.text || "—");
    });
  };

  Page.prototype.show = function (shown, poller) {
    var board = window.board;
    this.shown = shown;
    this.put("board-finding", shown.finding);
    this.put("board-under", shown.under);
    this.figures(shown.figures);
    this.find("board-meter").hidden = !shown.turnout;
    if (shown.turnout) {
      this.put("gauge-label", shown.turnout.label);
      this.put("gauge-text", shown.turnout.text);
      this.find("gauge-fill").style.width = board.width(shown.turnout.share);
    }
    this.put("board-quorum", shown.quorum && shown.quorum.text);
    this.find("board-quorum").classList.toggle("missing", !!shown.quorum && !shown.quorum.reached);
    this.delegations(shown.delegations);
    this.find("board-result").hidden = !shown.result;
    if (shown.result) {
      this.put("board-live", shown.live);
      this.put("board-valid", shown.result.valid);
      board.bars(this.find("opts"), shown.result);
    }
    this.tick(poller);
  };

  Page.prototype.tick = function (poller) {
    if (this.shown) { window.board.countdown(this.find("board-time"), this.shown.closes, poller); }
  };

  Page.prototype.lost = function (text) { this.put("board-lost", text); };

  Page.prototype.refused = function (poller) { this.put("board-lost", poller.words.ended); };

  /* A page comes and goes without a new document: its board is looked for again and again. */
  function look() {
    var container = document.getElementById("board");
    if (container && container !== followed && window.board) {
      followed = container;
      var page = new Page(container);
      var poller = new window.board.Poller(container, page);
      page.show(JSON.parse(container.getAttribute("data-first")), poller);
      poller.start();
    }
    window.setTimeout(look, LOOKS);
  }

  look();
})();
