// A state, told by shape, colour and word.

import { html } from "../lib/html.js";

const WORDS = { pending: "waiting" };

export function State({ state, children }) {
  const word = WORDS[state] ?? state;
  return html`<span class=${`state ${state}`} title=${word}><span>${children ?? word}</span></span>`;
}
