// Light, dark, or as the system has it.

import { html, useState } from "../lib/html.js";
import { chosenTheme, chooseTheme } from "../lib/theme.js";

const NEXT = { system: "light", light: "dark", dark: "system" };

export function ThemeButton() {
  const [theme, setTheme] = useState(chosenTheme);
  const next = NEXT[theme];
  const choose = () => setTheme(chooseTheme(next));
  return html`<button class="small" onClick=${choose} title=${`Change to ${next}`}>Colours: ${theme}</button>`;
}
