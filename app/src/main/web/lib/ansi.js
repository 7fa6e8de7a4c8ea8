// What a terminal would show of a log: colours, and lines that were written over.

const CODE = /\u001b\[([0-9;]*)([A-Za-z])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-_]/g;

/** What is left of a line after carriage returns, as a terminal shows it: the last text over what it did not cover. */
export function overwritten(line) {
  if (!line.includes("\r")) return line;
  const parts = line.split("\r").filter((part) => part !== "");
  if (parts.length === 0) return "";
  // Colours make columns hard to count; a progress bar writes the whole line anew anyway.
  if (line.includes("\u001b")) return parts.at(-1);
  return parts.reduce((shown, part) => part + shown.slice(part.length), "");
}

/** The text alone, for searching. */
export const plain = (line) => line.replace(CODE, "");

/** `[{text, classes}]` of one line; the classes are those of style.css. */
export function styled(line) {
  if (!line.includes("\u001b")) return [{ text: line, classes: "" }];
  const parts = [];
  let state = { marks: new Set(), front: null, back: null };
  let from = 0;
  const add = (text) => text && parts.push({ text, classes: classesOf(state) });
  for (const found of line.matchAll(CODE)) {
    add(line.slice(from, found.index));
    from = found.index + found[0].length;
    if (found[2] === "m") state = applied(state, found[1]);
  }
  add(line.slice(from));
  return parts;
}

function applied(before, codes) {
  const state = { ...before, marks: new Set(before.marks) };
  const numbers = codes.split(";").map(Number);
  while (numbers.length) {
    const n = numbers.shift();
    if (n === 0) Object.assign(state, { marks: new Set(), front: null, back: null });
    else if (n <= 9) state.marks.add(n);
    else if (n === 22) state.marks.delete(1), state.marks.delete(2);
    else if (n >= 23 && n <= 29) state.marks.delete(n - 20);
    else if (n >= 30 && n <= 37) state.front = n - 30;
    else if (n >= 90 && n <= 97) state.front = n - 90;
    else if (n >= 40 && n <= 47) state.back = n - 40;
    else if (n >= 100 && n <= 107) state.back = n - 100;
    else if (n === 39) state.front = null;
    else if (n === 49) state.back = null;
    else if (n === 38 || n === 48) state[n === 38 ? "front" : "back"] = richColour(numbers);
  }
  return state;
}

/** One of the eight for the 256 and the true colours: the page has its own palette, for light and dark. */
function richColour(numbers) {
  const kind = numbers.shift();
  if (kind === 5) {
    const n = numbers.shift() ?? 0;
    if (n < 16) return n % 8;
    if (n >= 232) return 7;
    const cube = n - 16;
    return nearest(Math.floor(cube / 36) * 51, (Math.floor(cube / 6) % 6) * 51, (cube % 6) * 51);
  }
  if (kind === 2) return nearest(numbers.shift() ?? 0, numbers.shift() ?? 0, numbers.shift() ?? 0);
  return null;
}

function nearest(red, green, blue) {
  const half = Math.max(red, green, blue) / 2;
  return (red > half ? 1 : 0) + (green > half ? 2 : 0) + (blue > half ? 4 : 0);
}

const classesOf = ({ marks, front, back }) => [...[...marks].sort().map((n) => `a${n}`), front !== null && `c${front}`, back !== null && `b${back}`].filter(Boolean).join(" ");
