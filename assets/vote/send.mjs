/* Sends a vote until something is known: the same receipt every time, so that it counts once however often it arrives.
   An answer without JSON, a status from 500 on, silence and a broken line all mean: not known, once more. */
const PATIENCE = 10000;
const PAUSES = [1500, 3000, 6000, 10000, 15000];
/* Refusals that say nothing of the vote itself: it is asked again by itself. */
const PASSING = new Set(["too_many", "server_error", "not_ready"]);

/* Looks a receipt up: the cookie stays here, or who asks would be told together with the ballot. */
export function lookUp(address, receipt) {
  return post(address, { receipt }, "omit");
}

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

/* `told` is called at every change: {phase, tries, at} while nothing is known, then once with the answer. */
export function sending(address, body, told) {
  let tries = 0;
  let timer = null;
  let ended = false;
  let asking = false;

  async function attempt() {
    if (ended || asking) {
      return;
    }
    clearTimeout(timer);
    asking = true;
    tries += 1;
    told({ phase: "asking", tries, at: new Date() });
    const answer = await post(address, body, "same-origin");
    asking = false;
    if (ended) {
      return;
    }
    if (answer && !PASSING.has(answer.refused)) {
      ended = true;
      told({ phase: answer.refused ? "refused" : "done", tries, answer });
      return;
    }
    told({ phase: "unknown", tries, at: null });
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
