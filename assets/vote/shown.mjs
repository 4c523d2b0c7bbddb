/* The receipt of a ballot that lies in the box: its code, what was chosen (folded), and the ways to keep it. */
import { put } from "./words.mjs";
import { marksOf } from "./marks.mjs";
import { groupsOf, headOf, listOf } from "./review.mjs";
import { groups } from "./receipt.mjs";
import { addressOf, copied, qrInto, savePicture, textOf } from "./keep.mjs";

/* A terminal is read from a hand's distance by the camera of a phone. */
const SIDE = { phone: 176, terminal: 240 };
const TOLD = 2500;

export function showing(page, sheet) {
  const { paper, words, one, say } = page;

  function show(focus = true) {
    const known = page.known;
    const code = one(".vote-code");
    page.show("receipt", focus);
    put(one(".vote-done strong"), words(known.became || "cast"));
    put(one(".vote-at"), at(known.at));
    if (code) {
      code.replaceChildren(...groups(known.receipt).split(" ").map((part) => {
        const group = document.createElement("span");
        group.textContent = part;
        return group;
      }));
      qrInto(one(".vote-qr"), addressOf(paper, known.receipt), SIDE[paper.terminal ? "terminal" : "phone"]);
    }
    one(".vote-choices").hidden = page.choices === null || !page.select;
    fold();
    follow();
    if (page.terminal) {
      page.terminal.finish(one(".vote-leaving"));
    }
  }

  function at(text) {
    const [h, m] = (text || "").split(":");
    return m ? words("received", { at: words("at_minute", { h, m }) }) : "";
  }

  /* After the close nothing is changed any more. */
  function follow() {
    page.all(".vote-change, .vote-change-by, .vote-form").forEach((way) => {
      way.hidden = page.state !== "open" || !page.select;
    });
  }

  function fold() {
    const list = one(".vote-choices-list");
    const many = page.choices ? page.choices.split(" ").length : 0;
    one(".vote-choices-head").setAttribute("aria-expanded", "false");
    list.hidden = true;
    list.replaceChildren();
    put(one(".vote-choices-face"), words("choices", { n: many }));
    put(one(".vote-choices-turn"), words("show"));
  }

  function turn() {
    const list = one(".vote-choices-list");
    if (!list.hidden) {
      fold();
      return;
    }
    const chosen = marksOf(paper);
    chosen.read(page.choices);
    const parts = groupsOf(paper, chosen, page.select.rows.map(page.select.number))
      .filter(([kind, numbers]) => numbers.length && kind !== "unmarked" && kind !== "unanswered");
    const lists = parts.map((part) => [headOf(paper, part, words), listOf(paper, part, page.review.names, words)]);
    list.replaceChildren(...lists.flat());
    list.hidden = false;
    one(".vote-choices-head").setAttribute("aria-expanded", "true");
    put(one(".vote-choices-turn"), words("hide"));
  }

  async function copy(button, what) {
    const label = button.dataset.label || button.textContent;
    const text = (what === "link" ? addressOf : textOf)(paper, page.known.receipt, words);
    const done = await copied(text);
    button.dataset.label = label;
    button.textContent = words(done ? "copied" : "copied.not");
    say(button.textContent);
    setTimeout(() => { button.textContent = label; }, TOLD);
  }

  async function save() {
    const done = await savePicture(paper, page.known.receipt, words, sheet);
    say(words(done === "saved" ? "saved" : "picture.hold"));
  }

  return { show, turn, copy, save, follow };
}
