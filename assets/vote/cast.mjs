/* A press, and what becomes of it. A receipt belongs to one press with its marks: marks that are altered later are sent
   under another, and the one before is remembered, should it have arrived after all. */
import { clock, put } from "./words.mjs";
import { draw } from "./receipt.mjs";
import { lookUp, sending } from "./send.mjs";

/* How long an answer may take before the page says that none has come. */
const SOON = 1500;
const SIGNED_OUT = new Set(["sign_in_first", "signed_out", "not_allowed", "change_password_first"]);
/* What may be different in a moment: the same press is worth another try. */
const AGAIN = new Set(["round_suspended", "not_present", "round_not_open", ...SIGNED_OUT]);
const ANEW = new Set(["receipt_used", "malformed"]);
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
      keep({ spent: [...(known.spent || []), ...(known.receipt ? [known.receipt] : [])], receipt: draw() });
    }
    keep({ sent: text, marks: text, pending: true, since: Date.now() });
    send();
  }

  function send() {
    const { receipt, sent, changing } = page.known;
    const slow = setTimeout(() => { if (sender && page.step !== "waiting") { show("waiting"); } }, SOON);
    busy(true);
    put(one(".vote-known-paper"), words(paper.terminal ? "held" : "kept", { n: sent ? sent.split(" ").length : 0 }));
    sender = sending(
      `${paper.cast}${changing ? "/change" : ""}?lang=${paper.language}`,
      { receipt, marks: sent, actor: paper.actor },
      (told) => heard(told, slow)
    );
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

  function heard(told, slow) {
    if (told.phase === "asking" || told.phase === "unknown") {
      const asking = told.phase === "asking";
      put(one(".vote-known-answer"), words(asking ? "waiting" : "none"));
      one(".vote-again").disabled = asking;
      if (asking) {
        put(one(".vote-known-last"), clock(told.at, words, true));
      } else if (page.step !== "waiting") {
        show("waiting");
      }
      return;
    }
    clearTimeout(slow);
    sender.stop();
    sender = null;
    busy(false);
    if (told.phase === "done") {
      done(told.answer);
    } else {
      refused(told.answer, told.tries);
    }
  }

  function done(answer) {
    page.choices = "marks" in answer ? answer.marks : page.known.sent;
    page.root.classList.remove("changing");
    keep({
      pending: false, done: true, changing: false, before: undefined, spent: undefined,
      at: answer.at, became: answer.state, marks: undefined, sent: undefined
    });
    page.receipt.show();
    say(words(answer.state));
  }

  /* A refusal of the last try says nothing of an earlier one that was never answered: its receipt is looked up. */
  async function refused(answer, tries) {
    const code = answer.refused;
    const known = page.known;
    const unsure = !known.changing && !SIGNED_OUT.has(code) && (tries > 1 || (known.spent || []).length > 0);
    const found = unsure ? await inBox([known.receipt, ...(known.spent || [])]) : null;
    if (found) {
      keep({ receipt: found });
      done({ state: "repeated", at: "" });
      return;
    }
    keep({ pending: AGAIN.has(code) });
    if (/^(ballot|marks)_/.test(code) && page.select) {
      page.toSelect();
      page.select.stopped("told", [answer.message, answer.do].filter(Boolean).join(" "));
      return;
    }
    if (SIGNED_OUT.has(code)) {
      const advice = words(page.terminal ? "signed_out.held" : "signed_out.do");
      stopped({ refused: code, message: words("signed_out"), do: advice }, page.terminal ? [] : ["hall_code", "sign_in"]);
      return;
    }
    stopped(answer, WAYS[code] || []);
  }

  async function inBox(receipts) {
    for (const receipt of receipts) {
      const answer = await lookUp(`${paper.look}?lang=${paper.language}`, receipt);
      if (answer && answer.round === paper.round) {
        return receipt;
      }
    }
    return null;
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
    one("[data-step='stopped'] .vote-dock").hidden = retry.hidden && !ways.length;
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
    press, send, retry, stopped,
    again: () => sender && sender.again(),
    get isSending() { return sender !== null; }
  };
}
