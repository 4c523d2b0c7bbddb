/* What Dash asks the browser for: where it is, which theme a press brings, the window's title. */
(function () {
  "use strict";
  var given = window.dash_clientside.congress;

  function where(path, search) {
    return {
      path: path,
      search: search || "",
      theme: given.toggleTheme(0),
      narrow: given.viewport()
    };
  }

  function look(clicks) {
    return clicks ? given.toggleTheme(clicks) : window.dash_clientside.no_update;
  }

  function title(text) {
    if (text) {
      document.title = text;
    }
    return null;
  }

  /* The chosen project stands in the address, so that it can be sent on and printed as a QR code. */
  function remember(project) {
    var address = new URL(window.location.href);
    if (project && address.searchParams.get("project") !== project) {
      address.searchParams.set("project", project);
      window.history.replaceState(window.history.state, "", address);
    }
    return window.dash_clientside.no_update;
  }

  given.remember = remember;
  given.where = where;
  given.look = look;
  given.title = title;
})();
