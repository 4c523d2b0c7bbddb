/* Saves a card's chart as a picture: the server draws it as SVG as the address stands; a PNG is made of that here, with
   the reader's own fonts, at twice its size. */
(function () {
  "use strict";
  var SCALE = 2;

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function asPng(text) {
    return new Promise(function (done, failed) {
      var image = new Image();
      image.onerror = failed;
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = image.width * SCALE;
        canvas.height = image.height * SCALE;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(function (blob) { if (blob) { done(blob); } else { failed(); } }, "image/png");
      };
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-picture]");
    if (!button) {
      return;
    }
    var kind = button.getAttribute("data-kind");
    var title = button.closest(".card").querySelector(".card-title").innerText;
    var name = title.replace(/[\\/:*?"<>|\s]+/g, " ").trim().slice(0, 60) + "." + kind;
    button.disabled = true;
    window.fetch("/picture/" + button.getAttribute("data-picture") + window.location.pathname + window.location.search)
      .then(function (answer) {
        if (!answer.ok) {
          throw new Error(answer.status);
        }
        return answer.text();
      })
      .then(function (text) { return kind === "png" ? asPng(text) : new Blob([text], { type: "image/svg+xml" }); })
      .then(function (blob) { save(blob, name); })
      .catch(function () { document.dispatchEvent(new CustomEvent("picture-lost")); })
      .then(function () { button.disabled = false; });
  });
})();
