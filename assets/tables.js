/* Builds the table behind a chart when it is opened, and saves it, from the data that its place carries (data-table). */
(function () {
  "use strict";

  function cell(kind, told, number) {
    var made = document.createElement(kind);
    made.textContent = typeof told === "string" ? told : told.text;
    if (told.lang) {
      made.lang = told.lang;
    }
    if (number) {
      made.className = "number";
    }
    return made;
  }

  function build(place) {
    var told = JSON.parse(place.getAttribute("data-table"));
    var table = document.createElement("table");
    table.className = "rows rows-dense";
    var caption = table.createCaption();
    caption.className = "visually-hidden";
    caption.textContent = told.caption;
    var head = table.createTHead().insertRow();
    told.heads.forEach(function (one) {
      var made = cell("th", one.text, one.number);
      made.scope = "col";
      head.appendChild(made);
    });
    var body = table.createTBody();
    told.rows.forEach(function (row) {
      var line = body.insertRow();
      row.forEach(function (one, place) {
        var made = cell(place ? "td" : "th", one, told.heads[place].number);
        if (!place) {
          made.scope = "row";
        }
        line.appendChild(made);
      });
    });
    place.replaceChildren(table);
  }

  /* A spreadsheet would run a cell that begins like a formula; a number with a sign, and its unit, stays a number. */
  function quoted(text) {
    var plain = text.replace(/^(?=[=@\t\r\n\uff1d\uff0b\uff0d\uff20]|[+\-](?!\.?\d[\d,.]*[^\d=+\-*\/|!(@]*$))/, "'").replace(/^\u2212(?=\d)/, "-");
    return /[",\r\n]/.test(plain) ? '"' + plain.replace(/"/g, '""') + '"' : plain;
  }

  function line(cells) {
    return cells.map(function (one) {
      return quoted(typeof one === "string" ? one : one.text);
    }).join(",");
  }

  /* What is saved says what it is: title, measure, table, source, whether it is simulated, and its address. */
  function save(card) {
    var told = JSON.parse(card.querySelector("[data-table]").getAttribute("data-table"));
    var title = card.querySelector(".card-title").innerText.trim();
    var notes = [".card-subtitle", ".source"].map(function (one) {
      var found = card.querySelector(one);
      return found ? found.innerText.trim() : "";
    });
    var badge = document.querySelector("main .tag-simulated");
    var lines = [line([title]), line([notes[0]]), line(told.heads.map(function (one) { return one.text; }))];
    lines = lines.concat(told.rows.map(line), [line([notes[1]])], badge ? [line([badge.innerText])] : []);
    lines.push(line([window.location.href]));
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.download = title.replace(/[\\/:*?"<>|\s]+/g, " ").trim().slice(0, 60) + ".csv";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  document.addEventListener("click", function (event) {
    var pressed = event.target.closest("button.download:not([data-picture])");
    var card = pressed && pressed.closest(".card");
    if (card && card.querySelector("[data-table]")) {
      save(card);
    }
  });

  function opened(details) {
    details.querySelectorAll("[data-table]").forEach(build);
  }

  document.addEventListener("toggle", function (event) {
    if (event.target.open && event.target.matches("details.behind")) {
      opened(event.target);
    }
  }, true);

  /* An open table follows its chart when that is drawn again. */
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.target.closest("details.behind[open]")) {
        build(change.target);
      }
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-table"], subtree: true });
})();
