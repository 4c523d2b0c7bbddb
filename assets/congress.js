/* What Dash asks the browser for: where it is, which theme a press brings, the window's title. */
(function () {
  "use strict";
  var given = window.dash_clientside.congress;

  /* A turned theme is told again only where charts must be drawn in its colours: what is typed stays. */
  function where(path) {
    var turned = window.dash_clientside.callback_context.triggered.some(function (one) {
      return one.prop_id === "look.data" && one.value;
    });
    if (turned && !document.querySelector(".js-plotly-plot")) {
      return window.dash_clientside.no_update;
    }
    return {
      path: path,
      search: window.location.search,
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

  function month(click) {
    return click && click.points && click.points.length ? String(click.points[0].x).slice(0, 7) : null;
  }

  /* A press on a point of the curve opens what stands behind it: here below the curve, and in the address. */
  function point(click) {
    var asked = month(click);
    if (!asked) {
      return window.dash_clientside.no_update;
    }
    var address = new URL(window.location.href);
    address.searchParams.set("report", asked);
    window.history.replaceState(window.history.state, "", address);
    return asked;
  }

  /* Elsewhere it leads to the page of the project. */
  function open(click) {
    var asked = month(click);
    var place = document.getElementById("overview-curve");
    var led = place && place.closest("[data-opens]");
    if (asked && led) {
      window.history.pushState({}, "", led.getAttribute("data-opens") + asked);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    }
    return window.dash_clientside.no_update;
  }

  given.point = point;
  given.open = open;
  given.remember = remember;
  given.where = where;
  given.look = look;
  given.title = title;
})();
