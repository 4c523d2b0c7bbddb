/* The hall: the code from the address's fragment, the clerk's list of seats, and which button of a row was pressed. */
(function () {
  "use strict";
  var WAITS = 4000;
  var given = window.dash_clientside = window.dash_clientside || {};
  var shown = "absent";
  var pressed = 0;
  /* The row whose button was pressed last: the focus goes back to it when the list is drawn anew. */
  var last = "";

  function random() {
    var bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
  }

  /* A card's QR code carries the code behind the #, which no server is sent; it does not stay in the address either. */
  function arrive() {
    var code = decodeURIComponent(window.location.hash.slice(1));
    if (code) {
      window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
      window.setTimeout(function () {
        var digits = document.getElementById("hall-digits");
        if (digits) {
          digits.focus();
        }
      }, 100);
    }
    var field = document.getElementById("hall-code");
    if (field) {
      field.setAttribute("autocapitalize", "characters");
    }
    return [code.slice(0, 40), random()];
  }

  given.hall = { arrive: arrive, origin: function () { return window.location.origin; } };

  /* Which button of which row: told to the store that the button names. */
  function tell(button) {
    if (button.getAttribute("aria-disabled")) {
      return;
    }
    pressed += 1;
    last = button.getAttribute("data-seat");
    given.set_props(button.getAttribute("data-into"), {
      data: { act: button.getAttribute("data-press"), seat: button.getAttribute("data-seat"), n: pressed }
    });
    /* Not disabled: the focus would be lost. */
    button.setAttribute("aria-disabled", "true");
    window.setTimeout(function () { button.removeAttribute("aria-disabled"); }, WAITS);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-press]");
    if (button) {
      tell(button);
    }
  });

  /* The list. A row is [id, name, delegation, state, code, failures, has a phone]. */
  var ACTS = { absent: "in", waiting: "left", present: "left", left: "back" };
  var LIGHTS = { absent: "grey", waiting: "amber", present: "green", left: "grey" };
  var STATES = ["all", "absent", "waiting", "present", "left"];

  function made(kind, style, text) {
    var one = document.createElement(kind);
    if (style) {
      one.className = style;
    }
    if (text !== undefined) {
      one.textContent = text;
    }
    return one;
  }

  function data(kind, style, text) {
    var one = made(kind, style, text);
    one.lang = "zh-CN";
    return one;
  }

  function button(words, act, row, style) {
    var one = made("button", style, words["do." + act]);
    one.type = "button";
    one.setAttribute("data-press", act);
    one.setAttribute("data-seat", row[0]);
    one.setAttribute("data-into", "hall-pressed");
    one.setAttribute("aria-label", words["do." + act] + "：" + row[1]);
    return one;
  }

  function line(words, row, running) {
    var item = made("li", "hall-seat");
    var who = made("span", "hall-seat-who");
    who.append(data("strong", "", row[1]), data("span", "secondary", row[2]));
    var state = made("span", "light");
    state.append(made("span", "shape shape-" + LIGHTS[row[3]]), made("span", "", words[row[3]]));
    var notes = made("span", "hall-seat-notes");
    if (!row[6]) {
      notes.append(made("span", "hall-warns", words.no_phone));
    } else if (row[4] !== "none") {
      notes.append(made("span", "", words["code." + row[4]]));
    }
    if (row[5] > 2) {
      notes.append(made("span", "hall-warns", words.failures.replace("{n}", row[5])));
    }
    item.append(who, state, notes);
    if (running) {
      var acts = made("span", "hall-seat-acts");
      if (row[6]) {
        acts.append(button(words, "code", row, "hall-plain"));
      }
      acts.append(button(words, ACTS[row[3]], row, "button"));
      item.append(acts);
    }
    return item;
  }

  function wanted(row, typed) {
    /* Who is searched for is found wherever the deputy stands. */
    return typed ? (row[1] + row[2]).indexOf(typed) !== -1 : shown === "all" || row[3] === shown;
  }

  function tabs(words, rows) {
    var list = made("div", "hall-tabs");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", words.search);
    STATES.forEach(function (state) {
      var many = rows.filter(function (row) { return state === "all" || row[3] === state; }).length;
      var one = made("button", "hall-tab", words[state] + " " + many);
      one.type = "button";
      one.setAttribute("data-shown", state);
      one.setAttribute("aria-pressed", String(state === shown));
      list.append(one);
    });
    return list;
  }

  function draw(place) {
    var words = JSON.parse(place.getAttribute("data-words"));
    var rows = JSON.parse(place.getAttribute("data-seats"));
    var running = !place.closest("[data-running='no']");
    var search = document.getElementById("hall-search");
    var typed = search ? search.value.trim() : "";
    var found = rows.filter(function (row) { return wanted(row, typed); });
    var active = document.activeElement;
    var tab = active && place.contains(active) ? active.getAttribute("data-shown") : null;
    var lost = !active || active === document.body || place.contains(active);
    var list = made("ul", "hall-seat-list");
    found.forEach(function (row) { list.append(line(words, row, running)); });
    var told = made("p", "secondary", found.length ? words.found.replace("{n}", found.length) : words.found_none);
    told.setAttribute("role", "status");
    place.replaceChildren(tabs(words, rows), told, list);
    /* Where it was on a tab or on a row, the focus stays there: a press changes what the row's button does. */
    var wants = tab ? "[data-shown='" + tab + "']" : last ? "[data-seat='" + last + "']:not(.hall-plain)" : "";
    var next = lost && wants ? place.querySelector(wants) : null;
    if (next) {
      next.focus({ preventScroll: true });
    }
  }

  function drawAll() {
    document.querySelectorAll(".hall-seats[data-seats]").forEach(draw);
  }

  document.addEventListener("click", function (event) {
    var tab = event.target.closest("button[data-shown]");
    if (tab) {
      shown = tab.getAttribute("data-shown");
      drawAll();
    }
  });
  document.addEventListener("input", function (event) {
    if (event.target.id === "hall-search") {
      drawAll();
    }
  });
  /* Enter does what the only row found offers. */
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.target.id !== "hall-search") {
      return;
    }
    var buttons = document.querySelectorAll(".hall-seat-acts .button");
    if (buttons.length === 1) {
      tell(buttons[0]);
    }
  });

  /* New codes are seen once: the page goes to them, wherever the button was. */
  function show(sheet) {
    sheet.scrollIntoView({ block: "start" });
    sheet.querySelector("button[data-print]").focus({ preventScroll: true });
  }

  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "attributes") {
        draw(change.target);
        return;
      }
      change.addedNodes.forEach(function (node) {
        if (node.nodeType === 1) {
          if (node.matches(".hall-sheet")) {
            show(node);
          }
          (node.matches(".hall-seats[data-seats]") ? [node] : node.querySelectorAll(".hall-seats[data-seats]")).forEach(draw);
        }
      });
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-seats"], childList: true, subtree: true });
})();
