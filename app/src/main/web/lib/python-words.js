// Colours Python source for reading. It knows words, strings, numbers and comments; no more is needed to find one's way.

const WORDS = new Set(
  ("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda " +
    "match nonlocal not or pass raise return try while with yield").split(" "),
);
const TOKEN = /#[^\n]*|(?:[rbfuRBFU]{0,2})(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)|[A-Za-z_]\w*/g;

/** Lines of `[{text, kind}]`; the kinds are classes of style.css: word, text, note, or none. */
export function coloured(source) {
  const lines = [[]];
  let from = 0;
  const add = (text, kind) => {
    text.split("\n").forEach((part, at) => {
      if (at > 0) lines.push([]);
      if (part) lines.at(-1).push({ text: part, kind });
    });
  };
  for (const found of source.matchAll(TOKEN)) {
    add(source.slice(from, found.index), "");
    from = found.index + found[0].length;
    add(found[0], kindOf(found[0]));
  }
  add(source.slice(from), "");
  return lines;
}

function kindOf(token) {
  if (token[0] === "#") return "note";
  if (/["']/.test(token)) return "text";
  return WORDS.has(token) ? "word" : "";
}

/** The lines of a file that a traceback names, innermost last. */
export function linesNamed(traceback, path) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return [...String(traceback ?? "").matchAll(new RegExp(`${escaped}\\.py(?:", line |:)(\\d+)`, "g"))].map((found) => Number(found[1]));
}
