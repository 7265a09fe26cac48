#!/usr/bin/python3
"""Holds scenario files against the JSON Schema, as an editor does.

validate.py SCHEMA accepts FOLDER...  every .yaml file in the folders is valid
validate.py SCHEMA rejects FOLDER     no .yaml file is valid whose .expected names a mistake of structure
"""

import json
import pathlib
import re
import sys

import jsonschema
import yaml

# What the reader says of mistakes that need no look into a value: keys, shapes and fixed words.
STRUCTURE = re.compile(
    r"^FILE(:\d+:\d+)?: error: (unknown key|unknown format version|the file does not say which version|there is nothing to add up"
    r"|the file has a 'currency' and no 'horizon'|this import names no 'file'|a line has either|a risk has either"
    r"|'.*' (is not supported yet|has no value|has no category|must be one value|must hold named entries|is empty"
    r"|cannot be the name of|is a word of the format|is no percentile|is no percentage|is no month|is no seed"
    r"|is not a currency's ISO code|is (declared, mode|mc, lhs|once or|'yes' or))"
    r"|(input|cost line|item|risk|output) '.*' (has no|has neither|needs))",
    re.MULTILINE,
)
FEWEST_MISTAKES = 20


class TypedLoader(yaml.SafeLoader):
    """YAML 1.1 with its traps: 010 is 8, no is false, 1_000 is 1000. Keys stay words, as in JSON."""

    def construct_mapping(self, node, deep=False):
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


# JSON has no dates.
TypedLoader.add_constructor("tag:yaml.org,2002:timestamp", yaml.SafeLoader.construct_yaml_str)


class TextLoader(TypedLoader):
    """The other extreme: each value is its text."""

    def construct_object(self, node, deep=False):
        return node.value if isinstance(node, yaml.ScalarNode) else super().construct_object(node, deep)


def scenarios(folders):
    return sorted(path for folder in folders for path in pathlib.Path(folder).rglob("*.yaml"))


def first_error(validator, path, loader):
    """The schema's first complaint, or YAML's own, which an editor shows as well; None if there is none."""
    try:
        value = yaml.load(path.read_bytes(), loader)
    except (yaml.YAMLError, UnicodeError) as error:
        return str(error)
    error = next(validator.iter_errors(value), None)
    return error and "/".join(map(str, error.absolute_path)) + ": " + error.message[:200]


def accepts(validator, folders):
    paths = scenarios(folders)
    errors = [(path, first_error(validator, path, loader)) for path in paths for loader in (TypedLoader, TextLoader)]
    complaints = [f"{path}: {error}" for path, error in errors if error]
    return complaints if paths else ["there is no scenario to look at"]


def is_misbuilt(path):
    """Whether the reader finds a mistake of structure in this file, not in one that it imports."""
    expected = path.with_suffix(".expected").read_text()
    return STRUCTURE.search(re.sub(rf"^{re.escape(path.name)}:", "FILE:", expected, flags=re.MULTILINE)) is not None


def rejects(validator, folders):
    paths = [path for path in scenarios(folders) if is_misbuilt(path)]
    complaints = [
        f"{path}: the reader refuses its structure, the schema does not"
        for path in paths
        for loader in (TypedLoader, TextLoader)
        if first_error(validator, path, loader) is None
    ]
    if len(paths) < FEWEST_MISTAKES:
        complaints.append(f"only {len(paths)} mistakes of structure: do the reader's messages have new words?")
    return complaints


def main():
    schema_file, mode, *folders = sys.argv[1:]
    schema = json.loads(pathlib.Path(schema_file).read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    complaints = {"accepts": accepts, "rejects": rejects}[mode](jsonschema.Draft7Validator(schema), folders)
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
