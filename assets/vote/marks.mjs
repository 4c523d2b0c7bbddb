/* What is marked on one paper, in the three forms, and the text that is sent: "1 2 5", "1+ 2- 3=", "3:1 5:2". */
const SIGN = { mark: /^(\d{1,3})()$/, item: /^(\d{1,3})([-+=])$/, rank: /^(\d{1,3}):(\d{1,3})$/ };

export function marksOf(paper) {
  const numbers = new Set(paper.numbers);
  /* A number of the list leads to its sign; for ranks the order of the entries is the order of the ranks. */
  let signs = new Map();

  function full() {
    return counted() >= paper.most;
  }

  /* What the limit counts: marks, for-marks, ranks. */
  function counted() {
    return paper.form === "item" ? [...signs.values()].filter((sign) => sign === "+").length : signs.size;
  }

  /* Marks or unmarks; tells which rule stops it, or null. Nothing is ever unmarked by itself. */
  function toggle(number) {
    if (signs.delete(number)) {
      return null;
    }
    if (full()) {
      return "limit";
    }
    signs.set(number, "");
    return null;
  }

  function answer(number, sign) {
    if (signs.get(number) === sign) {
      signs.delete(number);
      return null;
    }
    if (sign === "+" && full()) {
      return "limit";
    }
    signs.set(number, sign);
    return null;
  }

  /* Gives a line the rank of this number, the others closing up; a rank beyond the last is the next one. */
  function place(number, rank) {
    if (!signs.has(number) && full()) {
      return "limit";
    }
    const order = [...signs.keys()].filter((one) => one !== number);
    order.splice(Math.min(rank - 1, order.length), 0, number);
    signs = new Map(order.map((one) => [one, ""]));
    return null;
  }

  function move(number, by) {
    const at = [...signs.keys()].indexOf(number);
    if (at >= 0 && at + by >= 0 && at + by < signs.size) {
      place(number, at + by + 1);
    }
  }

  /* Reads a text of ours; what does not fit this paper is left out. */
  function read(text) {
    const found = text.split(" ").map((part) => SIGN[paper.form].exec(part)).filter(Boolean);
    const lines = found.map((one) => [Number(one[1]), one[2]]).filter((one) => numbers.has(one[0]));
    if (paper.form === "rank") {
      lines.sort((one, other) => Number(one[1]) - Number(other[1]));
    }
    signs = new Map(lines.map((one) => [one[0], paper.form === "item" ? one[1] : ""]));
  }

  function text() {
    const order = [...signs.keys()];
    return order.slice().sort((one, other) => one - other).map((number) => {
      if (paper.form === "rank") {
        return `${number}:${order.indexOf(number) + 1}`;
      }
      return `${number}${signs.get(number)}`;
    }).join(" ");
  }

  /* Why the paper cannot be cast as it is: short of an exact number, or blank where the rule refuses that. */
  function lacking() {
    if (paper.exactly && counted() !== paper.most) {
      return "short";
    }
    return signs.size === 0 && !paper.blank ? "blank" : null;
  }

  return {
    toggle, answer, place, move, read, text, lacking, counted,
    get size() { return signs.size; },
    get order() { return [...signs.keys()]; },
    has: (number) => signs.has(number),
    sign: (number) => signs.get(number),
    rank: (number) => [...signs.keys()].indexOf(number) + 1
  };
}
