// What a new script begins with.

const nameOf = (path) => path.slice(path.lastIndexOf("/") + 1);

/** The class that is named after a file, by the rule of Python's `str.capitalize()`. */
export const classOf = (path) => nameOf(path).charAt(0).toUpperCase() + nameOf(path).slice(1).toLowerCase();

const functionJob = () => `def main(name: str = "world", times: int = 1):
    """
    Description: says hello
    """
    for _ in range(times):
        print(f"hello {name}")
    return {"greeted": name}
`;

const classJob = (path) => `from pulzarcore.core_jobs import CoreJobs


class ${classOf(path)}(CoreJobs):
    def execute(self):
        """
        Description: counts words
        Arguments: {"text": "str"}
        Category: EXAMPLE
        Timeout: 1m
        """
        text = self.pulzar_parameters["text"]
        self.pulzar_add_log(f"counting {len(text)} characters")
        return {"words": len(text.split())}
`;

const fetching = (path) => `import requests

from pulzarcore import values
from pulzarcore.core_jobs import CoreJobs


class ${classOf(path)}(CoreJobs):
    def execute(self):
        """
        Description: fetches a page and keeps it as a value
        Arguments: {"url": "str", "key": "str"}
        Timeout: 2m
        Retries: 2
        """
        answer = requests.get(self.pulzar_parameters["url"], timeout=30)
        answer.raise_for_status()
        values.put(self.pulzar_parameters["key"], answer.content)
        return {"bytes": len(answer.content)}
`;

const extension = (path) => `"""Adds numbers: curl 'http://localhost:31414/extension/${nameOf(path)}/1/2'"""

from pulzarutils.extension import Answer, Extension


class ${classOf(path)}(Extension):
    def __init__(self, arguments, params, file_path=None):
        self.numbers = arguments

    def execute(self):
        if not all(number.lstrip("-").isdigit() for number in self.numbers):
            return Answer(status=400, msg="send whole numbers")
        return {"sum": sum(int(number) for number in self.numbers)}
`;

/** By kind of file: `[{name, title, make}]`. */
export const templates = {
  jobs: [
    { name: "function", title: "a function, its parameters by name", make: functionJob },
    { name: "class", title: "a class, with limits and a description", make: classJob },
    { name: "fetch", title: "fetches a URL and keeps it", make: fetching },
    { name: "empty", title: "empty", make: () => "" },
  ],
  extensions: [
    { name: "extension", title: "answers a URL", make: extension },
    { name: "empty", title: "empty", make: () => "" },
  ],
};

/** Why a path can't be the name of a new file; null when it can. */
export function wrongName(kind, path) {
  if (!path) return "It needs a name.";
  if (kind === "extensions") return /^[A-Za-z][A-Za-z0-9_]{0,99}$/.test(path) ? null : "A letter first, then letters, digits and _.";
  return path.split("/").every((name) => /^[\p{L}\p{M}\p{N}_-]+$/u.test(name)) ? null : "Folders and a name like reports/daily, with letters, digits, _ and - in them.";
}
