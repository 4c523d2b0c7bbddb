/* The form of a plan: everything in it is one value, which is sent when something is pressed, and told a moment after
   something is typed, so that the preview follows. A button says what it does: data-plan-press writes, data-plan-ask lays a part
   of the form out anew. Nothing is kept here. */
(function () {
  "use strict";
  var FORM = "plan-form";
  var PAUSE = 350;
  var timer = null;
  var told = 0;

  function gather(form, more) {
    var typed = {};
    new FormData(form).forEach(function (value, name) {
      typed[name] = String(value);
    });
    Object.keys(more || {}).forEach(function (name) {
      typed[name] = more[name];
    });
    return typed;
  }

  function set(place, data) {
    window.dash_clientside.set_props(place, { data: data });
  }

  function send(place, verb, form, more) {
    told += 1;
    set(place, { verb: verb, typed: gather(form, more), at: told });
  }

  function follow() {
    window.clearTimeout(timer);
    timer = window.setTimeout(function () {
      var form = document.getElementById(FORM);
      if (form && document.getElementById("plan-preview")) {
        set("plan-typed", gather(form));
      }
    }, PAUSE);
  }

  /* What is chosen shows what belongs to it: shares that are entered, a kind without changes. */
  function mark(form) {
    ["kind", "basis"].forEach(function (name) {
      var control = form.elements[name];
      if (control) {
        form.setAttribute("data-" + name, control.value);
      }
    });
  }

  document.addEventListener("input", function (event) {
    if (event.target.form && event.target.form.id === FORM) {
      mark(event.target.form);
      follow();
    }
  });
  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (!form || form.id !== FORM) {
      return;
    }
    mark(form);
    if (event.target.name === "due") {
      send("plan-asked", "shape", form);
    }
  });
  document.addEventListener("submit", function (event) {
    if (event.target.id === FORM) {
      event.preventDefault();
    }
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-plan-press], button[data-plan-ask]");
    var form = document.getElementById(FORM);
    if (!button || button.disabled || !form) {
      return;
    }
    window.clearTimeout(timer);
    if (button.hasAttribute("data-plan-ask")) {
      send("plan-asked", button.getAttribute("data-plan-ask"), form);
      follow();
    } else {
      var shown = button.getAttribute("data-shown");
      send("plan-pressed", button.getAttribute("data-plan-press"), form, shown ? { shown: shown } : {});
    }
  });
})();
