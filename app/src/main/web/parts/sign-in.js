// What somebody sees whom the server does not know: the way in.

import { address, post } from "../lib/api.js";
import { html, useState } from "../lib/html.js";

export function SignIn({ provider, done }) {
  const [failure, setFailure] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    const { user, password } = Object.fromEntries(new FormData(event.target));
    setBusy(true);
    try {
      await post("/access/sign_in", { user, password });
      done();
    } catch (error) {
      setFailure(error.message);
    } finally {
      setBusy(false);
    }
  };
  return html`<main class="sign-in" id="main">
    <form class="panel" onSubmit=${submit}>
      <h1>Pulzar</h1>
      <label for="sign-in-name">Name</label><input id="sign-in-name" name="user" autocomplete="username" required autofocus />
      <label for="sign-in-password">Password</label><input id="sign-in-password" name="password" type="password" autocomplete="current-password" required />
      ${failure && html`<p class="bad" role="alert">${failure}</p>`}
      <button class="main" disabled=${busy}>Sign in</button>
      ${provider && html`<a class="button" href=${address("/access/oidc/start", { return: `/${location.hash}` })}>${provider}</a>`}
      <p class="soft">The server prints a link for administrators when it starts. They add people with <code>pulzar user add</code>.</p>
    </form>
  </main>`;
}
