/* The whole paper once more before it is cast: what is marked, what is not, what is lacking. */
import { put } from "./words.mjs";

export function groupsOf(paper, marks, shown) {
  if (paper.form === "item") {
    const kinds = [["for", "+"], ["against", "-"], ["abstained", "="]];
    const groups = kinds.map(([kind, sign]) => [kind, shown.filter((one) => marks.sign(one) === sign)]);
    return [...groups, ["unanswered", shown.filter((one) => !marks.has(one))]];
  }
  const marked = paper.form === "rank" ? marks.order : shown.filter((one) => marks.has(one));
  return [[paper.form === "rank" ? "ranked" : "marked", marked], ["unmarked", shown.filter((one) => !marks.has(one))]];
}

/* One group as a list; names are copied with the language that they stand in. */
export function listOf(paper, group, names, words, moves) {
  const [kind, numbers] = group;
  const list = document.createElement(kind === "ranked" ? "ol" : "ul");
  list.className = `vote-reviewed vote-${kind}`;
  numbers.forEach((number, place) => {
    const line = document.createElement("li");
    const face = document.createElement("span");
    const name = document.createElement("span");
    face.className = "vote-number";
    face.textContent = kind === "ranked" ? words("rank", { n: place + 1 }) : number;
    name.className = "vote-reviewed-name";
    name.append(...[...names(number).childNodes].map((node) => node.cloneNode(true)));
    line.append(face, name);
    if (kind === "ranked" && moves) {
      line.append(...moves(number, place, numbers.length));
    }
    list.append(line);
  });
  return list;
}

export function headOf(paper, group, words) {
  const [kind, numbers] = group;
  const full = (kind === "marked" || kind === "ranked") && paper.limited && !paper.exactly;
  const head = document.createElement("h2");
  head.className = "vote-part";
  head.textContent = words(`review.${kind}${full && numbers.length === paper.most ? ".full" : ""}`, { n: numbers.length });
  return head;
}

export function reviewing(root, paper, marks, words, select, moved) {
  const step = root.querySelector("[data-step='review']");
  const place = step.querySelector(".vote-groups");
  const lack = step.querySelector(".vote-lack");
  const button = step.querySelector(".vote-cast");

  function names(number) {
    return select.rows.find((row) => select.number(row) === number).querySelector(".vote-name");
  }

  function moves(number, at, many) {
    return [["up", -1, at > 0], ["down", 1, at < many - 1]].map(([way, by, can]) => {
      const mover = document.createElement("button");
      mover.type = "button";
      mover.className = `vote-move vote-${way}`;
      mover.disabled = !can;
      mover.setAttribute("aria-label", words(`move.${way}`, { name: names(number).textContent }));
      mover.addEventListener("click", () => {
        marks.move(number, by);
        moved();
        paint();
        const again = place.querySelectorAll(`.vote-${way}`)[at + by];
        (again.disabled ? again.parentNode.querySelector(".vote-move:not(:disabled)") : again).focus();
      });
      return mover;
    });
  }

  function lacking() {
    const reason = marks.lacking();
    const open = paper.numbers.length - marks.size;
    if (reason === "short") {
      return words("lack.short", { n: paper.most, left: paper.most - marks.counted() });
    }
    if (reason === "blank") {
      return words("lack.blank");
    }
    if (!marks.size) {
      return words("lack.empty");
    }
    return paper.form === "item" && open ? words("lack.unanswered", { n: open }) : "";
  }

  function paint() {
    const shown = select.rows.map(select.number);
    const parts = groupsOf(paper, marks, shown).filter((group) => group[1].length);
    place.replaceChildren(
      ...parts.flatMap((group) => [headOf(paper, group, words), listOf(paper, group, names, words, moves)])
    );
    const text = lacking();
    lack.hidden = !text;
    lack.className = `vote-lack notice notice-${marks.lacking() ? "red" : "amber"}`;
    lack.querySelector(".shape").className = `shape shape-${marks.lacking() ? "red" : "amber"}`;
    put(lack.querySelector("p"), text);
    button.setAttribute("aria-disabled", String(Boolean(marks.lacking())));
  }

  return { paint, names, lacking };
}
