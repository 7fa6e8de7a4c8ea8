// The menu at the side.

import { html } from "../lib/html.js";
import { useMay } from "../lib/rights.js";
import { to } from "../lib/router.js";
import { ThemeButton } from "./theme-button.js";

const icon = new URL("../icon.svg", import.meta.url).href;

export function Side({ pages, current, open, close, health, who }) {
  const may = useMay();
  return html`<nav class="side" aria-label="Pages" data-open=${open || undefined} onClick=${close}>
    <strong><img src=${icon} alt="" />Pulzar</strong>
    ${pages.filter(({ needs }) => !needs || may(needs)).map(
      (page) =>
        html`<a key=${page.name} href=${to([page.name].filter(Boolean))} aria-current=${page.name === current.menu ? "page" : undefined}>
          ${page.title}
        </a>`,
    )}
    <div class="who" onClick=${(event) => event.stopPropagation()}>
      <div>${who ? html`signed in as <a class="link account" href="#/account" onClick=${close} aria-current=${current.name === "account" ? "page" : undefined}>${who}</a>` : "no sign-in: for whoever reaches this address"}</div>
      <div>${health?.version && html`Pulzar ${health.version}, `}<a class="link account" href="/docs">HTTP API</a></div>
      <${ThemeButton} />
    </div>
  </nav>`;
}
