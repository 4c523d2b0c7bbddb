/* Takes the server's first paint (#first) away as soon as Dash has drawn the same page beneath it. */
(function () {
  "use strict";
  var PATIENCE = 30000;
  var first = document.getElementById("first");
  if (!first) {
    return;
  }

  /* Every chart of the page is there with a trace, or with what it says instead. */
  function isDrawn() {
    var view = document.getElementById("view");
    if (!view || !view.firstElementChild) {
      return false;
    }
    return Array.prototype.every.call(view.querySelectorAll(".dash-graph"), function (graph) {
      return graph.querySelector(".main-svg .trace, .main-svg .annotation");
    });
  }

  function done() {
    watch.disconnect();
    window.clearTimeout(limit);
    first.remove();
  }

  var watch = new MutationObserver(function () {
    if (isDrawn()) {
      done();
    }
  });
  watch.observe(document.getElementById("react-entry-point"), { childList: true, subtree: true });
  /* A page that failed to draw tells so itself: it must be seen. */
  var limit = window.setTimeout(function () {
    var view = document.getElementById("view");
    if (view && view.firstElementChild) {
      done();
    }
  }, PATIENCE);
})();
