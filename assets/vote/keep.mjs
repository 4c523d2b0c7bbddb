/* Keeping a receipt: as a QR code (lean-qr 2.7.4), as text to copy, as a picture. The marks are never part of it. */
import { code, groups } from "./receipt.mjs";
import { correction, generate, mode } from "../vendor/lean-qr.mjs";

/* Where downloads are blocked, a picture is kept by pressing on it for long. */
const HELD = /MicroMessenger|DingTalk|wxwork|AliApp|Lark|Feishu/i;
const QUIET = 4;

export function addressOf(paper, hex) {
  return `${window.location.origin}${paper.receiptPage}#${code(hex)}`;
}

export function qrInto(place, text, side) {
  const canvas = document.createElement("canvas");
  generate(mode.ascii(text), { minCorrectionLevel: correction.M }).toCanvas(canvas, {
    on: [24, 32, 42], off: [255, 255, 255, 255], pad: QUIET
  });
  canvas.style.width = canvas.style.height = `${side}px`;
  place.replaceChildren(canvas);
  return canvas;
}

function lines(context, text, width) {
  const found = [""];
  /* Chinese breaks anywhere; a word of other letters stays whole. */
  (text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/g) || []).forEach((part) => {
    const longer = found[found.length - 1] + part;
    if (context.measureText(longer).width > width && found[found.length - 1]) {
      found.push(part.trim());
    } else {
      found[found.length - 1] = longer;
    }
  });
  return found;
}

function written(context, text, size, weight, colour, top, wide) {
  context.font = `${weight} ${size}px "PingFang SC","HarmonyOS Sans SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif`;
  context.fillStyle = colour;
  return lines(context, text, wide).reduce((y, line) => {
    context.fillText(line, context.canvas.width / 2, y + size);
    return y + size * 1.45;
  }, top);
}

/* One picture of 720 pixels: what it is of, the code as QR and in groups, what it is good for. */
export function pictureOf(paper, hex, words) {
  const canvas = document.createElement("canvas");
  canvas.width = 720;
  canvas.height = 1400;
  const context = canvas.getContext("2d");
  const qr = qrInto(document.createElement("div"), addressOf(paper, hex), 1);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#9c1b20";
  context.fillRect(0, 0, canvas.width, 10);
  context.textAlign = "center";
  let y = written(context, words("picture.title"), 44, 700, "#18202a", 56, 640);
  y = written(context, paper.congress, 28, 400, "#48535f", y + 8, 660);
  y = written(context, paper.title, 28, 400, "#48535f", y, 660);
  if (paper.tags) {
    y = written(context, paper.tags, 28, 700, "#6b5618", y + 4, 640);
  }
  context.imageSmoothingEnabled = false;
  const side = Math.floor(440 / qr.width) * qr.width;
  context.drawImage(qr, (canvas.width - side) / 2, y + 12, side, side);
  y += side + 28;
  const parts = groups(hex).split(" ");
  y = written(context, parts.slice(0, 4).join("  "), 40, 700, "#18202a", y, 680);
  y = written(context, parts.slice(4).join("  "), 40, 700, "#18202a", y, 680);
  y = written(context, words("picture.note"), 24, 400, "#48535f", y + 12, 640);
  return cut(canvas, Math.ceil(y + 40));
}

function cut(canvas, height) {
  const shorter = document.createElement("canvas");
  shorter.width = canvas.width;
  shorter.height = height;
  shorter.getContext("2d").drawImage(canvas, 0, 0);
  return shorter;
}

export function textOf(paper, hex, words) {
  return words("text", { title: paper.title, code: groups(hex), address: addressOf(paper, hex) });
}

/* The newer way asks for permission in some web views; the older one works wherever text can be chosen. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (_refused) {
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/* Saves the picture, or shows it to be pressed on. Returns what was done. */
export function savePicture(paper, hex, words, sheet) {
  const canvas = pictureOf(paper, hex, words);
  if (HELD.test(navigator.userAgent)) {
    const picture = new Image();
    picture.src = canvas.toDataURL("image/png");
    picture.alt = words("picture.title");
    picture.className = "vote-picture";
    const hint = document.createElement("p");
    hint.textContent = words("picture.hold");
    const both = document.createElement("div");
    both.append(hint, picture);
    sheet.open(words("picture.title"), both);
    return Promise.resolve("shown");
  }
  return new Promise((resolve) => {
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${words("picture.title")}-${code(hex).slice(0, 4)}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      resolve("saved");
    }, "image/png");
  });
}
