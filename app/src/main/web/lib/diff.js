// What changed between two texts, line by line: the shortest way from one to the other (Myers, "An O(ND) Difference
// Algorithm and Its Variations", 1986).

const MOST_EDITS = 2000;
const AROUND = 3;

/**
 * Lines of `{kind, text, old, now}`; kind is "same", "out" or "in", `old` and `now` are line numbers from 1.
 * Texts that have hardly anything in common are all out and all in.
 */
export function difference(before, after) {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const middle = edits(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  const kinds = [...Array(head).fill("same"), ...middle, ...Array(tail).fill("same")];
  const at = { old: 0, now: 0 };
  return kinds.map((kind) => {
    if (kind !== "in") at.old++;
    if (kind !== "out") at.now++;
    return { kind, text: kind === "in" ? now[at.now - 1] : old[at.old - 1], old: kind === "in" ? null : at.old, now: kind === "out" ? null : at.now };
  });
}

/** The same without what is far from any change; a gap is `{kind: "gap"}`. */
export function shortened(lines) {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== "same"));
  return lines.flatMap((line, at) => (near[at] ? [line] : near[at - 1] || at === 0 ? [{ kind: "gap", text: "…", old: null, now: null }] : []));
}

function edits(old, now) {
  const most = Math.min(old.length + now.length, MOST_EDITS);
  const furthest = new Map([[1, 0]]);
  const steps = [];
  for (let count = 0; count <= most; count++) {
    steps.push(new Map(furthest));
    for (let line = -count; line <= count; line += 2) {
      const down = line === -count || (line !== count && furthest.get(line - 1) < furthest.get(line + 1));
      let x = down ? furthest.get(line + 1) : furthest.get(line - 1) + 1;
      while (x < old.length && x - line < now.length && old[x] === now[x - line]) x++;
      furthest.set(line, x);
      if (x >= old.length && x - line >= now.length) return walkedBack(steps, old.length, now.length);
    }
  }
  return [...old.map(() => "out"), ...now.map(() => "in")];
}

function walkedBack(steps, width, height) {
  const kinds = [];
  let [x, y] = [width, height];
  for (let count = steps.length - 1; count >= 0; count--) {
    const furthest = steps[count];
    const line = x - y;
    const down = line === -count || (line !== count && furthest.get(line - 1) < furthest.get(line + 1));
    const before = down ? line + 1 : line - 1;
    const startX = furthest.get(before);
    const startY = startX - before;
    while (x > startX && y > startY) {
      kinds.push("same");
      x--;
      y--;
    }
    if (count > 0) {
      kinds.push(down ? "in" : "out");
      [x, y] = [startX, startY];
    }
  }
  return kinds.reverse();
}
