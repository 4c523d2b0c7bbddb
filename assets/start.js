/* Runs the scripts that the index names (#later), in their order, once the page has been painted; then takes the
   server's first paint (#first) away as soon as Dash has drawn the same page beneath it. */
(function () {
  "use strict";
  var PATIENCE = 30000;
  var UNSEEN = 1000;
  var first = document.getElementById("first");
  var begun = false;

  function begin() {
    if (begun) {
      return;
    }
    begun = true;
    var left = JSON.parse(document.getElementById("later").textContent);
    var all = left.length;
    left.forEach(function (address, place) {
      var script = document.createElement("script");
      script.src = address;
      /* In their order, as if they stood in the page. */
      script.async = false;
      if (place === all - 1) {
        script.onload = function () { window.renderer = new window.DashRenderer(); };
      }
      document.body.appendChild(script);
    });
  }

  function isLaidOut() {
    return document.querySelector("#view > *") !== null;
  }

  /* Every chart of the page is there with a trace, or with what it says instead. */
  function isDrawn() {
    return isLaidOut() && Array.prototype.every.call(document.querySelectorAll("#view .dash-graph"), function (graph) {
      return graph.querySelector(".main-svg .trace, .main-svg .annotation");
    });
  }

  function giveWay() {
    var limit;
    var watch = new MutationObserver(function () {
      if (isDrawn()) {
        done();
      }
    });
    function done() {
      watch.disconnect();
      window.clearTimeout(limit);
      first.remove();
    }
    watch.observe(document.getElementById("react-entry-point"), { childList: true, subtree: true });
    /* A page that failed to draw tells so itself: it must be seen. */
    limit = window.setTimeout(function () {
      if (isLaidOut()) {
        done();
      }
    }, PATIENCE);
  }

  if (!first || document.hidden) {
    begin();
  } else {
    /* The first frame is asked for before the page is painted, the second one after it. */
    window.requestAnimationFrame(function () { window.requestAnimationFrame(begin); });
    window.setTimeout(begin, UNSEEN);
  }
  if (first) {
    giveWay();
  }
})();
