/* Looks a ballot up by its receipt. The receipt comes from the fragment, which browsers send to nobody, or is typed; it
   goes to the server in a body alone. Where the box is published, this browser looks for itself, and checks the box. */
import { ballotId, digest, groups, parse } from "./receipt.mjs";
import { lookUpOnce } from "./send.mjs";
import { put, wordsOf } from "./words.mjs";

const LIGHTS = { in_box: "blue", counted: "blue", invalid: "amber", uncounted: "grey", refused: "red" };
const ANSWERS = { "+": "for", "-": "against", "=": "abstained" };

function element(name, style, ...children) {
  const made = document.createElement(name);
  if (style) {
    made.className = style;
  }
  made.append(...children);
  return made;
}

export function begin(root) {
  const words = wordsOf(root);
  const field = document.getElementById("receipt-code");
  const fault = root.querySelector(".receipt-fault");
  const place = root.querySelector(".receipt-found");
  const send = root.querySelector(".receipt-send");
  const { language, prefix } = root.dataset;

  function notice(light, line, advice) {
    const shape = element("span", `shape shape-${light}`);
    shape.setAttribute("aria-hidden", "true");
    const lines = [element("p", "notice-line", line), ...(advice ? [element("p", "", advice)] : [])];
    return element("div", `notice notice-${light}`, shape, element("div", "", ...lines));
  }

  function fact(name, ...value) {
    return element("div", "", element("dt", "", words(name)), element("dd", "", ...value));
  }

  function chinese(text) {
    const name = element("span", "", text);
    name.lang = "zh-CN";
    return name;
  }

  /* The marks of a ballot in words; the names of its list are known once they are announced. */
  function marked(marks, options) {
    if (!marks) {
      return [element("span", "", words("blank"))];
    }
    const signs = marks.split(" ").map((part) => /^(\d+)(?:([-+=])|:(\d+))?$/.exec(part)).filter(Boolean);
    signs.sort((one, other) => Number(one[3] || 0) - Number(other[3] || 0));
    const list = element("ul", "receipt-marks", ...signs.map(([, number, answer, rank]) => {
      const kind = answer ? ANSWERS[answer] : rank ? "rank" : "mark";
      const line = element("li", "", words(`mark.${kind}`, { n: number, rank }));
      if (options && options[number]) {
        line.append(" ", chinese(options[number]));
      }
      return line;
    }));
    /* Folded until asked: somebody may be looking over a shoulder. */
    return [element("details", "", element("summary", "", words("show", { n: signs.length })), list)];
  }

  function show(answer, seal) {
    const state = answer.state;
    const line = words(`state.${state}`);
    const from = [chinese(answer.congress), ...(answer.simulated ? [element("span", "tag tag-simulated", words("simulated"))] : [])];
    const facts = element("dl", "receipt-facts", fact("congress", ...from), fact("round", chinese(answer.title)));
    if ("marks" in answer) {
      facts.append(fact("marks", ...marked(answer.marks, seal && seal.options)));
    }
    if (seal) {
      facts.append(fact("digest", element("code", "", seal.digest.match(/.{8}/g).join(" "))));
    }
    const links = element("p", "receipt-links");
    const way = (name, href) => Object.assign(element("a", "", words(name)), { href });
    if (state === "in_box") {
      links.append(way("to_vote", `${prefix}/${answer.code}/vote/${answer.round}`));
    }
    if (seal) {
      links.append(way("to_round", `${prefix}/${answer.code}/rounds/${answer.round}`));
    }
    place.replaceChildren(
      notice(LIGHTS[state], line, answer.reason || (state === "invalid" ? "" : words(`do.${state}`))), facts, links
    );
    place.hidden = false;
  }

  async function seals(answer) {
    try {
      const got = await fetch(`/vote/${answer.code}/${answer.round}/seal`, { credentials: "omit" });
      return got.ok ? await got.json() : null;
    } catch (_lost) {
      return null;
    }
  }

  /* The box as everybody gets it: whether it is the announced one, and whether this ballot lies in it. */
  async function inBox(receipt, seal) {
    if (!crypto.subtle) {
      place.append(notice("grey", words("box.insecure")));
      return;
    }
    const line = element("div", "", notice("grey", words("checking")));
    place.append(line);
    let told = ["amber", "box.unread"];
    try {
      const got = await fetch(seal.box, { credentials: "omit" });
      const bytes = await got.arrayBuffer();
      const id = await ballotId(receipt);
      if (got.ok && (await digest(bytes)) !== seal.digest) {
        told = ["red", "box.differs"];
      } else if (got.ok) {
        const found = JSON.parse(new TextDecoder().decode(bytes)).ballots.some((ballot) => ballot.id === id);
        told = found ? ["green", "box.found"] : ["red", "box.missing"];
      }
    } catch (_unread) {
      /* It could not be read, which is what the line then says. */
    }
    line.replaceChildren(notice(told[0], words(told[1])));
  }

  async function look() {
    const receipt = parse(field.value);
    fault.hidden = Boolean(receipt);
    put(fault, receipt ? "" : words("typed"));
    place.hidden = !receipt;
    if (!receipt) {
      field.focus();
      return;
    }
    place.replaceChildren(element("p", "", words("asking")));
    send.disabled = true;
    const answer = await lookUpOnce(`/receipt?lang=${language}`, receipt);
    send.disabled = false;
    if (!answer || answer.refused) {
      const lost = !answer ? [words("lost"), ""] : [answer.message, answer.do];
      place.replaceChildren(notice(answer ? "red" : "amber", ...lost));
      return;
    }
    const sealed = answer.state === "counted" || answer.state === "invalid";
    const seal = sealed ? await seals(answer) : null;
    show(answer, seal);
    if (seal && seal.box) {
      await inBox(receipt, seal);
    } else if (seal) {
      place.append(notice("grey", words("box.closed")));
    }
  }

  /* What stood in the address leaves it at once, and the history with it. */
  function scanned() {
    const given = window.location.hash.slice(1).replace(/%20|\+/g, " ");
    if (!given || !root.isConnected || given === "main") {
      return;
    }
    const receipt = parse(given);
    window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
    field.value = receipt ? groups(receipt) : given.slice(0, 60);
    look();
  }

  send.addEventListener("click", look);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") { look(); } });
  window.addEventListener("hashchange", scanned);
  scanned();
}
