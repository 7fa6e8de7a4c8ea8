// What is shown where there is nothing.

import { html } from "../lib/html.js";
import { Empty } from "../parts/empty.js";
import { Top } from "../parts/top.js";

export default function Missing({ route, ...frame }) {
  return html`<${Top} title="Not found" ...${frame} />
    <${Empty} title="There is no such page">Nothing is at ${`/${route.path.join("/")}`}. <a href="#/">Go to the overview</a>.<//>`;
}
