// Reads CSV (RFC 4180); a semicolon or a tab separates too, where the first line has more of them.

/** The first `most` rows, each a list of texts. */
export function csvRows(text, most) {
  const line = text.split("\n", 1)[0];
  const separator = [",", ";", "\t"].sort((one, other) => line.split(other).length - line.split(one).length)[0];
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < text.length && rows.length < most; at++) {
    const next = text[at];
    if (quoted) {
      if (next !== '"') cell += next;
      else if (text[at + 1] === '"') (cell += '"'), at++;
      else quoted = false;
    } else if (next === '"' && cell === "") quoted = true;
    else if (next === separator) row.push(cell), (cell = "");
    else if (next === "\n") {
      rows.push([...row, cell.replace(/\r$/, "")]);
      row = [];
      cell = "";
    } else cell += next;
  }
  if (rows.length < most && (cell !== "" || row.length)) rows.push([...row, cell]);
  return rows;
}
