/* A button with data-print prints the page it stands on, or the paper that it heads. Charts are drawn as wide as the paper first: a printer does
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

  /* Of several papers on a page the one whose button was pressed is printed alone. */
  function leaveOut(kept) {
    document.querySelectorAll(".printed-sheet").forEach(function (sheet) {
      sheet.toggleAttribute("data-left-out", Boolean(kept) && sheet !== kept);
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-print]");
    if (button) {
      leaveOut(button.closest(".printed-sheet"));
      window.print();
    }
  });
  window.addEventListener("beforeprint", function () { draw(PAPER); });
  window.addEventListener("afterprint", function () {
    draw(null);
    leaveOut(null);
  });
})();
