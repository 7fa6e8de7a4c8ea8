// Finds by a few typed letters.

/** Those whose words hold all words of the text; what begins with it comes first. */
export function matching(things, text, words) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return things;
  return things
    .map((thing) => [rank(words(thing).toLowerCase(), wanted), thing])
    .filter(([rank]) => rank >= 0)
    .sort(([one], [other]) => one - other)
    .map(([, thing]) => thing);
}

function rank(text, wanted) {
  if (!wanted.every((word) => text.includes(word))) return -1;
  if (text.startsWith(wanted[0])) return 0;
  return new RegExp(`(^|[/_ -])${wanted[0].replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`).test(text) ? 1 : 2;
}
