/* Loads what one page alone needs: an element names its modules in data-modules, the first of which is begun with it.
   Modules end in .mjs, which Dash leaves alone; all are asked for at once, so that none waits for another. */
(function () {
  "use strict";
  var begun = new WeakSet();
  var PAUSES = [1000, 3000, 8000, 20000];

  function load(element, again) {
    var names = element.getAttribute("data-modules").split(" ");
    Promise.all(names.map(function (name) {
      /* A browser remembers that a module failed: another address asks for it anew. */
      return import(again ? name + "?again=" + again : name);
    })).then(function (modules) {
      if (element.isConnected) {
        modules[0].begin(element);
        element.setAttribute("data-begun", "");
      }
    }, function () {
      element.setAttribute("data-unloaded", "");
      if (again < PAUSES.length && element.isConnected) {
        window.setTimeout(function () { load(element, again + 1); }, PAUSES[again]);
      }
    });
  }

  function look() {
    document.querySelectorAll("[data-modules]").forEach(function (element) {
      if (!begun.has(element)) {
        begun.add(element);
        load(element, 0);
      }
    });
  }

  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
