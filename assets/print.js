/* A button with data-print prints the page it stands on. Charts are drawn as wide as the paper first: a printer does
   not wait until they have followed their cards. */
(function () {
  "use strict";
  /* A4 within the margins of assets/web/40-media.css, in pixels. */
  var PAPER = 688;

  function draw(width) {
    if (!window.Plotly) {
      return;
    }
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      window.Plotly.relayout(chart, width ? { width: width, autosize: false } : { width: null, autosize: true });
    });
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("button[data-print]")) {
      window.print();
    }
  });
  window.addEventListener("beforeprint", function () { draw(PAPER); });
  window.addEventListener("afterprint", function () { draw(null); });
})();
