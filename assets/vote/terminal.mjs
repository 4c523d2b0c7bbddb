/* A terminal of the hall: nothing stays. It goes blank after a vote, or where nobody touches it, and signs out. */
import { put, wordsOf } from "./words.mjs";

const TICK = 1000;
const PATIENCE = 5000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"];

/* A page of the hall beside the voting page. Of who is not signed in, what was typed goes: a code and four digits would
   let the next one in by another's name. */
export function begin(root) {
  const isUsed = () => root.dataset.signed === "yes"
    || [...root.querySelectorAll("input")].some((field) => field.type !== "hidden" && field.value);
  terminalOf(root, wordsOf(root), (text) => put(root.querySelector(".vote-said"), text), isUsed);
}

export function terminalOf(root, words, say, isUsed = () => true) {
  const idle = Number(root.dataset.idle);
  const warning = Number(root.dataset.warning);
  const leaving = Number(root.dataset.leaving);
  let touched = Date.now();
  let timer = null;
  let held = false;
  let left = false;

  /* What was shown goes at once; then the session ends, asked again until the server has heard it. */
  function leave() {
    if (left) {
      return;
    }
    left = true;
    clearInterval(timer);
    blank();
    end();
  }

  async function end() {
    try {
      const answer = await fetch("/hall/leave", { method: "POST", credentials: "same-origin", keepalive: true });
      if (answer.ok) {
        window.location.replace(root.dataset.hall);
        return;
      }
    } catch (_lost) {
      /* The page is blank already. */
    }
    setTimeout(end, PATIENCE);
  }

  function blank() {
    const line = document.createElement("p");
    line.className = "vote-gone";
    line.textContent = words("gone");
    root.replaceChildren(line);
  }

  function warn(seconds) {
    const line = root.querySelector(".vote-idle") || document.createElement("p");
    const fresh = !line.isConnected;
    line.className = "vote-idle";
    line.textContent = words("idle", { n: seconds });
    if (fresh) {
      root.append(line);
      say(line.textContent);
    }
  }

  function look() {
    const quiet = Math.floor((Date.now() - touched) / 1000);
    if (!root.isConnected || !root.dataset.idle) {
      clearInterval(timer);
    } else if (!isUsed()) {
      touch();
    } else if (!held && quiet >= idle) {
      leave();
    } else if (!held && quiet >= idle - warning) {
      warn(idle - quiet);
    }
  }

  function touch() {
    touched = Date.now();
    const line = root.querySelector(".vote-idle");
    if (line) {
      line.remove();
    }
  }

  /* After the vote: so many seconds for the receipt, or less. */
  function finish(face) {
    const end = Date.now() + leaving * 1000;
    held = true;
    clearInterval(timer);
    const show = () => {
      const seconds = Math.ceil((end - Date.now()) / 1000);
      face.textContent = words("leaving", { n: Math.max(seconds, 0) });
      if (seconds <= 0) {
        leave();
      }
    };
    show();
    timer = setInterval(show, TICK);
  }

  TOUCHES.forEach((kind) => document.addEventListener(kind, touch, { passive: true }));
  /* A page that comes back from the browser's memory was blank when it went. */
  window.addEventListener("pagehide", () => { left = true; blank(); });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });
  timer = setInterval(look, TICK);
  return {
    leave,
    finish,
    /* While an answer is awaited nobody is sent away: the receipt has not been seen. */
    hold(is) { held = is; touch(); }
  };
}
