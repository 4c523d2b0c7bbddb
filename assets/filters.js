/* A form of filters becomes an address at every choice, without loading the page anew; see web/parts/filters.py. */
(function () {
  "use strict";

  function go(form) {
    var asked = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      // An asterisk is the choice that leaves everything in.
      if (String(value).trim() && value !== "*") {
        asked.append(name, String(value).trim());
      }
    });
    var query = asked.toString();
    var address = form.getAttribute("action") + (query ? "?" + query : "");
    if (address !== window.location.pathname + window.location.search) {
      window.history.pushState({}, "", address);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    }
  }

  document.addEventListener("submit", function (event) {
    if (event.target.matches("form.filters")) {
      event.preventDefault();
      go(event.target);
    }
  });
  document.addEventListener("change", function (event) {
    var form = event.target.closest("form.filters");
    if (form && event.target.matches("select")) {
      go(form);
    }
  });
})();
