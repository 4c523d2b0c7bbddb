/* A sheet over the page: the focus stays within, Escape and the ground close it, the focus goes back where it was. */
import { put } from "./words.mjs";

const REACHED = "a[href], button:not([disabled]), input, summary, [tabindex='0']";

export function sheetOf(sheet) {
  const panel = sheet.querySelector(".vote-panel");
  const close = sheet.querySelector(".vote-close");
  let opener = null;

  function reached() {
    return [...panel.querySelectorAll(REACHED)].filter((one) => one.offsetParent !== null);
  }

  function shut() {
    if (sheet.hidden) {
      return;
    }
    sheet.hidden = true;
    document.body.classList.remove("vote-under");
    if (opener && opener.isConnected) {
      opener.focus();
    }
  }

  function keys(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      shut();
    }
    if (event.key !== "Tab") {
      return;
    }
    const all = reached();
    const edge = event.shiftKey ? all[0] : all[all.length - 1];
    if (document.activeElement === edge || !panel.contains(document.activeElement)) {
      event.preventDefault();
      (event.shiftKey ? all[all.length - 1] : all[0]).focus();
    }
  }

  sheet.addEventListener("keydown", keys);
  sheet.addEventListener("click", (event) => {
    if (event.target === sheet || event.target.closest(".vote-close")) {
      shut();
    }
  });
  return {
    open(title, content) {
      opener = document.activeElement;
      sheet.querySelector("h2").replaceChildren(title);
      sheet.querySelector(".vote-sheet-body").replaceChildren(content);
      sheet.hidden = false;
      document.body.classList.add("vote-under");
      close.focus();
    },
    shut,
    get isOpen() { return !sheet.hidden; }
  };
}

/* Shows a document under its name, in the sheet itself, or takes it away again: the marks stay where they are. */
export function turnDocument(button, words, say) {
  const shown = button.nextElementSibling;
  button.setAttribute("aria-expanded", String(!shown));
  if (shown) {
    shown.remove();
    return;
  }
  const picture = new Image();
  picture.className = "vote-picture";
  picture.alt = words("picture.of", { name: button.textContent });
  picture.addEventListener("error", () => {
    const line = document.createElement("p");
    put(line, words("unread"));
    say(line.textContent);
    picture.replaceWith(line);
  });
  picture.src = button.dataset.source;
  button.after(picture);
}
