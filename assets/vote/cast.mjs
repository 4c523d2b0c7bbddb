/* A press, and what becomes of it. A receipt belongs to one press with its marks: marks that are altered later are sent
   under another, and the one before is remembered with its own, should it have arrived after all. */
import { clock, put } from "./words.mjs";
import { draw } from "./receipt.mjs";
import { lookUp, sending } from "./send.mjs";

/* How long an answer may take before the page says that none has come. */
const SOON = 1500;
const SIGNED_OUT = new Set(["sign_in_first", "signed_out", "not_allowed", "change_password_first"]);
/* What may be different in a moment: the same press is worth another try. */
const AGAIN = new Set(["round_suspended", "not_present", "round_not_open", ...SIGNED_OUT]);
const ANEW = new Set(["receipt_used", "malformed"]);
/* Voted, but not from here: the close says nothing else of it. */
const VOTED = { already_voted: "box", voted_on_paper: "paper" };
const ENDED = new Set(["round_closed", "round_annulled"]);
const WAYS = { not_present: ["check_in"], already_voted: ["receipt"], receipt_unknown: ["receipt"] };

export function casting(page) {
  const { paper, words, marks, one, all, say, keep, show } = page;
  let sender = null;

  function press() {
    if (marks.lacking()) {
      say(page.review.lacking());
      return;
    }
    const known = page.known;
    const text = marks.text();
    if (!known.changing && !(known.receipt && known.sent === text)) {
      const before = known.receipt ? [{ receipt: known.receipt, marks: known.sent }] : [];
      keep({ spent: [...(known.spent || []), ...before], receipt: draw(), lost: false });
    }
    keep({ sent: text, marks: text, pending: true, since: Date.now() });
    send();
  }

  function send() {
    const { receipt, sent, changing } = page.known;
    put(one(".vote-known-paper"), words(paper.terminal ? "held" : "kept", { n: sent ? sent.split(" ").length : 0 }));
    ask((told) => sending(
      `${paper.cast}${changing ? "/change" : ""}?lang=${paper.language}`,
      { receipt, marks: sent, actor: paper.actor },
      (heard) => {
        if (heard.phase === "unknown") {
          /* Whatever the next answer is, this try may have arrived: also after a reload. */
          keep({ lost: true });
        }
        told(heard);
      }
    ), ({ phase, answer }) => phase === "done" ? done(answer) : refused(answer));
  }

  /* Lets a request go out until it is answered, and says meanwhile what is known. */
  function ask(begun, answered) {
    const slow = setTimeout(() => { if (sender && page.step !== "waiting") { show("waiting"); } }, SOON);
    busy(true);
    sender = begun((told) => {
      if (told.phase === "asking" || told.phase === "unknown") {
        wanted(told);
        return;
      }
      clearTimeout(slow);
      sender.stop();
      sender = null;
      busy(false);
      answered(told);
    });
    wait();
  }

  function busy(is) {
    const button = one(".vote-cast");
    if (button) {
      button.disabled = is;
      button.textContent = words(is ? (page.known.changing ? "changing" : "casting") : "press");
    }
    if (page.terminal) {
      page.terminal.hold(is);
    }
  }

  /* How long it has been, by the second, for as long as nothing is known. */
  function wait() {
    if (sender && page.root.isConnected) {
      const seconds = Math.max(0, Math.round((Date.now() - page.known.since) / 1000));
      put(one(".vote-known"), words(navigator.onLine === false ? "offline" : "sent", { n: seconds }));
      setTimeout(wait, 1000);
    }
  }

  function wanted({ phase, at }) {
    const asking = phase === "asking";
    put(one(".vote-known-answer"), words(asking ? "waiting" : "none"));
    one(".vote-again").disabled = asking;
    if (asking) {
      put(one(".vote-known-last"), clock(at, words, true));
    } else if (page.step !== "waiting") {
      show("waiting");
    }
  }

  function done(answer, note) {
    page.choices = "marks" in answer ? answer.marks : page.known.sent;
    page.root.classList.remove("changing");
    keep({
      pending: false, lost: false, done: true, changing: false, before: undefined, spent: undefined,
      at: answer.at, became: answer.state, marks: undefined, sent: undefined, note
    });
    page.receipt.show();
    say(words(answer.state));
  }

  async function refused(answer) {
    const code = answer.refused;
    const { changing } = page.known;
    if (changing && ENDED.has(code)) {
      await settle();
      return;
    }
    if (!changing && !SIGNED_OUT.has(code) && await arrived()) {
      return;
    }
    keep({ pending: AGAIN.has(code) });
    page.voted = VOTED[code] || page.voted;
    if (/^(ballot|marks)_/.test(code) && page.select) {
      page.toSelect();
      page.select.stopped("told", [answer.message, answer.do].filter(Boolean).join(" "));
    } else if (SIGNED_OUT.has(code)) {
      const advice = words(page.terminal ? "signed_out.held" : "signed_out.do");
      stopped({ refused: code, message: words("signed_out"), do: advice }, ["hall_code", "sign_in"]);
    } else {
      stopped(answer, WAYS[code] || []);
    }
  }

  /* A refusal of the last try says nothing of an earlier one that was never answered: its receipt is looked up. Tells
     whether one of them lies in the box, which is then shown with the marks that were sent under it. */
  async function arrived() {
    const { receipt, sent, lost, spent } = page.known;
    const tries = [...(lost ? [{ receipt, marks: sent }] : []), ...(spent || [])];
    for (const tried of paper.receipt === "none" ? [] : tries) {
      const found = await inBox(tried.receipt);
      if (found) {
        keep({ receipt: tried.receipt, sent: tried.marks });
        done({ ...found, state: "repeated", at: "" }, tried.marks === sent ? undefined : "earlier");
        return true;
      }
    }
    return false;
  }

  /* What a receipt finds in this round, null where nothing lies under it; asked until one of the two is known. */
  function inBox(receipt) {
    const address = `${paper.look}?lang=${paper.language}`;
    return new Promise((resolve) => {
      ask((told) => lookUp(address, receipt, told), ({ phase, answer }) => {
        resolve(phase === "done" && answer.round === paper.round ? answer : null);
      });
    });
  }

  /* The round ended over a change. Where its answer was lost, the receipt tells what lies in the box, as far as it may. */
  async function settle() {
    const { lost, sent, receipt } = page.known;
    const found = lost ? await inBox(receipt) : null;
    const isTold = found !== null && "marks" in found;
    if (isTold && alike(found.marks, sent)) {
      done({ state: "changed", at: "", marks: found.marks });
      return;
    }
    if (isTold) {
      page.choices = found.marks;
    }
    restore(found && !isTold ? "lost" : "late", found !== null);
  }

  /* Back from a change to the ballot as it lies in the box; `note` says what is known of the change. */
  function restore(note, isFound = false) {
    const { before, receipt } = page.known;
    const known = before || isFound;
    page.root.classList.remove("changing");
    if (note === "lost") {
      page.choices = null;
    }
    keep({
      changing: false, before: undefined, marks: undefined, sent: undefined, pending: false, lost: false,
      done: known, receipt: known ? receipt : undefined, note
    });
    if (known) {
      page.receipt.show();
    } else {
      show("voted");
    }
  }

  /* The round has ended under an open page: "closed" or "annulled". */
  async function ended(name) {
    if (page.known.changing) {
      await settle();
    } else if (!page.voted && !(await arrived())) {
      keep({ pending: false });
      stopped({ refused: name, message: words(blind() ? "blind" : name) }, []);
    }
  }

  /* Without receipts nobody finds an earlier press again. */
  function blind() {
    return paper.receipt === "none" && (page.known.spent || []).length > 0;
  }

  function stopped(answer, ways) {
    const retry = one(".vote-retry");
    const back = one("[data-step='stopped'] .vote-return");
    put(one(".vote-why"), answer.message);
    put(one(".vote-what"), answer.do || "");
    all("a[class*='vote-way-']").forEach((way) => {
      way.hidden = !ways.some((name) => way.classList.contains(`vote-way-${name}`));
    });
    retry.dataset.anew = String(SIGNED_OUT.has(answer.refused));
    retry.hidden = !(AGAIN.has(answer.refused) || ANEW.has(answer.refused));
    back.hidden = retry.hidden || !page.select || SIGNED_OUT.has(answer.refused);
    one("[data-step='stopped'] .vote-dock").hidden = retry.hidden && !ways.length && !page.terminal;
    show("stopped");
  }

  function retry() {
    if (one(".vote-retry").dataset.anew === "true") {
      /* Somebody else may be signed in here by now: the page asks anew who it is, and goes on by itself. */
      window.location.reload();
    } else if (page.known.pending) {
      keep({ since: Date.now() });
      send();
    } else {
      keep({ receipt: undefined, sent: undefined });
      show("select");
    }
  }

  return {
    press, send, retry, ended, restore,
    again: () => sender && sender.again(),
    get isSending() { return sender !== null; }
  };
}

/* The same marks in whatever order they stand. */
function alike(one, other) {
  const sorted = (text) => (text || "").split(" ").sort().join(" ");
  return sorted(one) === sorted(other);
}
