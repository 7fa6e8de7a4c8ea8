// The lines of a log as they arrive. Bounded: a log that outgrows the page loses its oldest lines there; the download has all.

import { overwritten, plain } from "./ansi.js";

export const MOST_LINES = 200_000;

export class LogText {
  constructor() {
    this.lines = [];
    this.dropped = 0;
  }

  /** Adds pieces of a log, each of whole lines. */
  add(text) {
    const lines = text.replace(/\r\n/g, "\n").replace(/\n$/, "").split("\n");
    for (const line of lines) this.lines.push(overwritten(line));
    if (this.lines.length > MOST_LINES * 1.1) {
      const surplus = this.lines.length - MOST_LINES;
      this.lines.splice(0, surplus);
      this.dropped += surplus;
    }
  }

  /** The indexes of the lines that hold a text, in any case. */
  holding(text) {
    const wanted = text.toLowerCase();
    const found = [];
    this.lines.forEach((line, at) => plain(line).toLowerCase().includes(wanted) && found.push(at));
    return found;
  }
}

/** Whether a line tells of an error, by what Python and this product write. */
export const isError = (line) => /^(Traceback \(most recent call last\):|PULZAR_ERROR::|[A-Za-z_.]*(Error|Exception|Interrupt|Exit): )/.test(line);
