// Starts the page.

import { html, render } from "./lib/html.js";
import { Shell } from "./parts/shell.js";

const page = document.getElementById("page");
render(html`<${Shell} />`, page);
