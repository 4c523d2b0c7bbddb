/* Builds the table behind a chart when it is opened, from the data that its place carries (data-table). */
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
