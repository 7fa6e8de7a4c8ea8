// Light or dark: the system's choice unless somebody made one here.

const NAME = "pulzar-theme";

export function chosenTheme() {
  try {
    return localStorage.getItem(NAME) ?? "system";
  } catch {
    return "system"; // A browser may forbid to keep anything; the system's choice holds then.
  }
}

export function chooseTheme(theme) {
  apply(theme);
  try {
    if (theme === "system") localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, theme);
  } catch {
    return theme; // It holds until the page is closed.
  }
  return theme;
}

function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  dispatchEvent(new Event("theme"));
}

/** The colour behind a name of style.css, for what is drawn on a canvas. */
export function colour(name, element = document.body) {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  element.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

if (typeof document !== "undefined") apply(chosenTheme());
