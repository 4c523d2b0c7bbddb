/* Sends a file that somebody chooses, or drops onto its place, as the plain body of one request, and puts the answer
   onto the page. The button says where it goes (data-upload), into which place the answer comes (data-into) and what is
   said of it (data-told), how large a file may be (data-most), whether several are sent (data-many) and each with its
   name (data-named), and every word that is shown meanwhile. A button with data-post sends nothing but the press.
   Nothing of the file is kept here. */
(function () {
  "use strict";

  function line(light, text) {
    return {
      namespace: "dash_html_components",
      type: "Div",
      props: {
        className: "notice notice-" + light,
        role: light === "red" ? "alert" : "status",
        children: { namespace: "dash_html_components", type: "P", props: { className: "notice-line", children: text } }
      }
    };
  }

  /* A button of the first paint can be pressed before Dash is there: what is said then waits for it. */
  function put(place, children) {
    var dash = window.dash_clientside;
    if (!dash || !dash.set_props || document.getElementById("first")) {
      window.setTimeout(function () { put(place, children); }, 100);
      return;
    }
    dash.set_props(place, { children: children });
  }

  /* What is said of the file: beside what the answer fills, where the page has a place for it. */
  function show(button, children) {
    put(button.getAttribute("data-told") || button.getAttribute("data-into"), children);
  }

  function finish(button) {
    button.disabled = false;
    button.removeAttribute("aria-busy");
  }

  function ask(button, address, body, then) {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    show(button, line("grey", button.getAttribute("data-sending")));
    window.fetch(address, {
      method: "POST",
      body: body,
      credentials: "same-origin",
      headers: { "Content-Type": "application/octet-stream" }
    }).then(function (answer) {
      return answer.json();
    }).then(function (told) {
      show(button, told.told || line("red", told.message));
      if (told.children) {
        put(button.getAttribute("data-into"), told.children);
      }
      finish(button);
      then(Boolean(told.children));
    }).catch(function () {
      show(button, line("red", button.getAttribute("data-lost")));
      finish(button);
    });
  }

  /* One after the other; the first that is refused or lost ends it, so that what is said of it stays to be read. */
  function send(button, files) {
    var file = files[0];
    var address = button.getAttribute("data-upload");
    if (!file) {
      return;
    }
    if (file.size > Number(button.getAttribute("data-most"))) {
      show(button, line("red", button.getAttribute("data-large")));
      return;
    }
    if (button.hasAttribute("data-named")) {
      address += (address.indexOf("?") === -1 ? "?" : "&") + "name=" + encodeURIComponent(file.name);
    }
    ask(button, address, file, function (taken) {
      if (taken) {
        send(button, files.slice(1));
      }
    });
  }

  function chosen(button, files) {
    send(button, Array.prototype.slice.call(files, 0, button.hasAttribute("data-many") ? files.length : 1));
  }

  function choose(button) {
    var input = document.createElement("input");
    input.type = "file";
    input.accept = button.getAttribute("data-accept") || "";
    input.multiple = button.hasAttribute("data-many");
    input.addEventListener("change", function () {
      chosen(button, input.files);
    });
    input.click();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[data-upload]");
    if (button && !button.disabled) {
      choose(button);
    }
    var pressed = event.target.closest && event.target.closest("button[data-post]");
    if (pressed && !pressed.disabled) {
      ask(pressed, pressed.getAttribute("data-post"), "", function () {});
    }
  });
  document.addEventListener("dragover", function (event) {
    if (event.target.closest && event.target.closest("[data-drop]")) {
      event.preventDefault();
    }
  });
  document.addEventListener("drop", function (event) {
    var place = event.target.closest && event.target.closest("[data-drop]");
    var button = place && place.querySelector("button[data-upload]");
    if (!place) {
      return;
    }
    event.preventDefault();
    if (button && !button.disabled && event.dataTransfer.files.length) {
      chosen(button, event.dataTransfer.files);
    }
  });
})();
