// What the page says of receivers, rules and notices, and what forms make of what was typed.

/** `failure, late 26h`: what a rule tells of. */
export function tellsOf({ on, late, waiting, every }) {
  const parts = [...on, late && `late ${late}`, waiting && `waiting ${waiting}`].filter(Boolean).join(", ");
  return every ? `${parts}; again every ${every}` : parts;
}

/** Texts between commas or in lines of their own. */
export const listOf = (text) => String(text ?? "").split(/[,\n]/).map((part) => part.trim()).filter(Boolean);

/** The body that sets a receiver, of the fields of its form. What is left empty stays as it is. */
export function receiverOf({ kind, webhook, body, renew, mail }) {
  if (kind === "mail") return { mail: listOf(mail) };
  return { ...(webhook ? { webhook } : {}), ...(body === undefined ? {} : { body }), ...(renew ? { secret: "new" } : {}) };
}

/** The body that sets a rule, of the fields of its form. */
export function ruleOf({ scripts, failure, recovery, late, waiting, every, to }) {
  const limits = Object.fromEntries(Object.entries({ late, waiting, every }).filter(([, text]) => text));
  return { scripts: scripts || "**", on: [failure && "failure", recovery && "recovery"].filter(Boolean), ...limits, to: listOf(to) };
}

/** Where a notice leads: its run, or its schedule. */
export function placeOf({ job, schedule }) {
  if (job !== null) return ["runs", String(job)];
  return schedule === null ? null : ["schedules", String(schedule)];
}

/** How a notice stands, in a word and the colour of states. */
export const standOf = (state) => ({ sent: ["sent", "completed"], waiting: ["waits", "pending"], given_up: ["given up", "failed"] })[state] ?? [state, ""];
