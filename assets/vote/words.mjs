/* The page's words, which the server wrote beside it, and how they are put onto it. */
export function wordsOf(element) {
  const known = JSON.parse(element.getAttribute("data-words"));
  return (name, facts = {}) => known[name].replace(/{(\w+)}/g, (_whole, fact) => String(facts[fact]));
}

/* Writes a sentence whose number stands out. */
export function stressed(node, sentence, number) {
  const [before, after] = sentence.split(String(number), 2);
  const strong = document.createElement("strong");
  strong.textContent = number;
  node.replaceChildren(before, strong, after || "");
}

/* Text is set only when it differs, so that a screen reader hears a change once. */
export function put(node, text) {
  if (node && node.textContent !== text) {
    node.textContent = text;
  }
}

export function clock(moment, words, seconds) {
  const [h, m, s] = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23"
  }).format(moment).split(":");
  return words(seconds ? "at_second" : "at_minute", { h, m, s });
}
