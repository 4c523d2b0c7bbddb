/* The form of a monthly report: what is typed is sent as a draft after a pause, and once more until it is answered; on a
   lost network it stays on the page and in this browser. The server tells what somebody else wrote meanwhile; a field
   in which both wrote is chosen by eye and overwritten by nobody. */
import { drop, keep, kept } from "./kept.mjs";

const PAUSE = 800;
const PATIENCE = 8000;
const PAUSES = [2000, 4000, 8000, 15000, 30000];

export function begin(form) {
  const words = JSON.parse(form.dataset.words);
  const base = JSON.parse(form.dataset.fields);
  const seen = JSON.parse(form.dataset.seen);
  const names = Object.keys(seen);
  const place = `report:${form.dataset.project}:${form.dataset.month}:${form.dataset.actor}`;
  const editor = random();
  let n = 0;
  let pending = null;
  let waiting = null;
  let tries = 0;
  let press = null;
  let latest = {};

  function random() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  }

  function control(name) {
    const found = document.getElementById(`report-${name}`);
    return found && (found.matches("input, textarea") ? found : found.querySelector("input, textarea"));
  }

  function typed() {
    return Object.fromEntries(names.map((name) => [name, (control(name) || { value: base[name] }).value]));
  }

  function put(name, value) {
    window.dash_clientside.set_props(`report-${name}`, { value });
  }

  /* In a place of its own: what the server says stands beside it, and is hidden while this one speaks. */
  function say(text, style) {
    const line = document.getElementById("report-saying");
    if (line && line.textContent !== text) {
      line.textContent = text;
      line.className = `monthly-saying ${style || ""}`;
    }
  }

  function isOpen() {
    return form.isConnected;
  }

  function changed(now) {
    return names.some((name) => now[name] !== base[name]);
  }

  /* One save is on its way at a time: the next one begins from what it is answered. */
  function send(mode) {
    window.clearTimeout(waiting);
    waiting = null;
    if (!isOpen()) {
      return;
    }
    if (pending) {
      pending.again = mode === "send" ? mode : pending.again || mode;
      return;
    }
    const now = typed();
    if (mode === "save" && !changed(now)) {
      return;
    }
    n += 1;
    press = mode === "send" ? press || random() : null;
    pending = { n, mode, now, again: null, lost: window.setTimeout(lost, PATIENCE) };
    say(words.saving);
    const mine = names.filter((name) => now[name] !== base[name]);
    const only = (all) => Object.fromEntries(mine.map((name) => [name, all[name]]));
    window.dash_clientside.set_props("report-typed", {
      data: {
        n, mode, month: form.dataset.month, editor, typed: only(now), base: only(base), seen,
        request: press || random()
      }
    });
  }

  /* Nothing came: what was typed stands, and is asked to be kept again. */
  function lost() {
    if (!pending || !isOpen()) {
      return;
    }
    const mode = pending.mode;
    window.clearTimeout(pending.lost);
    pending = null;
    say(words.lost, "monthly-red");
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => send(mode), PAUSES[Math.min(tries, PAUSES.length - 1)]);
    tries += 1;
  }

  function later(pause) {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => send("save"), pause);
  }

  function answered(told) {
    if (!pending || told.n !== pending.n) {
      return;
    }
    window.clearTimeout(pending.lost);
    const { now: sent, again, mode } = pending;
    pending = null;
    tries = 0;
    say("");
    if (told.sent) {
      drop(place);
      return;
    }
    /* What was not submitted is another press the next time. */
    press = null;
    if (!told.refused) {
      agree(sent, told);
      say(told.clashing.length ? words.clash : "", "monthly-amber");
    }
    if (again === "send") {
      send("send");
    } else if (again || (!told.refused && changed(typed()) && !told.clashing.length)) {
      later(again ? 0 : PAUSE);
    }
    if (mode === "send") {
      const first = document.querySelector("#report-told > *");
      if (first) {
        first.scrollIntoView({ block: "center" });
      }
    }
  }

  /* Let the page know what the draft holds: what another wrote is shown, unless something was typed over it since. */
  function agree(sent, told) {
    latest = told.seen;
    names.filter((name) => !told.clashing.includes(name)).forEach((name) => {
      const now = (control(name) || { value: sent[name] }).value;
      const theirs = told.values[name];
      if (now === sent[name] && theirs !== now) {
        put(name, theirs);
      }
      if (now === sent[name] || theirs === sent[name]) {
        base[name] = theirs;
        seen[name] = told.seen[name];
      }
    });
    remember();
  }

  function remember() {
    const now = typed();
    if (changed(now)) {
      keep(place, { typed: now, base, seen });
    } else {
      drop(place);
    }
  }

  /* What both wrote: the chosen text is what stands, and it was seen. */
  function choose(button) {
    const name = button.dataset.take || button.dataset.keep;
    base[name] = button.dataset.value;
    seen[name] = latest[name];
    if (button.dataset.take) {
      put(name, button.dataset.value);
    }
    button.closest("li").remove();
    later(button.dataset.take ? PAUSE : 0);
  }

  form.addEventListener("input", (event) => {
    if (names.some((name) => control(name) === event.target)) {
      if (!pending) {
        say(words.unsaved);
      }
      remember();
      later(PAUSE);
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) {
      return;
    }
    if (button.dataset.take || button.dataset.keep) {
      choose(button);
    } else if (button.id === "report-send") {
      send("send");
    }
  });
  new MutationObserver(() => {
    const told = document.querySelector("#report-saved [data-answer]");
    if (told && told.dataset.answer) {
      answered(JSON.parse(told.dataset.answer));
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-answer"] });
  /* assets/refused.js tells of a request that nothing came back for. */
  document.addEventListener("callback-lost", lost);
  window.addEventListener("online", () => {
    if (waiting && isOpen()) {
      send(press ? "send" : "save");
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && waiting && !tries) {
      send("save");
    }
  });

  const before = kept(place);
  if (before) {
    const mine = names.filter((name) => before.typed[name] !== undefined && before.typed[name] !== before.base[name]);
    mine.forEach((name) => {
      put(name, before.typed[name]);
      base[name] = before.base[name];
      seen[name] = Math.min(before.seen[name] || 0, seen[name]);
    });
    if (mine.length) {
      say(words.restored);
      later(PAUSE);
    }
  }
}
