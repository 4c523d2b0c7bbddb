/* The list: a touch or Space marks, the arrows move, and the dock says how many are marked and left. */
import { put, stressed } from "./words.mjs";

export function selecting(root, paper, marks, words, changed) {
  const step = root.querySelector("[data-step='select']");
  const rows = [...step.querySelectorAll(".vote-row")];
  const stop = step.querySelector(".vote-stop");
  const pips = [...step.querySelectorAll(".vote-pips i")];

  function number(row) {
    return Number(row.dataset.number);
  }

  function heads(row) {
    return [...row.querySelectorAll("[role='checkbox'], [role='radio']")];
  }

  function paintRow(row) {
    const one = number(row);
    row.classList.toggle("marked", marks.has(one));
    if (paper.form === "item") {
      const chosen = marks.sign(one);
      heads(row).forEach((radio, place) => {
        const checked = radio.dataset.answer === chosen;
        radio.setAttribute("aria-checked", String(checked));
        radio.tabIndex = checked || (!marks.has(one) && place === 0) ? 0 : -1;
      });
      return;
    }
    heads(row)[0].setAttribute("aria-checked", String(marks.has(one)));
    if (paper.form === "rank") {
      const rank = marks.rank(one);
      put(row.querySelector(".vote-box"), rank ? String(rank) : "");
      put(row.querySelector(".vote-rank"), rank ? words("rank", { n: rank }) : "");
    }
  }

  function counts() {
    const many = paper.form === "item" ? marks.size : marks.counted();
    const left = (paper.form === "item" ? paper.numbers.length : paper.most) - many;
    return { many, left };
  }

  function spoken() {
    const { many, left } = counts();
    return words("count", { n: many, left });
  }

  function paint() {
    const { many, left } = counts();
    rows.forEach(paintRow);
    stressed(step.querySelector(".vote-chosen"), words("chosen", { n: many }), many);
    stressed(step.querySelector(".vote-left"), words("left", { n: left }), left);
    pips.forEach((pip, place) => pip.classList.toggle("on", place < many));
    const fors = step.querySelector(".vote-fors");
    if (fors) {
      put(fors, words("fors", { n: marks.counted(), left: paper.most - marks.counted() }));
    }
  }

  function stopped(reason, told) {
    stop.hidden = false;
    put(stop.querySelector("span:last-child"), told || words(`stop.${reason}`, { n: paper.most }));
  }

  function calm() {
    stop.hidden = true;
    put(stop.querySelector("span:last-child"), "");
  }

  function act(reason) {
    if (reason) {
      stopped(reason);
      return;
    }
    calm();
    paint();
    changed(spoken());
  }

  function press(target) {
    const row = target.closest(".vote-row");
    const radio = target.closest("[role='radio']");
    if (!row || target.closest("button, a")) {
      return;
    }
    if (paper.form !== "item") {
      act(marks.toggle(number(row)));
    } else if (radio) {
      act(marks.answer(number(row), radio.dataset.answer));
    }
  }

  function focusOn(row) {
    const head = row && (heads(row).find((one) => one.tabIndex === 0) || heads(row)[0]);
    if (head) {
      head.focus();
      row.scrollIntoView({ block: "nearest" });
    }
  }

  function sideways(row, head, by) {
    const all = heads(row);
    const next = all[(all.indexOf(head) + by + all.length) % all.length];
    if (marks.sign(number(row)) !== next.dataset.answer) {
      act(marks.answer(number(row), next.dataset.answer));
    }
    next.focus();
  }

  function keys(event) {
    const head = event.target.closest("[role='checkbox'], [role='radio']");
    if (!head || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const row = head.closest(".vote-row");
    const at = rows.indexOf(row);
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    const turns = { ArrowRight: 1, ArrowLeft: -1 };
    if (event.key === " ") {
      press(head);
    } else if (moves[event.key]) {
      focusOn(rows[at + moves[event.key]]);
    } else if (turns[event.key] && paper.form === "item") {
      sideways(row, head, turns[event.key]);
    } else if ((event.key === "Delete" || event.key === "Backspace") && marks.has(number(row))) {
      act(paper.form === "item" ? marks.answer(number(row), marks.sign(number(row))) : marks.toggle(number(row)));
    } else if (/^[1-9]$/.test(event.key) && paper.form === "rank") {
      act(marks.place(number(row), Number(event.key)));
    } else {
      return;
    }
    event.preventDefault();
  }

  step.addEventListener("click", (event) => press(event.target));
  step.addEventListener("keydown", keys);
  paint();
  return { paint, stopped, calm, rows, number, spoken };
}
