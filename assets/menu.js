/* Menus are <details> and open without script; this closes them as people expect: Escape, elsewhere, a link. */
(function () {
  "use strict";

  function close(kept) {
    document.querySelectorAll("details.menu[open], details.fold[open]").forEach(function (menu) {
      var panel = menu.nextElementSibling;
      var inside = kept && (menu.contains(kept) || (menu.matches(".fold") && panel && panel.contains(kept)));
      if (!inside) {
        menu.open = false;
      }
    });
  }

  document.addEventListener("click", function (event) {
    close(event.target.closest("a") ? null : event.target);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var open = document.querySelector("details.menu[open] > summary, details.fold[open] > summary");
      close(null);
      if (open) {
        open.focus();
      }
    }
  });
})();
