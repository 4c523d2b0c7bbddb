/* A button with data-print prints the page it stands on. */
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    if (event.target.closest("button[data-print]")) {
      window.print();
    }
  });
})();
