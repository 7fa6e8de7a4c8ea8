// Preact with tagged templates in place of JSX: what every page and part is written with.
// Text in a template is text: nothing here ever makes markup of a string.

import { h, render, createContext, Component } from "../vendor/preact.js";
import htm from "../vendor/htm.js";

export { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../vendor/hooks.js";
export { h, render, createContext, Component };
export const html = htm.bind(h);

/** A part that is drawn again only when one of its properties is another one. */
export function memo(part) {
  return class extends Component {
    shouldComponentUpdate(next) {
      const names = Object.keys(next);
      return names.length !== Object.keys(this.props).length || names.some((name) => next[name] !== this.props[name]);
    }

    render(properties) {
      return h(part, properties);
    }
  };
}
