// What secrets and variables have in common, and where they differ.

import { address } from "./api.js";

export const KINDS = {
  secrets: {
    one: "secret",
    many: "secrets",
    title: "Secrets",
    route: "/admin/secrets",
    hint: "A script gets those that its docstring names: Secrets: DB_PASSWORD. Nobody can read them here again.",
    first: "What scripts need and nobody should read: passwords, tokens. They are kept encrypted.",
  },
  variables: {
    one: "variable",
    many: "variables",
    title: "Variables",
    route: "/admin/variables",
    hint: "Every script of the folder gets them, in pulzarcore.variables and in os.environ.",
    first: "What scripts need and anybody may read: the name of a server, an address.",
  },
};

const NAME = /^[A-Z_][A-Z0-9_]*$/;
const FOLDER = /^[\p{L}\p{M}\p{N}_-]+(\/[\p{L}\p{M}\p{N}_-]+)*$/u;

/** What is wrong with what was typed, by field; null when it can be sent. */
export function problemsOf({ name, folder, value }) {
  const problems = {};
  if (!NAME.test(name)) problems.name = "A-Z, 0-9 and _, not beginning with a digit";
  if (folder !== "" && !FOLDER.test(folder)) problems.folder = "such as finance/reports, without slashes at its ends";
  if (value === "") problems.value = "it can't be empty";
  return Object.keys(problems).length ? problems : null;
}

/** Where one is asked for or changed. */
export const placeOf = (kind, { name, folder }) => address(`${kind.route}/${encodeURIComponent(name)}`, { folder });
