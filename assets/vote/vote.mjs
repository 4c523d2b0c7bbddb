/* The voting page: the server has laid every step out, here they are shown in turn. `page` is what its modules share. */
import { put, wordsOf } from "./words.mjs";
import { marksOf } from "./marks.mjs";
import { selecting } from "./select.mjs";
import { reviewing } from "./review.mjs";
import { parse } from "./receipt.mjs";
import { keeping } from "./kept.mjs";
import { counting } from "./clock.mjs";
import { sheetOf, turnDocument } from "./sheet.mjs";
import { casting } from "./cast.mjs";
import { showing } from "./shown.mjs";
import { terminalOf } from "./terminal.mjs";

export function begin(root) {
  const page = pageOf(root);
  const { paper, words, marks, one, all, say, keep, show } = page;
  const sees = new AbortController();
  const sheet = sheetOf(one(".vote-sheet"));
  const time = counting(one(".vote-time"), paper, words, say);

  page.terminal = paper.terminal ? terminalOf(root, words, say) : null;
  if (one("[data-step='select']")) {
    page.select = selecting(root, paper, marks, words, (spoken) => {
      keep({ marks: marks.text() });
      say(spoken);
    });
    page.review = reviewing(root, paper, marks, words, page.select, () => keep({ marks: marks.text() }));
  }
  page.receipt = showing(page, sheet);
  page.cast = casting(page);

  /* Back on the phone leads from the review to the list, as Escape does. */
  function toReview() {
    page.select.calm();
    page.review.paint();
    if (!paper.terminal) {
      window.history.pushState({ vote: "review" }, "");
    }
    show("review");
  }

  function isReviewed() {
    return Boolean(window.history.state && window.history.state.vote === "review");
  }

  page.toSelect = () => {
    if (page.step === "review" && isReviewed()) {
      window.history.back();
    } else {
      show("select");
    }
  };

  /* Marks the list anew; the receipt stays the one under which the ballot lies in the box. */
  function change(receipt) {
    keep({
      receipt, changing: true, done: false, pending: false, lost: false, sent: undefined, note: undefined,
      before: page.known.done
    });
    marks.read(page.choices || "");
    keep({ marks: marks.text() });
    root.classList.add("changing");
    page.select.paint();
    show("select");
  }

  function changeBy() {
    const receipt = parse(document.getElementById("vote-typed").value);
    const fault = one(".vote-typed-fault");
    fault.hidden = Boolean(receipt);
    put(fault, receipt ? "" : words("typed"));
    if (receipt) {
      change(receipt);
    }
  }

  function detail(button) {
    const row = button.closest(".vote-row");
    sheet.open(
      row.querySelector(".vote-name").firstChild.cloneNode(true),
      row.querySelector(".vote-about").firstElementChild.cloneNode(true)
    );
  }

  const acts = {
    "vote-review": toReview,
    "vote-return": () => page.toSelect(),
    "vote-cast": () => page.cast.press(),
    "vote-again": () => page.cast.again(),
    "vote-retry": () => page.cast.retry(),
    "vote-change": () => change(page.known.receipt),
    "vote-change-by": changeBy,
    "vote-unchange": () => page.cast.restore(page.known.lost ? "lost" : undefined),
    "vote-choices-head": () => page.receipt.turn(),
    "vote-large": () => large(page, true),
    "vote-reload": () => window.location.reload(),
    "vote-finish": () => page.terminal.leave(),
    "vote-out": () => page.terminal.leave(),
    "vote-more": detail,
    "vote-document": (button) => turnDocument(button, words, say),
    "vote-save": () => page.receipt.save(),
    "vote-copy": (button) => page.receipt.copy(button, "text"),
    "vote-copy-link": (button) => page.receipt.copy(button, "link")
  };

  function clicked(event) {
    if (event.target.closest(".vote-back") && (page.step === "review" || page.terminal)) {
      event.preventDefault();
      event.stopPropagation();
      return page.step === "review" && !page.cast.isSending ? page.toSelect() : page.terminal && page.terminal.leave();
    }
    const button = event.target.closest("button");
    const name = button && Object.keys(acts).find((key) => button.classList.contains(key));
    return name && acts[name](button);
  }

  function keys(event) {
    const busy = event.target.closest("input, button, a, summary, [role='dialog']");
    if (!root.isConnected) {
      sees.abort();
    } else if (sheet.isOpen || event.defaultPrevented) {
      return;
    } else if (event.key === "Enter" && page.step === "select" && !busy) {
      event.preventDefault();
      toReview();
    } else if (event.key === "Escape" && page.step === "review" && !page.cast.isSending) {
      page.toSelect();
    }
  }

  function turned() {
    if (!root.isConnected) {
      sees.abort();
    } else if (page.step === "review" && !page.cast.isSending) {
      show("select");
    } else if (page.step === "select" && isReviewed()) {
      page.review.paint();
      show("review");
    }
  }

  /* What the server tells of the round while the page is open. */
  function followed() {
    const now = one("#vote-now span");
    if (!now) {
      return;
    }
    time.until(now.dataset.closes ? Number(now.dataset.closes) : null);
    if (now.dataset.state === page.state) {
      return;
    }
    page.state = now.dataset.state;
    const name = nameOf(page.state);
    /* A closed door is laid out anew by the server. */
    if ((name === "closed" || name === "annulled") && !page.cast.isSending && !["receipt", "door"].includes(page.step)) {
      page.cast.ended(name);
    }
    page.tell();
    say(page.line());
    page.receipt.follow();
  }

  function start() {
    const known = page.known;
    const scanned = paper.terminal ? null : parse(window.location.hash);
    if (scanned) {
      window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
    }
    /* Not behind every door: who left the hall, or whose round was annulled, is told that first. */
    const tells = one("[data-step='waiting']") !== null && known.receipt;
    if (known.pending && tells) {
      /* It went out before this page was opened, and nobody heard the answer. */
      keep({ lost: true });
      show("waiting", false);
      page.cast.send();
    } else if (tells && (known.done || (known.before && !page.select))) {
      page.receipt.show(false);
    } else if (!page.select) {
      show("door", false);
    } else if (scanned && paper.voted && paper.change) {
      change(scanned);
    } else if (paper.voted && !known.changing) {
      show("voted", false);
    } else {
      marks.read(known.marks || "");
      root.classList.toggle("changing", Boolean(known.changing));
      page.select.paint();
      page.review.paint();
      show(known.step === "review" && isReviewed() ? "review" : "select", false);
    }
  }

  root.addEventListener("click", clicked);
  document.addEventListener("keydown", keys, { signal: sees.signal });
  window.addEventListener("popstate", turned, { signal: sees.signal });
  new MutationObserver(followed).observe(one("#vote-now"), { childList: true, subtree: true, attributes: true });
  large(page, false);
  start();
}

function pageOf(root) {
  const paper = JSON.parse(root.dataset.paper);
  const kept = keeping(paper);
  const one = (name) => root.querySelector(name);
  const all = (name) => [...root.querySelectorAll(name)];
  const page = {
    root, paper, one, all,
    words: variantsOf(wordsOf(root), paper),
    marks: marksOf(paper),
    step: null,
    state: paper.state,
    known: kept.read(),
    /* What the register has of this voter, from here or elsewhere: a ballot in the box, a sheet of paper. */
    voted: paper.voted ? "box" : null,
    /* The text of the marks in the box, where this page knows it. */
    choices: null
  };
  paper.tags = all(".vote-tags .tag").map((tag) => tag.textContent).join(" ");
  page.say = (text) => put(one(".vote-said"), text);
  page.keep = (values) => {
    kept.put(values);
    page.known = kept.read();
  };
  /* What the state of the round means to whoever looks at this step: that nothing was cast is said where that is known. */
  page.line = () => {
    const { lost, spent } = page.known;
    const name = nameOf(page.state);
    const isIn = page.voted === "box" || page.step === "receipt" || page.step === "voted";
    const isOpen = page.voted === "paper" || page.step === "waiting" || lost || (spent || []).length > 0;
    const variants = { closed: isIn ? ".after" : isOpen ? ".plain" : "", suspended: isIn ? ".after" : "" };
    return page.words(name + (variants[name] || ""));
  };
  /* The state of the round where it is not open, and what is known of a vote that is not as it was pressed. */
  page.tell = () => {
    const { note } = page.known;
    all(".vote-state").forEach((place) => { place.hidden = page.state === "open"; });
    all(".vote-state p").forEach((place) => put(place, page.line()));
    all(".vote-doubt").forEach((place) => { place.hidden = !note; });
    all(".vote-doubt p").forEach((place) => put(place, note ? page.words(`note.${note}`) : ""));
  };
  page.show = (name, focus = true) => {
    const section = one(`[data-step='${name}']`);
    page.step = root.dataset.at = name;
    all(".vote-step").forEach((step) => { step.hidden = step !== section; });
    put(one(".vote-title"), section.dataset.title);
    page.tell();
    if (!root.isConnected) {
      return;
    }
    document.title = section.dataset.title;
    if (focus) {
      window.scrollTo(0, 0);
      one(".vote-title").focus({ preventScroll: true });
    }
    if (name === "select" || name === "review") {
      page.keep({ step: name });
    }
  };
  return page;
}

function nameOf(state) {
  return { open: "resumed", suspended: "suspended", annulled: "annulled" }[state] || "closed";
}

/* How large the letters are is no secret, and holds for the next round too; on a terminal it goes with the voter. */
function large(page, turn) {
  const stored = (act) => {
    try {
      return page.paper.terminal ? null : act(window.localStorage);
    } catch (_refused) {
      return null;
    }
  };
  const is = turn
    ? !page.root.classList.contains("large")
    : stored((storage) => storage.getItem("vote-large")) === "1";
  page.root.classList.toggle("large", is);
  page.all(".vote-large").forEach((button) => button.setAttribute("aria-pressed", String(is)));
  if (turn) {
    stored((storage) => storage.setItem("vote-large", is ? "1" : "0"));
  }
}

/* The form and the exactness of a rule choose among the words of one meaning. */
function variantsOf(words, paper) {
  const item = paper.form === "item";
  const form = paper.form === "mark" ? "" : `.${paper.form}`;
  const named = {
    chosen: `chosen${form}`,
    count: item ? "count.item" : "count",
    left: paper.exactly ? "left.exact" : `left${form}`,
    "stop.limit": item ? "stop.limit.item" : "stop.limit",
    "review.unmarked": paper.form === "rank" ? "review.unranked" : "review.unmarked"
  };
  return (name, facts) => words(named[name] || name, facts);
}
