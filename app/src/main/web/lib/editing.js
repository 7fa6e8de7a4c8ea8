// What keys do to Python source in a text field: `{text, from, to}` in, the same out.

const STEP = "    ";

const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;

/** Tab: moves the chosen lines in, or fills up to the next step. */
export function indented({ text, from, to }) {
  if (!text.slice(from, to).includes("\n")) {
    const column = from - lineStart(text, from);
    const blanks = STEP.slice(column % STEP.length);
    return { text: text.slice(0, from) + blanks + text.slice(to), from: from + blanks.length, to: from + blanks.length };
  }
  return eachLine({ text, from, to }, (line) => (line ? STEP + line : line));
}

/** Shift Tab: moves the chosen lines out. */
export function outdented(state) {
  return eachLine(state, (line) => line.replace(/^(\t| {1,4})/, ""));
}

/** Ctrl /: makes the chosen lines notes, or no notes again. */
export function commented(state) {
  const lines = chosenLines(state).filter((line) => line.trim());
  const off = lines.length > 0 && lines.every((line) => /^\s*#/.test(line));
  return eachLine(state, (line) => (off ? line.replace(/^(\s*)# ?/, "$1") : line.trim() ? line.replace(/^(\s*)/, "$1# ") : line));
}

/** Enter: the next line begins below this one, one step further behind a colon, one less behind a return. */
export function continued({ text, from, to }) {
  const line = text.slice(lineStart(text, from), from);
  const blanks = /^[ \t]*/.exec(line)[0];
  const code = line.replace(/#.*/, "").trim();
  const next = code.endsWith(":") ? blanks + STEP : /^(return|raise|pass|break|continue)\b/.test(code) ? blanks.slice(STEP.length) : blanks;
  return { text: `${text.slice(0, from)}\n${next}${text.slice(to)}`, from: from + 1 + next.length, to: from + 1 + next.length };
}

function bounds({ text, from, to }) {
  const end = to > from && text[to - 1] === "\n" ? to - 1 : to;
  const after = text.indexOf("\n", end);
  return [lineStart(text, from), after < 0 ? text.length : after];
}

function chosenLines(state) {
  return state.text.slice(...bounds(state)).split("\n");
}

function eachLine(state, change) {
  const [start, end] = bounds(state);
  const before = chosenLines(state);
  const after = before.map(change);
  const changed = after.join("\n");
  const first = after[0].length - before[0].length;
  return {
    text: state.text.slice(0, start) + changed + state.text.slice(end),
    from: Math.max(start, state.from + first),
    to: Math.max(start, state.to + changed.length - (end - start)),
  };
}
