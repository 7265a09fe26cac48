#!/usr/bin/python3
"""One run, all its forms: what the terminal shows, JSON, page, workbook, CSV tables and draws say the same numbers.

forms_test.py PROGRAM SCENARIO [CHROMIUM] [LIBREOFFICE]

The JSON is the reference. Files for programs agree with it to the last digit (a workbook, to the 15 that it keeps), what
people read agrees as it is rounded there, and the draws give it again by another program's arithmetic.
"""
import csv
import html.parser
import json
import math
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy
import pandas

PROGRAM, SCENARIO = sys.argv[1:3]
CHROMIUM, LIBREOFFICE = (sys.argv[3:5] + ["chromium", "soffice"][len(sys.argv[3:5]):])
DRAWS = 40000
LINE_NUMBERS = ["base", "mean", "sd", "P10", "P50", "P80", "P90", "share_of_mean", "contingency"]


def run_all_forms(folder):
    """Runs the scenario once with every output; what it printed on the terminal."""
    return subprocess.run(
        [PROGRAM, "run", SCENARIO, "--draws", str(DRAWS), "--json", folder / "run.json", "--html", folder / "run.html",
         "--xlsx", folder / "run.xlsx", "--csv", folder / "tables", "--samples", folder / "draws.npy"],
        check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


class Dom(html.parser.HTMLParser):
    """Elements with an id, and tables with an id as rows of (text, number or None)."""

    def __init__(self, text):
        super().__init__()
        self.values, self.texts, self.tables = {}, {}, {}
        self.table = self.script = self.open_id = self.cell = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name, value = attributes.get("id"), attributes.get("data-value")
        if name:
            self.values[name], self.texts[name], self.open_id = value, "", name
        if tag == "table":
            self.table = self.tables.setdefault(name, [])
        elif tag == "tr" and self.table is not None:
            self.table.append([])
        elif tag in ("td", "th") and self.table:
            self.cell = ["", value]
            self.table[-1].append(self.cell)

    def handle_endtag(self, tag):
        if tag == "table":
            self.table = None
        if tag in ("td", "th"):
            self.cell = None
        self.open_id = None if tag in ("script", "output", "p", "span") else self.open_id

    def handle_data(self, data):
        if self.open_id:
            self.texts[self.open_id] += data
        if self.cell is not None:
            self.cell[0] += data

    def rows(self, table):
        """By the name or the text of their first cell: the numbers of the row."""
        return {row[0][1] or row[0][0].strip(): [float(value) for _, value in row if is_number(value)]
                for row in self.tables[table] if row}


def is_number(text):
    try:
        return math.isfinite(float(text))
    except (TypeError, ValueError):
        return False


def read_page(path):
    """The page as it stands after its scripts have run."""
    dump = subprocess.run([CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", path.as_uri()],
                          check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", timeout=120)
    return Dom(dump.stdout)


def read_workbook(path):
    """Sheets as rows of texts in full precision, recalculated by LibreOffice."""
    profile = (path.parent / "profile").as_uri()
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    subprocess.run([LIBREOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", every_sheet, "--outdir",
                    path.parent / "sheets", path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   timeout=300)
    sheets = {}
    for file in (path.parent / "sheets").glob("*.csv"):
        with open(file, encoding="utf-8", newline="") as text:
            sheets[file.stem.split("-", 1)[1]] = list(csv.reader(text))
    return sheets


def as_number(cell):
    return float(cell[:-1]) / 100 if cell.endswith("%") else float(cell)


def table_of(rows, head):
    """The table whose head starts with this text: a list of dictionaries, to the first empty row."""
    for top, row in enumerate(rows):
        if head in row:
            left = row.index(head)
            names = [name for name in row[left:]]
            table = []
            for line in rows[top + 1:]:
                if len(line) <= left or not line[left]:
                    break
                table.append(dict(zip(names, line[left:])))
            return table
    raise AssertionError(f"no table '{head}'")


def shown_numbers(line):
    """Numbers of a line as people see them: (value, half a unit of the last digit shown)."""
    numbers = []
    for text in re.findall(r"-?\d[\d,]*\.?\d*%?", line):
        digits = text.rstrip("%,").replace(",", "")
        scale = 0.01 if text.endswith("%") else 1
        numbers.append((float(digits) * scale, 0.5 * scale * 10.0 ** -len(digits.partition(".")[2])))
    return numbers


class Forms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        folder = Path(cls.place.name)
        cls.folder = folder
        cls.terminal = run_all_forms(folder)
        cls.json = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        cls.headline = next(row for row in cls.json["contingency"] if row["target"] == cls.json["headline"])

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def assert_equal_to_digits(self, found, expected, what):
        """To the 15 digits that a workbook keeps, percentages to what their cell shows on top."""
        self.assertTrue(math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-12), f"{what}: {found} for {expected}")

    def assert_shows(self, line, expected):
        """Some number of the line is the expected one, rounded as it is shown there."""
        self.assertTrue(any(abs(value - expected) <= half * 1.000001 for value, half in shown_numbers(line)),
                        f"{expected} is not in: {line}")

    def terminal_line(self, pattern):
        lines = [line for line in self.terminal.splitlines() if re.search(pattern, line)]
        self.assertTrue(lines, f"no line of the terminal has {pattern}:\n{self.terminal}")
        return lines[0]

    def test_the_terminal_shows_the_json_rounded(self):
        self.assert_shows(self.terminal_line(r"^To be .* sure, budget"), self.headline["budget"])
        self.assert_shows(self.terminal_line(r"^  Base estimate  "), self.json["base"]["value"])
        self.assert_shows(self.terminal_line(r"^  Base estimate  "), self.json["base"]["confidence"])
        self.assert_shows(self.terminal_line(r"^  Mean  "), self.json["total"]["mean"])
        self.assert_shows(self.terminal_line(r"^  Mean  "), self.json["total"]["sd"])
        for row in self.json["contingency"]:
            line = self.terminal_line(rf"^  [> ] {row['target']}  ")
            for expected in (row["budget"], row["contingency"], row["percent"] / 100, *row["interval"]):
                self.assert_shows(line, expected)
        for row in self.json["flat"]:
            line = self.terminal_line(rf"^  Flat {row['percent']:g}%")
            self.assert_shows(line, row["budget"])
            self.assert_shows(line, row["confidence"])
        for row in self.json["lines"]:
            line = self.terminal_line(rf"^ +(! )?{re.escape(row.get('label', row['name']))}  ")
            self.assert_shows(line, row["mean"])
            self.assert_shows(line, row["contingency"])
        tornado = self.terminal[self.terminal.rindex("What drives"):].splitlines()
        order = []
        for row in self.json["sensitivity"]:
            bar = re.compile(rf" +{re.escape(row.get('label', row['name']))}  ")
            index, line = next((i, line) for i, line in enumerate(tornado) if bar.match(line))
            order.append(index)
            self.assert_shows(line, row["swing"]["low"])
            self.assert_shows(line, row["swing"]["high"])
        self.assertEqual(order, sorted(order))

    def test_the_tables_are_the_json_to_the_last_digit(self):
        tables = self.folder / "tables"
        summary = pandas.read_csv(tables / "summary.csv", float_precision="round_trip")
        said = {(row.quantity, row.unit): row.value for row in summary.itertuples() if is_number(row.value)}
        money = self.json["currency"]
        expected = {("base", money): self.json["base"]["value"], ("mean", money): self.json["total"]["mean"],
                    ("sd", money): self.json["total"]["sd"]}
        for row in self.json["contingency"]:
            expected[f"budget {row['target']}", money] = row["budget"]
            expected[f"contingency {row['target']}", money] = row["contingency"]
            expected[f"contingency percent {row['target']}", "% of base"] = row["percent"]
        for row in self.json["flat"]:
            expected[f"flat {row['percent']:g}% budget", money] = row["budget"]
        for key, value in expected.items():
            self.assertEqual(float(said[key]), value, key)
        percentiles = pandas.read_csv(tables / "percentiles.csv", float_precision="round_trip")
        total = percentiles[percentiles.quantity == "total"].set_index("percentile").value
        for name, value in self.json["total"]["percentiles"].items():
            self.assertEqual(total[name], value, name)
        for point in self.json["curve"]:
            self.assertEqual(total[f"P{round(100 * point['confidence'])}"], point["budget"], point["confidence"])
        lines = pandas.read_csv(tables / "lines.csv", float_precision="round_trip")
        self.assertEqual(list(lines.name), [row["name"] for key in ("lines", "categories", "tags") for row in self.json[key]])
        for row, wanted in zip(lines.to_dict("records"), self.json["lines"] + self.json["categories"]):
            self.assertEqual([row[key] for key in LINE_NUMBERS], [wanted[key] for key in LINE_NUMBERS], wanted["name"])
        swings = pandas.read_csv(tables / "sensitivity.csv", float_precision="round_trip")
        self.assertEqual(
            list(zip(swings.name, swings.swing_low, swings.swing_high, swings.spearman, swings.contribution)),
            [(row["name"], row["swing"]["low"], row["swing"]["high"], row["spearman"], row["contribution"])
             for row in self.json["sensitivity"]])

    def test_the_draws_give_the_json_again(self):
        draws = numpy.load(self.folder / "draws.npy")
        total = numpy.sort(draws["total"])
        self.assertEqual(len(total), DRAWS)
        self.assertTrue(math.isclose(total.mean(), self.json["total"]["mean"], rel_tol=1e-12))
        self.assertTrue(math.isclose(total.std(ddof=1), self.json["total"]["sd"], rel_tol=1e-9))
        for point in self.json["curve"]:  # the draw at rank ceil(n p)
            rank = -(-DRAWS * round(100 * point["confidence"]) // 100)
            self.assertEqual(total[rank - 1], point["budget"], point["confidence"])
        for row in self.json["flat"] + self.json["budgets"]:
            enough = numpy.searchsorted(total, row["budget"], side="right") / DRAWS
            self.assertTrue(math.isclose(enough, row["confidence"], abs_tol=1e-15), row)
        for row in self.json["lines"]:
            if row["name"] in draws.dtype.names:
                line = draws[row["name"]]
                self.assertTrue(math.isclose(line.mean(), row["mean"], rel_tol=1e-9, abs_tol=1e-9), row["name"])
                self.assertEqual(numpy.sort(line)[-(-DRAWS * 80 // 100) - 1], row["P80"], row["name"])
                share = self.json["allocation"] == "covariance" and row["mean"] - row["base"] + (
                    self.headline["budget"] - self.json["total"]["mean"]) * numpy.cov(line, draws["total"])[0, 1] / numpy.var(
                        draws["total"], ddof=1)
                self.assertTrue(math.isclose(share, row["contingency"], rel_tol=1e-6, abs_tol=0.01), row["name"])
        leaves = [row["name"] for row in self.json["lines"] if not any(
            other.get("parent") == row["name"] for other in self.json["lines"])]
        self.assertTrue(numpy.allclose(sum(draws[name] for name in leaves), draws["total"], rtol=1e-12))

    def test_the_page_holds_and_shows_the_json(self):
        page = read_page(self.folder / "run.html")
        inside = json.loads(page.texts["result"])
        for key in ("total", "base", "headline", "contingency", "curve", "flat", "budgets", "lines", "categories",
                    "sensitivity"):
            self.assertEqual(inside[key], self.json[key], key)
        for name, key in (("budget", "budget"), ("contingency", "contingency"), ("contingency-percent", "percent")):
            self.assertEqual(float(page.values[name]), self.headline[key], name)
        self.assert_shows(page.texts["headline-sentence"], self.headline["budget"])
        lines, sensitivity = page.rows("table-lines"), page.rows("table-sensitivity")
        for row in self.json["lines"]:
            for key in ("base", "mean", "P80", "contingency"):
                self.assertIn(row[key], lines[row["name"]], f"{row['name']} {key}")
        for row in self.json["sensitivity"]:
            for value in (*row["swing"].values(), row["spearman"]):
                self.assertIn(value, sensitivity[row.get("label", row["name"])], row["name"])

    def test_the_workbook_holds_the_json_after_it_is_recalculated(self):
        sheets = read_workbook(self.folder / "run.xlsx")
        summary = sheets["Summary"]
        targets = table_of(summary, "Target")
        for row, wanted in zip(targets, self.json["contingency"], strict=True):
            self.assertEqual(row["Target"], wanted["target"])
            self.assert_equal_to_digits(as_number(row["Budget"]), wanted["budget"], wanted["target"])
            self.assert_equal_to_digits(as_number(row["Contingency"]), wanted["contingency"], wanted["target"])
        sums = table_of(summary, "Sum")
        wanted_sums = [self.json["base"]] + self.json["flat"] + self.json["budgets"]
        for row, wanted in zip(sums, wanted_sums, strict=True):
            self.assert_equal_to_digits(as_number(row["Amount"]), wanted.get("value", wanted.get("budget")), row["Sum"])
        labelled = {}
        for row in summary:
            if len(row) > 2 and row[1]:
                labelled.setdefault(row[1], row[2])
        self.assert_equal_to_digits(as_number(labelled["Mean"]), self.json["total"]["mean"], "mean")
        self.assert_equal_to_digits(as_number(labelled["Standard deviation"]), self.json["total"]["sd"], "sd")
        percentiles = table_of(sheets["Percentiles"], "Percentile")
        for row, wanted in zip(percentiles, self.json["curve"], strict=True):
            self.assert_equal_to_digits(as_number(row["Budget"]), wanted["budget"], wanted["confidence"])
            self.assert_equal_to_digits(as_number(row["Contingency"]), wanted["contingency"], wanted["confidence"])
        lines = table_of(sheets["Lines"], "Name in the file")
        for row, wanted in zip(lines, self.json["lines"]):
            self.assertEqual(row["Name in the file"], wanted["name"])
            self.assert_equal_to_digits(as_number(row["Mean"]), wanted["mean"], wanted["name"])
            contingency = as_number(row[f"Contingency at {self.json['headline']}"])
            self.assert_equal_to_digits(contingency, wanted["contingency"], wanted["name"])
        swings = table_of(sheets["Sensitivity"], "Name in the file")
        self.assertEqual([row["Name in the file"] for row in swings], [row["name"] for row in self.json["sensitivity"]])
        for row, wanted in zip(swings, self.json["sensitivity"]):
            low, high = wanted["swing"]["low"], wanted["swing"]["high"]
            self.assert_equal_to_digits(as_number(row["Lowest mean total"]), low, wanted["name"])
            self.assert_equal_to_digits(as_number(row["Highest mean total"]), high, wanted["name"])
            self.assert_equal_to_digits(as_number(row["Swing"]), high - low, wanted["name"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
