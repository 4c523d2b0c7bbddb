/* What is typed and not yet answered for, kept in this browser under the person's own name until it is. */

export function keep(place, value) {
  try {
    window.localStorage.setItem(place, JSON.stringify(value));
  } catch (full) {
    /* It stands on the page all the same. */
  }
}

export function drop(place) {
  try {
    window.localStorage.removeItem(place);
  } catch (forbidden) {
    /* Then nothing was kept either. */
  }
}

export function kept(place) {
  try {
    return JSON.parse(window.localStorage.getItem(place));
  } catch (odd) {
    return null;
  }
}
