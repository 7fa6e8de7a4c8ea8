"""What typical scripts do, so that a new worker has done it before."""

import base64
import collections
import csv
import datetime
import functools
import hashlib
import io
import itertools
import json
import math
import os
import random
import re
import string
import tempfile
import textwrap
import time
import urllib.parse
import uuid

from pulzarcore.core_jobs import CoreJobs


class Trainee(CoreJobs):
    def __init__(self, params):
        super().__init__(params)

    def _compute(self, number):
        fibonacci = functools.lru_cache(lambda n: n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2))
        words = collections.Counter(re.findall(r"\w+", "the quick brown fox jumps over the dog " * 50))
        rows = io.StringIO()
        csv.writer(rows).writerows(itertools.product(range(5), string.ascii_lowercase))
        return {
            "fibonacci": fibonacci(number),
            "factorial": math.factorial(number),
            "words": words.most_common(3),
            "rows": len(rows.getvalue().splitlines()),
            "digest": hashlib.sha256(rows.getvalue().encode()).hexdigest(),
            "encoded": base64.b64encode(b"pulzar").decode(),
            "query": urllib.parse.parse_qs("a=1&b=2"),
            "when": datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc).isoformat(),
            "id": str(uuid.UUID(int=random.Random(number).getrandbits(128))),
            "text": textwrap.fill("word " * 30, 40),
            "slept": time.sleep(0),
        }

    def _use_files(self):
        with open("numbers.txt", "w") as file:
            file.writelines(f"{n}\n" for n in range(1000))
        with open("numbers.txt") as file:
            total = sum(int(line) for line in file)
        with tempfile.TemporaryDirectory(dir=os.getcwd()) as folder:
            with open(os.path.join(folder, "data.json"), "w") as file:
                json.dump({"total": total}, file)
        os.remove("numbers.txt")
        return total

    @CoreJobs._pulzar_run_job
    def run_my_code(self):
        result = self._compute(self.pulzar_parameters["number"])
        result["total"] = self._use_files()
        try:
            raise ValueError("an error that is handled")
        except ValueError as error:
            self.pulzar_add_log(str(error))
        print("printed", len(json.loads(json.dumps(result))))
        self.pulzar_add_log(["one", "two"], bulk=True)
        self.pulzar_set_output(json.dumps(result))

    def execute(self):
        """
        Description: Trains a new worker
        Arguments: {"number": "int"}
        Category: Internal
        Author: Pulzar
        """
        self.run_my_code()
        return self.is_the_job_ok()
