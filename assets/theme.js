/* Sets the theme and the language on <html> before anything is drawn, and offers both to Dash callbacks. */
(function () {
  "use strict";
  var root = document.documentElement;
  var night = window.matchMedia("(prefers-color-scheme: dark)");

  /* The address wins (a hall screen is told its theme), then the visitor's choice, then the system. */
  function theme() {
    var told = /[?&]theme=(light|dark)(?:&|$)/.exec(window.location.search);
    var kept = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie);
    return told ? told[1] : kept ? kept[1] : night.matches ? "dark" : "light";
  }

  function apply() {
    root.setAttribute("data-bs-theme", theme());
    root.lang = /^\/en(\/|$)/.test(window.location.pathname) ? "en" : "zh-CN";
  }

  /* Without a click (Dash calls once at the start) it only tells which theme is shown. */
  function toggleTheme(clicks) {
    var shown = root.getAttribute("data-bs-theme");
    if (!clicks) {
      return shown;
    }
    var other = shown === "dark" ? "light" : "dark";
    var secure = window.location.protocol === "https:" ? "; Secure" : "";
    document.cookie = "theme=" + other + "; Path=/; Max-Age=31536000; SameSite=Lax" + secure;
    root.setAttribute("data-bs-theme", other);
    return other;
  }

  function viewport() {
    return window.matchMedia("(max-width: 767.98px)").matches;
  }

  apply();
  night.addEventListener("change", apply);
  window.addEventListener("popstate", apply);
  window.addEventListener("_dashprivate_pushstate", apply);
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.congress = { toggleTheme: toggleTheme, viewport: viewport };
})();
