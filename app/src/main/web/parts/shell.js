// The frame around every page: who looks, where they are, and what every page shares.

import { get, onSignInNeeded } from "../lib/api.js";
import { html, useCallback, useEffect, useState } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { fetchRights, Rights } from "../lib/rights.js";
import { useRoute } from "../lib/router.js";
import { shortcutOf } from "../lib/shortcuts.js";
import { pageOf, pagesFor } from "../pages/index.js";
import { Failure } from "./failure.js";
import { Palette } from "./palette.js";
import { ShortcutList } from "./shortcut-list.js";
import { Side } from "./side.js";
import { SignIn } from "./sign-in.js";
import { Toasts } from "./toasts.js";

export function Shell() {
  const route = useRoute();
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const rights = useLoad(fetchRights, "rights");
  const health = useLoad((signal) => get("/health", { signal }), "health", { every: 10000 });
  useEffect(() => onSignInNeeded(rights.again), []);
  useShortcuts({ openPalette: () => setPalette(true), openHelp: () => setHelp(true) });
  useEffect(() => setMenu(false), [location.hash]);

  const page = pageOf(route.path);
  const [shown, failure] = usePage(page);
  useEffect(() => {
    document.title = [...route.path.slice(1), page.title, "Pulzar"].filter(Boolean).join(" · ");
    document.querySelector("main")?.scrollTo?.(0, 0);
    scrollTo(0, 0);
  }, [route.path.join("/")]);

  if (rights.error && !rights.data) {
    return html`<main class="w12 pane"><${Failure} error=${rights.error} again=${rights.again} /></main>`;
  }
  const value = rights.data ?? { who: null, signedIn: true, rights: new Set(), grants: [], provider: null, password: false };
  if (!value.signedIn) return html`<${SignIn} provider=${value.provider} done=${rights.again} />`;
  return html`<${Rights.Provider} value=${value}>
    <a class="skip" href="#main" onClick=${toMain}>Go to the page</a>
    <${Side} pages=${pagesFor((right) => value.rights.has(right))} current=${page} open=${menu} close=${() => setMenu(false)} health=${health.data} who=${value.who} />
    <main id="main" tabindex="-1" aria-busy=${!shown}>
      ${failure && html`<div class="pane"><${Failure} error=${failure} again=${() => location.reload()} /></div>`}
      ${shown &&
      rights.data &&
      html`<${shown} key=${page.key(route)} route=${route} openMenu=${() => setMenu(true)} openPalette=${() => setPalette(true)} />`}
    </main>
    ${palette && html`<${Palette} close=${() => setPalette(false)} />`} ${help && html`<${ShortcutList} close=${() => setHelp(false)} />`}
    <${Toasts} />
  </${Rights.Provider}>`;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}

/** The component of a page; its file is fetched when it is first shown, and the page before stays until then. */
function usePage(page) {
  const [state, setState] = useState({ shown: null, failure: null });
  useEffect(() => {
    let over = false;
    page.load().then(
      (shown) => !over && setState({ shown: () => shown, failure: null }),
      () => !over && setState({ shown: null, failure: new Error("This part of the page can't be fetched. The server may be a newer one: reload the page.") }),
    );
    return () => {
      over = true;
    };
  }, [page]);
  return [state.shown?.(), state.failure];
}

function useShortcuts({ openPalette, openHelp }) {
  const pressed = useCallback((event) => {
    const action = shortcutOf(event);
    if (!action) return;
    event.preventDefault();
    if (action === "palette") openPalette();
    else if (action === "help") openHelp();
    else if (action === "search") (document.querySelector("main input[type=search]") ?? { focus: openPalette }).focus();
    else location.hash = action;
  }, []);
  useEffect(() => {
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [pressed]);
}
