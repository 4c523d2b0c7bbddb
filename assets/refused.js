/* Shows what the server says where it refuses a request with a status, and that the connection is lost. */
(function () {
  "use strict";
  var ask = window.fetch;

  function tell(text) {
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
    /* Beside Dash's own children, never in them. */
    var old = document.getElementById("notice-status");
    if (old) {
      old.remove();
    }
    box.id = "notice-status";
    place.parentNode.insertBefore(box, place);
    box.scrollIntoView({ block: "nearest" });
  }

  window.fetch = function (input, init) {
    var address = typeof input === "string" ? input : input.url;
    var ours = address.indexOf("/_dash-update-component") !== -1;
    return ask.call(window, input, init).then(function (answer) {
      if (ours && answer.status >= 400) {
        answer.clone().json().then(function (body) { tell(body.message); }, function () {});
      } else if (ours) {
        var old = document.getElementById("notice-status");
        if (old) {
          old.remove();
        }
      }
      return answer;
    });
  };
})();
