/* What is kept of a vote until it is cast, and the receipt afterwards: for this tab only, of this voter only.
   On a terminal it stays in memory, so that nothing is left when the page goes. */
const PREFIX = "vote:";

export function keeping(paper) {
  const own = `${PREFIX}${paper.round}:${paper.voter}`;
  let memory = {};

  /* A full or forbidden storage costs the marks at a reload, never the vote. */
  function guarded(act) {
    try {
      return act(window.sessionStorage);
    } catch (_refused) {
      return null;
    }
  }

  function read() {
    if (paper.terminal) {
      return memory;
    }
    const text = guarded((storage) => storage.getItem(own));
    try {
      return text ? JSON.parse(text) : memory;
    } catch (_broken) {
      return memory;
    }
  }

  /* Whoever sat here before: what another voter marked is nobody's to see. */
  function dropOthers() {
    guarded((storage) => {
      Object.keys(storage)
        .filter((key) => key.startsWith(PREFIX) && (paper.terminal || !key.endsWith(`:${paper.voter}`)))
        .forEach((key) => storage.removeItem(key));
    });
  }

  function put(values) {
    memory = { ...read(), ...values };
    if (!paper.terminal) {
      guarded((storage) => storage.setItem(own, JSON.stringify(memory)));
    }
  }

  function drop() {
    memory = {};
    guarded((storage) => storage.removeItem(own));
  }

  dropOthers();
  return { read, put, drop };
}
