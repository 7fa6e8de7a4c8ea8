// Oneself: what one may do, one's password, the way out.

import { post } from "../lib/api.js";
import { html, useContext, useState } from "../lib/html.js";
import { Rights } from "../lib/rights.js";
import { Empty } from "../parts/empty.js";
import { FormDialog } from "../parts/form-dialog.js";
import { Grants } from "../parts/grants-field.js";
import { attempt } from "../parts/toasts.js";
import { Top } from "../parts/top.js";

export default function Account({ route, ...frame }) {
  const { who, grants, password } = useContext(Rights);
  const [changing, setChanging] = useState(false);
  const signOut = () =>
    attempt(async () => {
      await post("/access/sign_out");
      location.reload();
    });
  const change = async ({ first, second }) => {
    if (first !== second) throw new Error("These are two different passwords.");
    await post("/access/password", { password: first });
    location.reload();
  };
  return html`<${Top} title="Account" ...${frame} />
    <div class="body"><section class="panel w6" aria-label="Account">
      ${!who
        ? html`<${Empty} title="Nobody is asked who they are here">Whoever reaches this address may do everything.<//>`
        : html`<dl class="left"><dt>Signed in as</dt><dd>${who}</dd><dt>May do</dt><dd><${Grants} grants=${grants} /></dd></dl>
            <div class="row later-row">
              ${password && html`<button onClick=${() => setChanging(true)}>Change the password</button>`}
              <button onClick=${signOut}>Sign out</button>
            </div>`}
    </section></div>
    ${changing &&
    html`<${FormDialog} title="Change your password" action="Change it" send=${change} close=${() => setChanging(false)}>
      <p>You are signed out everywhere, and sign in again with the new one.</p>
      <div class="field"><label for="password-first">New password</label><input id="password-first" name="first" type="password" minlength="10" maxlength="256" required autocomplete="new-password" autofocus /><span class="hint">at least 10 characters</span></div>
      <div class="field"><label for="password-second">The same again</label><input id="password-second" name="second" type="password" required autocomplete="new-password" /></div>
    <//>`}`;
}
