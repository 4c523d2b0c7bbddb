/* The time left, by the server's clock: shown each second, spoken at 60, 30 and 10 seconds. It closes nothing. */
const SPOKEN = [60, 30, 10];

export function counting(face, paper, words, say) {
  const strong = face.querySelector("strong");
  const offset = paper.now - Date.now();
  let closes = paper.closes;
  let timer = null;
  let last = null;

  function two(number) {
    return String(number).padStart(2, "0");
  }

  function show() {
    clearTimeout(timer);
    face.hidden = closes === null;
    if (closes === null || !face.isConnected) {
      return;
    }
    const left = Math.ceil((closes - Date.now() - offset) / 1000);
    const hours = Math.floor(left / 3600);
    const rest = `${two(Math.floor(Math.max(left, 0) / 60) % 60)}:${two(Math.max(left, 0) % 60)}`;
    strong.textContent = left <= 0 ? words("over") : hours > 0 ? `${hours}:${rest}` : rest;
    face.classList.toggle("soon", left <= 60);
    face.classList.toggle("over", left <= 0);
    if (SPOKEN.includes(left) && left !== last) {
      say(words("seconds_left", { n: left }));
    }
    last = left;
    timer = setTimeout(show, 1000 - (Date.now() + offset) % 1000);
  }

  show();
  return {
    until(moment) {
      closes = moment;
      show();
    },
    stop: () => clearTimeout(timer)
  };
}
