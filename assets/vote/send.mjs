/* Sends a vote until something is known: the same receipt every time, so that it counts once however often it arrives.
   An answer without JSON, a status from 500 on, silence and a broken line all mean: not known, once more. */
const PATIENCE = 10000;
const PAUSES = [1500, 3000, 6000, 10000, 15000];
/* Refusals that say nothing of the vote itself: it is asked again by itself. */
const PASSING = new Set(["too_many", "server_error", "not_ready"]);

async function post(address, body, credentials) {
  const cut = new AbortController();
  const limit = setTimeout(() => cut.abort(), PATIENCE);
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials,
      cache: "no-store",
      signal: cut.signal
    });
    if (answer.status >= 500) {
      return null;
    }
    const told = await answer.json();
    return answer.ok || told.refused ? told : null;
  } catch (_lost) {
    return null;
  } finally {
    clearTimeout(limit);
  }
}

/* `told` is called at every change: {phase, at} while nothing is known, then once with the answer. */
export function sending(address, body, told) {
  return asking(address, body, "same-origin", told);
}

/* Looks a receipt up until that is answered. The cookie stays here: who asks is not told together with the ballot. */
export function lookUp(address, receipt, told) {
  return asking(address, { receipt }, "omit", told);
}

/* The same once: null where nothing came. */
export function lookUpOnce(address, receipt) {
  return post(address, { receipt }, "omit");
}

function asking(address, body, credentials, told) {
  let tries = 0;
  let timer = null;
  let ended = false;
  let isOut = false;

  async function attempt() {
    if (ended || isOut) {
      return;
    }
    clearTimeout(timer);
    isOut = true;
    tries += 1;
    told({ phase: "asking", at: new Date() });
    const answer = await post(address, body, credentials);
    isOut = false;
    if (ended) {
      return;
    }
    if (answer && !PASSING.has(answer.refused)) {
      ended = true;
      told({ phase: answer.refused ? "refused" : "done", answer });
      return;
    }
    told({ phase: "unknown", at: null });
    timer = setTimeout(attempt, PAUSES[Math.min(tries, PAUSES.length) - 1]);
  }

  function online() {
    attempt();
  }

  window.addEventListener("online", online);
  attempt();
  return {
    again: attempt,
    stop() {
      ended = true;
      clearTimeout(timer);
      window.removeEventListener("online", online);
    }
  };
}
