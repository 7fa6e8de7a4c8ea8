// What the files of the page must keep to. The rules that guard against markup made of strings are the ones that matter most.

const browser = [
  "AbortController", "Blob", "Event", "EventSource", "FileReader", "FormData", "HashChangeEvent", "IntersectionObserver", "ResizeObserver", "TextDecoder", "TextEncoder", "URL",
  "URLSearchParams", "XMLHttpRequest", "addEventListener", "cancelAnimationFrame", "clearInterval", "clearTimeout", "dispatchEvent", "document", "fetch",
  "getComputedStyle", "innerHeight", "history", "localStorage", "location", "matchMedia", "navigator", "removeEventListener", "requestAnimationFrame", "scrollTo", "scrollY",
  "setInterval", "setTimeout", "window",
];

export default [
  {
    files: ["app/src/**/*.js", "app/src/**/*.mjs"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: Object.fromEntries(browser.map((name) => [name, "readonly"])) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-dupe-keys": "error",
      "no-unreachable": "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-fallthrough": "error",
      "no-self-compare": "error",
      "no-shadow-restricted-names": "error",
      "no-unsafe-finally": "error",
      "require-await": "error",
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", { max: 100 }],
      complexity: ["error", 24],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln"].map((property) => ({ property, message: "Text from a script or a user must never become markup." })),
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "Property[key.name='dangerouslySetInnerHTML']", message: "Text from a script or a user must never become markup." },
        { selector: "Literal[value='dangerouslySetInnerHTML']", message: "Text from a script or a user must never become markup." },
        { selector: "TemplateElement[value.raw=/dangerouslySetInnerHTML/]", message: "Text from a script or a user must never become markup." },
      ],
    },
  },
];
