/* The receipt: 128 bits drawn in the browser; 32 hex digits on the wire, 26 characters of Crockford's base32 for people. */
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 26;

export function draw() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function code(hex) {
  let value = BigInt(`0x${hex}`);
  let signs = "";
  while (signs.length < LENGTH) {
    signs = SIGNS[Number(value & 31n)] + signs;
    value >>= 5n;
  }
  return signs;
}

export function groups(hex) {
  return code(hex).match(/.{1,4}/g).join(" ");
}

/* Reads what a person typed, pasted or scanned: groups or none, any case, O for 0, I and L for 1, a whole address.
   Null where it is no receipt. */
export function parse(typed) {
  const given = typed.normalize("NFKC").split("#").pop().replace(/[\s\-_.·｜|]/g, "").toUpperCase();
  if (/^[0-9A-F]{32}$/.test(given)) {
    return given.toLowerCase();
  }
  const plain = given.replace(/O/g, "0").replace(/[IL]/g, "1");
  if (plain.length !== LENGTH || [...plain].some((sign) => !SIGNS.includes(sign))) {
    return null;
  }
  const value = [...plain].reduce((sum, sign) => (sum << 5n) | BigInt(SIGNS.indexOf(sign)), 0n);
  return value >> 128n ? null : value.toString(16).padStart(32, "0");
}

export async function ballotId(hex) {
  const bytes = Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  return digest(bytes);
}

export async function digest(bytes) {
  const found = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(found)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
