/* Shows what the server says where it refuses a request with a status, and that nothing came where the network is gone:
   what was shown stays, and one press asks again. */
(function () {
  "use strict";
  var ask = window.fetch;

  /* A form that keeps what is typed asks again by itself. */
  function lost() {
    document.dispatchEvent(new CustomEvent("callback-lost"));
  }

  function told(name) {
    var place = document.getElementById("notice");
    return place ? place.getAttribute("data-" + name) : "";
  }

  function tell(text, again) {
    var place = document.getElementById("notice");
    if (!place || !text) {
      return;
    }
    var line = document.createElement("p");
    line.className = "notice-line";
    line.textContent = text;
    var box = document.createElement("div");
    box.className = "notice notice-red";
    box.setAttribute("role", "alert");
    box.appendChild(line);
    if (again) {
      var link = document.createElement("a");
      link.href = window.location.href;
      link.textContent = again;
      box.appendChild(link);
    }
    /* Beside Dash's own children, never in them. */
    var old = document.getElementById("notice-status");
    if (old) {
      old.remove();
    }
    box.id = "notice-status";
    place.parentNode.insertBefore(box, place);
    box.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("picture-lost", function () { tell(told("lost"), told("again")); });

  window.fetch = function (input, init) {
    var address = typeof input === "string" ? input : input.url;
    var ours = address.indexOf("/_dash-update-component") !== -1;
    return ask.call(window, input, init).then(function (answer) {
      if (ours && answer.status >= 400) {
        lost();
        answer.clone().json().then(function (body) {
          tell(body.message);
        }, function () {
          tell(told("failed"), told("again"));
        });
      } else if (ours) {
        var old = document.getElementById("notice-status");
        if (old) {
          old.remove();
        }
      }
      return answer;
    }, function (reason) {
      if (ours) {
        tell(told("lost"), told("again"));
        lost();
      }
      throw reason;
    });
  };
})();
